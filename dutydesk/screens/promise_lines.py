"""How promises and the lines of the shift log are drawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Span, blank, column, free
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.promises import PromiseRow, ours
from dutydesk.views.shiftlog import LogRow
from dutydesk.workflow.time.zone import to_local


def whose(row: PromiseRow, desk: Collection[str]) -> str:
    """Whether we promised it, or they, or nobody: then it is only to be remembered."""
    if row.again:
        return _("再拨")
    if not row.by and not row.to:
        return _("记事")
    return _("我方") if not row.by or row.by in desk else _("对方")


def promise_line(row: PromiseRow, words: Words, now: datetime) -> list[Span]:
    """When, which case, whose promise, what; amber once its time has passed."""
    due = row.at or now
    passed = due <= now
    wide = 13 if words.lang == "en" else 8
    return [
        column(words.when(due, now), wide, "amber!" if passed else "bright"),
        blank(1),
        column(short(row.case or "", now), 7, "accent"),
        column(whose(row, ours(words.procedure)), 8 if words.lang == "en" else 5, "dim"),
        blank(1),
        free(row.text, "amber" if passed else "ink"),
    ]


def log_line(row: LogRow, words: Words, now: datetime) -> list[Span]:
    """When, which case, what was done, what was said."""
    spans = [
        Span(f"{to_local(row.at):%H:%M}", "bright"),
        blank(1),
        column(short(row.case or "", now), 7, "accent"),
        column(row.label, 8 if words.lang == "en" else 5, "dim"),
        blank(1),
    ]
    if row.late_entry:
        spans += [Span(_("补录"), "amber"), blank(1)]
    spans.append(free(row.text, "ink"))
    if row.until is not None and row.verb == "note":
        spans += [blank(1), Span(_("→ {when}").format(when=words.when(row.until, now)), "dim")]
    return spans
