"""A clock that counts down to nothing now: it stands still, or has no limit."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, blank, row
from dutydesk.views.card_rows import ClockRow
from dutydesk.views.labels import Words


def still_words(clock: ClockRow, words: Words, now: datetime) -> str:
    """Until when it stands still; empty while it runs."""
    still = next((p.to_at for p in clock.pauses if p.from_at <= now < p.to_at), None)
    return "" if still is None else _("停至 {when}").format(when=words.when(still, now))


def marks(clock: ClockRow, words: Words) -> list[Span]:
    """The marks of its light: a deferral asked for or granted, a suspension."""
    return [part for mark in clock.marks for part in (blank(1), Span(words.mark(mark), "amber!"))]


def apart_line(
    clock: ClockRow, label: Span, words: Words, now: datetime, width: int
) -> Line | None:
    """Until when it stands still and is due then, or what has passed; None while it runs."""
    spans = [blank(1), label, blank(1)]
    still = still_words(clock, words, now)
    if still:
        spans.append(Span(still, "amber"))
        if clock.due_at is not None:
            due = _("至 {time}").format(time=words.when(clock.due_at, now))
            spans += [blank(1), Span(due, "ink")]
        return row(width, spans)
    if clock.due_at is not None:
        return None
    passed = words.span(int((now - clock.started_at).total_seconds()))
    return row(width, [*spans, Span(_("已 {span}").format(span=passed), "dim")])
