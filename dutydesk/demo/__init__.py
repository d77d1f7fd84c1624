"""The invented street in mid-shift: a throw-away desk for demonstration, training and pictures."""

from dutydesk.demo.play import OPERATOR, build, open_demo, settings_of

__all__ = ["OPERATOR", "build", "open_demo", "settings_of"]
