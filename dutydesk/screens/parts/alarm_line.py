"""The alarm line: what happened, who was told, what comes next and when, and one key."""

from __future__ import annotations

from collections.abc import Sequence

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, blank, free, lamp, length, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.views.alarms import NO_ALARMS, AlarmCounts, AlarmRow, Crowd, worded
from dutydesk.views.labels import Words
from dutydesk.views.queue import millis
from dutydesk.workflow.alarms.states import AlarmState

HOLLOW = {"■": "□", "▲": "△"}
"""The shape of a light that calls for nothing any more, or not now."""


class AlarmLine(Painted):
    """The most pressing alarm of the desk, on every screen; empty where nothing is wrong."""

    DEFAULT_CSS = "AlarmLine { height: 1; width: 1fr; }"

    def lines(self, width: int, height: int) -> list[Line]:
        """One line, never wrapped."""
        app = shell(self)
        if app.now is None or not app.gateway.ready:
            return []
        now_ms = millis(app.now)
        words, role, flash = app.gateway.words, app.holder_role, app.flash
        return [alarm_line(app.alarms, now_ms, words, width, role, flash, app.alarms_counted)]


def alarm_line(
    alarms: Sequence[AlarmRow],
    now_ms: int,
    words: Words,
    width: int,
    holder_role: str = "",
    flash: bool = False,
    counted: AlarmCounts = NO_ALARMS,
) -> Line:
    """The first alarm in `width` cells; `flash` reverses its light while nobody has seen it.

    `counted` counts all that are live, of which `alarms` may hold the first only.
    """
    if not alarms:
        return row(width, [blank(1), Span("·", "faint"), Span(" " + _("无告警"), "faint")])
    first = alarms[0]
    unseen = max(counted.unseen, sum(1 for alarm in alarms if alarm.unseen))
    others = max(counted.cases, len({a.case for a in alarms if a.case})) - bool(first.case)
    if counted.flood:
        return _banner(counted.flood, words, width, flash and unseen > 0)
    left = _first(first, worded(first, now_ms, words, holder_role).what, flash)
    more: list[Span] = []
    if unseen > 1:
        more = [Span(_(" · 还有 {count} 条").format(count=unseen - 1), "dim")]
    elif not unseen and others > 0:
        more = [Span(_(" · 另有 {count} 件").format(count=others), "dim")]
    key = [blank(2), Span(". ", "accent!"), Span(_("确认"), "accent"), blank(1)]
    right = [*more, *(key if unseen else [_rests(first), blank(1)])]
    if length(left) + length(right) > width:
        right = key if unseen else [blank(1)]
    room = width - length(right) - 1
    return row(
        width, [*left, *_later(first, now_ms, words, holder_role, room - length(left))], right
    )


def _banner(flood: Sequence[Crowd], words: Words, width: int, flash: bool) -> Line:
    """A flood: how many, then the largest groups by unit and step, as many as there is room for."""
    count = sum(group.alarms for group in flood)
    left = [blank(1), Span("◆", "red!~" if flash else "red!"), blank(1)]
    left.append(Span(_("告警潮 {count} 条").format(count=count), "red!"))
    key = [blank(2), Span(". ", "accent!"), Span(_("确认"), "accent"), blank(1)]
    for group in flood:
        unit = words.party(group.unit)
        said = " ".join(
            part for part in (unit, words.clock(group.clock), str(group.alarms)) if part
        )
        more = [Span(" · ", "dim"), free(said, "ink")]
        if length([*left, *more, *key]) > width - 1:
            break
        left += more
    return row(width, left, key)


def _first(alarm: AlarmRow, what: str, flash: bool) -> list[Span]:
    """The light, and what it says; the light turns over while nobody has seen it."""
    sign = lamp(alarm.light)
    ink = sign.ink.rstrip("!")
    head, _blank, rest = what.partition(" ")
    light = Span(sign.text, ink + ("!~" if flash and alarm.calls else "!"))
    if alarm.life == AlarmState.RETURNED:
        ink, light = "dim", Span(HOLLOW.get(sign.text, sign.text), "dim")
    return [blank(1), light, blank(1), free(head, ink + "!"), blank(1), free(rest, "ink")]


def _rests(alarm: AlarmRow) -> Span:
    """Acknowledged; and whether nothing was done since."""
    if alarm.reminded_at is not None:
        return Span("  " + _("已确认，未办"), "amber!")
    return Span("  " + _("已确认"), "faint")


def _later(alarm: AlarmRow, now_ms: int, words: Words, holder_role: str, room: int) -> list[Span]:
    """Who was told and what comes next, in full names where they fit, in short ones else."""
    said = worded(alarm, now_ms, words, holder_role)
    short = worded(alarm, now_ms, ShortRoles(words.procedure, words.lang), holder_role)
    late = _("补报") if alarm.late else ""
    for told, coming, tag in (
        (said.told, said.next, late),
        (short.told, short.next, late),
        (short.told, short.next, ""),
        (short.told, "", ""),
    ):
        parts = [(told, "ink"), (coming, "dim"), (tag, "dim")]
        spans = [span for text, ink in parts if text for span in (blank(2), free(text, ink))]
        if length(spans) <= room:
            return spans
    return [blank(2), free(short.told, "ink")]


class ShortRoles(Words):
    """The same words with roles as short as a narrow line needs them."""

    def role(self, name: str) -> str:
        """The role in few characters."""
        return self.short_role(name) or super().role(name)
