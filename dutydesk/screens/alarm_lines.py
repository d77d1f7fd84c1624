"""How one alarm is drawn in the list: light, time, object, priority, state, message."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.parts.alarm_line import HOLLOW
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, lamp, row
from dutydesk.views.alarm_list import PRIORITIES, AlarmFigures, at, state_words
from dutydesk.views.alarms import AlarmRow, worded
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.queue import millis
from dutydesk.workflow.alarms.states import AlarmState

INKS = {"high": "red!", "medium": "amber", "low": "dim"}


def alarm_sign(alarm: AlarmRow, flash: bool = False) -> Span:
    """The light as the alarm stands: full while it calls, hollow once it rests."""
    sign = lamp(alarm.light)
    if alarm.calls:
        return Span(sign.text, sign.ink.rstrip("!") + ("!~" if flash else "!"))
    if alarm.life in (AlarmState.ACKNOWLEDGED, AlarmState.SUPPRESSED):
        return Span(sign.text, sign.ink.rstrip("!"))
    return Span(HOLLOW.get(sign.text, sign.text), "dim")


def list_line(
    alarm: AlarmRow, words: Words, now: datetime, *, flash: bool = False, role: str = ""
) -> list[Span]:
    """One alarm on one line."""
    wide = words.lang == "en"
    said = worded(alarm, millis(now), words, role)
    state = state_words(alarm, words, now)
    calm = alarm.life in (AlarmState.NORMAL, AlarmState.SHELVED, AlarmState.SUPPRESSED)
    spans = [
        alarm_sign(alarm, flash),
        blank(1),
        column(f"{at(alarm.raised_at):%m-%d %H:%M}", 11, "dim" if calm else "bright"),
        blank(1),
        column(short(alarm.case or "", now), 7, "accent"),
        column(_(PRIORITIES[alarm.priority]), 7 if wide else 4, INKS[alarm.priority]),
        blank(1),
        column(state, 22 if wide else 14, "bright" if alarm.calls else "dim"),
        blank(1),
        free(said.what, "ink"),
    ]
    for text in (said.told, said.next, _("补报") if alarm.late else "", alarm.shelved_reason):
        if text:
            spans += [blank(2), free(text, "dim")]
    return spans


def figures_line(figures: AlarmFigures, width: int) -> Line:
    """The figures: the rate, what stands, what is stale, and the shape of the priorities."""
    rate = _("近一小时 {count}").format(count=figures.hour)
    high, medium, low = figures.shape
    shape = _("24 小时 {day} 条：紧急 {high}% 要紧 {medium}% 一般 {low}%").format(
        day=figures.day, high=high, medium=medium, low=low
    )
    spans = [
        Span(rate, "red!" if figures.crowded else "ink"),
        blank(2),
        Span(_("未了 {count}").format(count=figures.standing), "ink"),
        blank(2),
        Span(
            _("超过一天 {count}").format(count=figures.stale), "amber" if figures.stale else "dim"
        ),
        blank(2),
        Span(
            _("搁置 {count}").format(count=figures.shelved), "amber" if figures.shelved else "dim"
        ),
        blank(3),
        Span(shape, "dim"),
    ]
    return row(width, spans)
