"""The clock effects of a transition, applied to a case one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from dutydesk.workflow.cases.acts import ClockChange
from dutydesk.workflow.cases.asked import Asked
from dutydesk.workflow.cases.by_table import tabled_rule
from dutydesk.workflow.cases.dating import waiting
from dutydesk.workflow.cases.model import Case, Clock
from dutydesk.workflow.cases.starting import START_RULES, Start, completed_at
from dutydesk.workflow.procedure import Effect


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
            rule=self._rule(begin),
            started_by=self.seq,
            limit=begin.limit,
            counted=begin.counted,
        )
        clock = self.waited(clock)
        self.put(clock)
        self.tell("started", clock)

    def _rule(self, begin: Start) -> str:
        """What is frozen on a clock: the procedure, and the matter table that gave the limit."""
        return tabled_rule(self.asked.context.procedure.rule, begin.edition)

    def _stop(self, clock: Clock, effect: Effect) -> None:
        ended = effect.kind == "end"
        stopped_at = self.at if ended else self.moment(effect)
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

    def moment(self, effect: Effect) -> datetime:
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
        """Move a clock's due time; a clock that does not run is started anew.

        No move puts a limit off (A-06), only a deferral does; what follows a meeting moves with it.
        """
        running = self.case.running(effect.name)
        kind = self.asked.context.procedure.clock(effect.name)
        begin = START_RULES[kind.due](self, effect, None)
        if begin is None:
            return
        if not running:
            self._start(effect, None)
        for clock in running:
            self._moved(clock, begin, after_meeting=kind.due == "after_coordination")

    def _moved(self, clock: Clock, begin: Start, *, after_meeting: bool) -> None:
        moved = replace(
            clock,
            limit=begin.limit,
            counted=begin.counted,
            variant=begin.variant,
            limit_s=begin.limit_s,
            started_at=begin.started_at if after_meeting else clock.started_at,
            due_at=begin.due_at,
            fresh_at=self.at,
            extended=(),
        )
        kept = tuple(h for h in clock.held if h.to_at <= begin.started_at)
        moved = self.waited(replace(moved, held=kept), begin.started_at)
        if not after_meeting and _sooner(clock, moved):
            moved = replace(moved, due_at=clock.due_at, held=clock.held, extended=clock.extended)
        self.put(moved)
        self.tell("moved", moved)

    def waited(self, clock: Clock, since: datetime | None = None) -> Clock:
        """A clock dated anew, with the waits of the case that lie after its start, or `since`."""
        if not self.case.waits:
            return clock
        return waiting(clock, self.case.waits, self.asked.context.hours.calendar, since)


def _sooner(clock: Clock, moved: Clock) -> bool:
    """Whether the due time that was agreed before comes first: no move gives time (A-06)."""
    if clock.due_at is None or moved.due_at is None:
        return False
    return clock.due_at < moved.due_at
