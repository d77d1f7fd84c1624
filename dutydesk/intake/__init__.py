"""Intake: a raw file becomes rows ready to be registered, or refusals by row and column."""

from __future__ import annotations

from dutydesk.intake.layout import OWN, Discard, Layout, find_layout, load_layout, load_layouts
from dutydesk.intake.reading import (
    Cancellation,
    OpenReading,
    Reading,
    open_reading,
    read_file,
)
from dutydesk.intake.reasons import Reason, word
from dutydesk.intake.rows import Rejected, Row

__all__ = [
    "OWN",
    "Cancellation",
    "Discard",
    "Layout",
    "OpenReading",
    "Reading",
    "Reason",
    "Rejected",
    "Row",
    "find_layout",
    "load_layout",
    "load_layouts",
    "open_reading",
    "read_file",
    "word",
]
