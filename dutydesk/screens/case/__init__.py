"""One case on the whole screen."""

from dutydesk.screens.case.screen import CaseScreen

__all__ = ["CaseScreen"]
