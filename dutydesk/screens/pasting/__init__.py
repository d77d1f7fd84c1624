"""Pasted orders: what was recognised, the filled forms, and what still waits for one."""

from dutydesk.screens.pasting.form import open_pasted
from dutydesk.screens.pasting.screen import PasteScreen

__all__ = ["PasteScreen", "open_pasted"]
