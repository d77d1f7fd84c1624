"""The alarms of an area as a list with its figures, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from dutydesk.i18n import _
from dutydesk.views.alarms import AlarmRow, rows
from dutydesk.views.labels import N_, Words
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.alarms.states import DAY, MANAGEABLE_HOUR, Priority
from dutydesk.workflow.time.zone import ZONE, day_start, iso

MOST = 500
"""So many alarms of one list are shown."""
STANDING, SHELVED, LATE, TODAY = "standing", "shelved", "late", "today"
LISTS = (STANDING, SHELVED, LATE, TODAY)

STATES = {
    "unacknowledged": N_("未确认"),
    "acknowledged": N_("已确认"),
    "returned": N_("已恢复未确认"),
    "shelved": N_("搁置"),
    "suppressed": N_("按规则不响"),
    "normal": N_("已结束"),
}
PRIORITIES = {"high": N_("紧急"), "medium": N_("要紧"), "low": N_("一般")}
SILENCES = {
    "notice": N_("只作提示"),
    "same_step": N_("同一步骤已响"),
    "runs_on_others": N_("在别人手里，到红才响"),
    "closed_hours": N_("非上班时间"),
    "digest": N_("下次开班汇总"),
    "just_acted": N_("刚办过"),
    "superseded": N_("后一档已响"),
    "together": N_("同批只响一次"),
    "grouped": N_("告警潮，同组一声"),
    "stale": N_("迟到超过一天，不再响"),
}
DID = {
    "acknowledged": N_("确认"),
    "unacknowledged": N_("确认后没有动作，重新告警"),
    "shelved": N_("搁置"),
    "unshelved": N_("搁置结束"),
    "reminded": N_("确认后没有动作，已提醒"),
}


class AlarmFigures(NamedTuple):
    """What is counted: raised in the last hour and day, standing, stale (over 24 h), shelved.

    What a rule keeps from the holder is in none of them. `shape` are the priorities of the last
    24 hours, in hundredths, urgent first; ISA-18.2 has about 5, 15 and 80.
    """

    hour: int
    day: int
    shape: tuple[int, int, int]
    standing: int
    stale: int
    shelved: int

    @property
    def crowded(self) -> bool:
        """Whether the last hour brought more than one operator can manage."""
        return self.hour > MANAGEABLE_HOUR


class AlarmLists(NamedTuple):
    """One list of the alarm screen with the figures beside it."""

    which: str
    rows: tuple[AlarmRow, ...]
    figures: AlarmFigures


@dataclass(frozen=True, slots=True)
class AlarmBook:
    """One of LISTS, of the desk's area; of one priority where it is named."""

    which: str = STANDING
    priority: str | None = None

    def answer(self, reading: Reading, context: Context) -> AlarmLists:
        """The rows and figures."""
        found = rows(self._found(reading, context.area), reading, context)
        if self.priority is not None:
            found = tuple(row for row in found if row.priority == self.priority)
        return AlarmLists(self.which, found, _figures(reading, context.area))

    def _found(self, reading: Reading, area: str) -> Sequence[Any]:
        from dutydesk.storage.queries import alarms  # slow import

        held = reading.connection
        if self.which == STANDING:
            return alarms.live(held, area, unseen_only=False, limit=MOST)
        if self.which == SHELVED:
            return alarms.shelved(held, area, MOST)
        since = day_start(reading.now) if self.which == TODAY else reading.now - DAY
        return alarms.since(held, area, since, MOST, late=self.which == LATE)


def _figures(reading: Reading, area: str) -> AlarmFigures:
    from dutydesk.storage.queries import alarms  # slow import

    found = alarms.figures(reading.connection, area, reading.now)
    high, medium, low = (
        round(100 * found.by_priority[name.value] / found.day) if found.day else 0
        for name in (Priority.HIGH, Priority.MEDIUM, Priority.LOW)
    )
    return AlarmFigures(
        found.hour, found.day, (high, medium, low), found.standing, found.stale, found.shelved
    )


class Happened(NamedTuple):
    """One line of an alarm's history; `did` is a word of DID, or raised, returned, ended."""

    at: datetime
    did: str
    by: str
    reason: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class AlarmHistory:
    """All that became of one alarm, in order."""

    key: str

    def answer(self, reading: Reading, context: Context) -> tuple[Happened, ...]:
        """The steps on the record, between its raising and its end."""
        from dutydesk.storage import alarm_life  # slow import

        return tuple(Happened(*step) for step in alarm_life.steps(reading.connection, self.key))


def state_words(row: AlarmRow, words: Words, now: datetime) -> str:
    """The state of an alarm in words, with what belongs to it."""
    said = _(STATES[row.life])
    if row.suppressed and row.life == "suppressed":
        return _("{state}：{why}").format(state=said, why=_(SILENCES[row.silence or "notice"]))
    if row.life == "shelved" and row.shelved_until is not None:
        until = words.when(at(row.shelved_until), now)
        return _("{state}到 {time}").format(state=said, time=until)
    if row.life == "acknowledged" and row.reminded_at is not None:
        return _("{state}，未办").format(state=said)
    return said


def at(ms: int) -> datetime:
    """An instant of a row."""
    return datetime.fromtimestamp(ms / 1000, ZONE)


def as_document(row: AlarmRow) -> dict[str, object]:
    """One alarm as JSON shows it."""

    def moment(ms: int | None) -> str | None:
        return iso(at(ms)) if ms is not None else None

    return {
        "key": row.key,
        "case": row.case,
        "cases": list(row.cases),
        "clock": row.clock,
        "party": row.party,
        "light": row.light,
        "rung": row.rung,
        "priority": row.priority,
        "state": row.life.value,
        "silence": row.silence,
        "to": list(row.to),
        "told": [{"role": one.role, "names": list(one.names), "why": one.why} for one in row.told],
        "rings": row.rings,
        "late": row.late,
        "planned_at": moment(row.planned_at),
        "raised_at": moment(row.raised_at),
        "acked_at": moment(row.acked_at),
        "acked_by": row.acked_by,
        "returned_at": moment(row.returned_at),
        "shelved_until": moment(row.shelved_until),
        "shelved_by": row.shelved_by,
        "shelved_reason": row.shelved_reason,
        "ended_at": moment(row.ended_at),
    }
