"""The clock effects of a transition, applied to a case one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from dutydesk.workflow.cases.acts import ClockChange
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.procedure import ClockKind, Effect
from dutydesk.workflow.time.counting import Counting, due
from dutydesk.workflow.time.zone import next_midnight


class Start(NamedTuple):
    """Where a clock begins, its full limit in seconds, its due time and its variant."""

    started_at: datetime
    limit_s: int | None
    due_at: datetime | None
    variant: str


@dataclass(slots=True)
class Work:
    """A case on its way through one transition; the only mutable thing in the rules."""

    asked: Asked
    case: Case
    seq: int
    changes: list[ClockChange] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.asked.at

    def apply(self, effect: Effect) -> None:
        """Carry out one clock effect."""
        if effect.kind == "start":
            for party in self._targets(effect):
                self._start(effect, party)
        elif effect.kind == "move":
            self._move(effect)
        else:
            for clock in self._clocks(effect):
                self._stop(clock, effect)

    def put(self, clock: Clock) -> None:
        """Replace one clock of the case, or add it."""
        clocks = self.case.clocks
        if any(c.id == clock.id for c in clocks):
            self.case = replace(
                self.case, clocks=tuple(clock if c.id == clock.id else c for c in clocks)
            )
        else:
            self.case = replace(self.case, clocks=(*clocks, clock))

    def tell(self, change: str, clock: Clock) -> None:
        """Note what happened to a clock."""
        self.changes.append(
            ClockChange(
                change, self.at, clock.name, clock.id, clock.party, clock.due_at, clock.on_time
            )
        )

    def _targets(self, effect: Effect) -> Iterable[str | None]:
        """The parties a start is for; None for the case itself."""
        asked = self.asked
        if effect.target is None:
            return (None,)
        if effect.target == "party":
            return (asked.party_name,)
        if effect.target == "station":
            return (self.case.course.station,)
        if effect.target == "duties":
            return tuple(d.party for d in asked.get("duties") or ())
        return tuple(p.name for p in self.case.course.parties)

    def _clocks(self, effect: Effect) -> Iterable[Clock]:
        """The running clocks that a stop or an end is about."""
        name = None if effect.name == "all" else effect.name
        party = self.asked.party_name if effect.target == "party" else None
        return self.case.running(name, party)

    def _start(self, effect: Effect, party: str | None) -> None:
        if self.case.running(effect.name, party):
            return
        begin = START_RULES[self.asked.context.procedure.clock(effect.name).due](
            self, effect, party
        )
        if begin is None:
            return
        clock = Clock(
            id=len(self.case.clocks) + 1,
            name=effect.name,
            party=party,
            variant=begin.variant,
            started_at=begin.started_at,
            limit_s=begin.limit_s,
            due_at=begin.due_at,
            fresh_at=begin.started_at,
            rule=self.asked.context.procedure.rule,
            started_by=self.seq,
        )
        self.put(clock)
        self.tell("started", clock)

    def _stop(self, clock: Clock, effect: Effect) -> None:
        ended = effect.kind == "end"
        stopped_at = self.at if ended else self._moment(effect)
        on_time: bool | None = None if clock.due_at is None else stopped_at <= clock.due_at
        if ended and on_time:
            on_time = None
        if not ended and self.asked.get("outcome") == "absent":
            on_time = False
        stopped = replace(
            clock, stopped_at=stopped_at, stopped_by=self.seq, ended=ended, on_time=on_time
        )
        self.put(stopped)
        self.tell("ended" if ended else "stopped", stopped)

    def _moment(self, effect: Effect) -> datetime:
        """The time of the fact that an effect names, else the act's own."""
        if effect.at is None:
            return self.at
        if effect.at == "completed_at":
            return completed_at(self)
        if effect.at == "arrived_at" and self.asked.get("outcome") == "absent":
            return self.at
        given: datetime | None = self.asked.get(effect.at)
        return given or self.at

    def _move(self, effect: Effect) -> None:
        """Move a clock's due time; a clock that does not run is started anew."""
        running = self.case.running(effect.name)
        begin = START_RULES[self.asked.context.procedure.clock(effect.name).due](self, effect, None)
        if begin is None:
            return
        if not running:
            self._start(effect, None)
            return
        clock = running[0]
        due_at = begin.due_at
        if effect.name == "coordinate" and clock.due_at is not None and due_at is not None:
            due_at = min(clock.due_at, due_at)
        moved = replace(
            clock,
            variant=begin.variant,
            limit_s=begin.limit_s,
            started_at=begin.started_at if effect.name == "record_outcome" else clock.started_at,
            due_at=due_at,
            fresh_at=self.at,
        )
        self.put(moved)
        self.tell("moved", moved)


