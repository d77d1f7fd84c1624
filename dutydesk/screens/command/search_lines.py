"""A hit of the search as one line, and the names of its columns."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _, language
from dutydesk.screens.parts.paint import Span, blank, column, free, lamp
from dutydesk.screens.parts.queue_rows import NUMBER, at
from dutydesk.text import absolute, headed
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.queue import QueueRow, light, millis

WHOLE = 16
"""Cells of a whole number: area, date and the last four digits."""


def _wide(width: int) -> bool:
    return width >= 100


def _digits(width: int) -> int:
    """How many cells a number takes: all of it where there is room, else as the queue has it."""
    return WHOLE if _wide(width) else NUMBER


def _states(width: int) -> int:
    """How many cells a state takes."""
    return 17 if language() == "en" else 14 if _wide(width) else 10


def headings(width: int) -> list[Span]:
    """The names of the columns, where the hits have them."""
    return [
        column(_("编号"), _digits(width), "faint"),
        blank(1),
        column(headed(_("状态")), _states(width), "faint"),
        blank(1),
        column(headed(_("收到")), 10, "faint"),
        blank(1),
        column(_("网格"), 6, "faint"),
        blank(1),
        Span(_("地点和事由"), "faint"),
    ]


def hit(one: QueueRow, width: int, now: datetime, words: Words) -> list[Span]:
    """Light, number with its day where that is not today, state, when received, where, what."""
    shade = light(one, millis(now)) if one.open else "green"
    ink = "ink" if one.open else "dim"
    received = absolute(at(one.received_at), now, words.lang)
    number = one.no if _wide(width) else short(one.no, now)
    grid = one.grid_short or "—"
    return [
        lamp(shade) if one.open else Span(" "),
        blank(1),
        column(number, _digits(width), "bright" if one.open else "dim"),
        blank(1),
        column(words.state(one.state), _states(width), ink),
        blank(1),
        column(received, 10, "dim"),
        blank(1),
        column(grid, 6, "dim"),
        blank(1),
        free(one.place, ink),
        blank(2),
        free(one.summary, "dim"),
    ]
