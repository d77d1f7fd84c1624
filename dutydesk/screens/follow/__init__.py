"""A second screen: the case that is selected at a seat, whole; it shows and does nothing."""

from dutydesk.screens.follow.app import FollowApp, run

__all__ = ["FollowApp", "run"]