def completed_at(work: Work) -> datetime:
    """When the party of the act completed: as given, as recorded before, else now (A-07)."""
    given: datetime | None = work.asked.get("completed_at")
    party = work.asked.party
    recorded = party.completed_at if party is not None else None
    return recorded or given or work.at


def _counting(work: Work) -> Counting:
    return Counting(natural_day=work.asked.context.procedure.values["natural_day"])


def _kind(work: Work, effect: Effect, variant: str) -> ClockKind:
    return work.asked.context.procedure.clock(effect.name, variant)


def _by_limit(work: Work, effect: Effect, party: str | None) -> Start | None:
    variant = work.case.course.track or "" if effect.name == "coordinate" else ""
    if work.case.urgent and effect.name in ("triage", "dispatch"):
        variant = "urgent"
    limit = _kind(work, effect, variant).limit
    if limit is None:
        return None
    due_at = due(limit, work.at, counting=_counting(work)).due_at
    return Start(work.at, int((due_at - work.at).total_seconds()), due_at, variant)


def _by_coordination(work: Work, effect: Effect, party: str | None) -> Start | None:
    """Due at the time in the notice (X-5.2.4.2); an invited party may have a time of its own.

    Whoever has come already and is only made the lead is not waited for again.
    """
    here = work.case.course.party(party) if party else None
    if work.asked.act.verb == "invite" and here is not None and here.outcome is not None:
        return None
    time: datetime | None = work.asked.get("time") or work.case.course.coordination_at
    if time is None or time <= work.at:
        return None
    return Start(work.at, int((time - work.at).total_seconds()), time, "")


def _after_coordination(work: Work, effect: Effect, party: str | None) -> Start | None:
    time = work.case.course.coordination_at
    limit = _kind(work, effect, "").limit
    if time is None or limit is None:
        return None
    due_at = due(limit, time, counting=_counting(work)).due_at
    return Start(time, int((due_at - time).total_seconds()), due_at, "")


def _disposal(work: Work, effect: Effect, party: str | None) -> Start | None:
    """The agreed limit of a duty, the new limit of a return, or the station's due (A-15)."""
    duties = {d.party: d for d in work.asked.get("duties") or ()}
    if party in duties:
        duty = duties[party]
        start = duty.start or work.at
        due_at = due(duty.limit, start, counting=_counting(work)).due_at
        return Start(start, int((due_at - start).total_seconds()), due_at, "")
    limit = work.asked.get("limit")
    if limit is not None:
        due_at = due(limit, work.at, counting=_counting(work)).due_at
        return Start(work.at, int((due_at - work.at).total_seconds()), due_at, "")
    station_due, variant = work.asked.station_due()
    if station_due is None:
        return None
    return Start(work.at, int((station_due - work.at).total_seconds()), station_due, variant)


def _completion_day(work: Work, effect: Effect, party: str | None) -> Start | None:
    """24:00 of the day on which the party completed (X-5.2.5.2)."""
    start = completed_at(work)
    due_at = next_midnight(start)
    return Start(start, int((due_at - start) / timedelta(seconds=1)), due_at, "")


def _no_due(work: Work, effect: Effect, party: str | None) -> Start | None:
    return Start(work.at, None, None, "")


START_RULES: dict[str, Callable[[Work, Effect, str | None], Start | None]] = {
    "limit": _by_limit,
    "coordination_time": _by_coordination,
    "after_coordination": _after_coordination,
    "disposal": _disposal,
    "completion_day": _completion_day,
    "none": _no_due,
}
"""The named rules that give a clock its start and due time."""
