"""A desk without store and screen: cases in a dict, time by hand, every due moment swept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from dutydesk.config.calendars import shipped_calendar
from dutydesk.config.places import load_places
from dutydesk.config.procedures import load
from dutydesk.errors import Refused
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.alarms.raising import due_alarms
from dutydesk.workflow.cases.acts import Act, ClockChange, Event, Outcome
from dutydesk.workflow.cases.decide import decide
from dutydesk.workflow.cases.model import Actor, Case, Clock
from dutydesk.workflow.cases.possible import Possible, possible
from dutydesk.workflow.cases.summary import facets
from dutydesk.workflow.context import Context, Duty
from dutydesk.workflow.duty.handover import DeskOutcome, decide_desk
from dutydesk.workflow.duty.hours import Hours
from dutydesk.workflow.duty.model import DutyState
from dutydesk.workflow.time.zone import iso, parse_instant

MONDAY = "2026-11-23T09:00"
GRID = "嘉乐社区网格"
OTHER_GRID = "仓场社区网格"
FOREIGN_GRID = "新成社区网格"
FULL = frozenset(
    {"commander", "inspector", "deputy_head", "area_head", "night_desk", "street_centre"}
    | {"公安", "城管", "市场监管"}
)
CHECKS = dict.fromkeys(("complete", "law", "summary", "photos", "wording"), "pass")


@cache
def _ground() -> tuple[Any, Any, Any]:
    return load("xinchenglu"), load_places(), Hours(shipped_calendar())


def instant(text: str, day: datetime | None = None) -> datetime:
    """`2026-11-23T09:00`, or `09:00` / `09:00:30` of a day."""
    if "-" not in text and day is not None:
        return parse_instant(f"{day.date().isoformat()}T{text}")
    return parse_instant(text)


class World:
    """One area's desk in the hands of a test."""

    def __init__(self, start: str = MONDAY, area: str = "140901") -> None:
        self.procedure, self.places, self.hours = _ground()
        self.now = instant(start)
        self.state = DutyState(area)
        self.present = FULL
        self.cases: dict[str, Case] = {}
        self.labels: dict[str, str] = {}
        self.alarms: list[Alarm] = []
        self.changes: list[ClockChange] = []
        self.events: list[Event] = []

    # ── asking ──────────────────────────────────────────────────────────────────────────────

    @property
    def context(self) -> Context:
        duty = Duty(self.state, self.present, parts=self.procedure.parts)
        return Context(self.procedure, self.places, self.hours, duty)

    def case(self, label: str = "c1") -> Case:
        return self.cases[self.labels[label]]

    def clock(self, name: str, party: str | None = None, label: str = "c1") -> Clock:
        """The last run of a clock."""
        runs = [
            c
            for c in self.case(label).clocks
            if c.name == name and (party is None or c.party == party)
        ]
        return runs[-1]

    def due(self, name: str, party: str | None = None, label: str = "c1") -> str:
        due_at = self.clock(name, party, label).due_at
        return "" if due_at is None else iso(due_at)

    def running(self, label: str = "c1") -> list[tuple[str, str | None]]:
        return [(c.name, c.party) for c in self.case(label).running()]

    def possible(self, label: str = "c1", by: str = "commander") -> dict[str, Possible]:
        answers = possible(self.case(label), Actor.parse(by), self.now, self.context)
        return {p.verb: p for p in answers}

    # ── acting ──────────────────────────────────────────────────────────────────────────────

    def act(
        self,
        verb: str,
        case: str | None = "c1",
        by: str = "commander",
        behalf: str | None = None,
        via: str | None = None,
        at: str | None = None,
        **fields: object,
    ) -> Act:
        when = self.now if at is None else instant(at, self.now)
        return Act(
            verb=verb,
            by=Actor.parse(by),
            at=when,
            recorded_at=self.now,
            case=self.labels.get(case or ""),
            fields={name.removesuffix("_"): value for name, value in fields.items()},
            on_behalf=Actor.parse(behalf) if behalf else None,
            channel=via,
        )

    def do(self, verb: str, case: str | None = "c1", **rest: Any) -> Outcome:
        return self._apply(self.act(verb, case, **rest), case or "c1")

    def register(self, label: str = "c1", **fields: Any) -> Outcome:
        """A grid-platform case in the area, unless the fields say otherwise."""
        given: dict[str, Any] = {
            "by": "street_centre",
            "channel": "dept_linkage",
            "place": "嘉乐路20号",
            "description": "绿化带暴露垃圾",
            "grid": GRID,
            "category": "暴露垃圾",
        }
        given.update(fields)
        return self._apply(self.act("register", None, **given), label)

    def _apply(self, act: Act, label: str) -> Outcome:
        case = self.cases.get(act.case or "")
        no = f"140901{self.now:%y%m%d}{len(self.cases) + 1:04}"
        outcome = decide(case, act, self.context, new_no=no)
        if case is None:
            self.labels[label] = outcome.case.no
        self.cases[outcome.case.no] = outcome.case
        self.events += outcome.events
        self.changes += outcome.changes
        for follow in outcome.follow:
            self._apply(follow, label)
        return outcome

    def refused(self, code: str, verb: str, case: str | None = "c1", **rest: Any) -> Refused:
        """The act is refused with this code and leaves the case as it was."""
        before = dict(self.cases)
        with pytest.raises(Refused) as caught:
            self._try(verb, case, rest)
        assert caught.value.code == code, caught.value
        assert self.cases == before
        return caught.value

    def _try(self, verb: str, case: str | None, rest: dict[str, Any]) -> None:
        if verb == "register":
            self.register("refused", **rest)
        else:
            self.do(verb, case, **rest)

    def desk(self, verb: str, by: str = "commander", red: int = 0, **rest: Any) -> DeskOutcome:
        """An act that concerns the desk; ``red`` cases are red, ``read`` is what is read back."""
        if verb == "take_over":
            rest["red"] = rest.pop("read", red)
        act = self.act(verb, None, by=by, **rest)
        outcome = decide_desk(act, self.context, red=red, seq=self.state.version + 1)
        self.state = outcome.state
        self.events.append(outcome.event)
        return outcome

    def desk_refused(self, code: str, verb: str, **rest: Any) -> Refused:
        with pytest.raises(Refused) as caught:
            self.desk(verb, **rest)
        assert caught.value.code == code, caught.value
        return caught.value

    def off(self, *posts: str) -> None:
        self.present = self.present - set(posts)

    # ── time ────────────────────────────────────────────────────────────────────────────────

    def next_due_at(self) -> datetime | None:
        moments = [facets(c, self.context).next_due_at for c in self.cases.values()]
        return min((m for m in moments if m is not None), default=None)

    def sweep(self) -> list[Alarm]:
        """One pass of the clock over all cases; running it twice changes nothing."""
        raised: list[Alarm] = []
        for no, case in self.cases.items():
            self.cases[no], found = due_alarms(case, self.now, self.context)
            raised += found
        self.alarms += raised
        return raised

    def until(self, text: str) -> None:
        """Time runs to an instant through every due moment; the clock goes after the acts."""
        end = instant(text, self.now)
        assert end >= self.now
        while (due := self.next_due_at()) is not None and due <= end:
            self.now = max(self.now, due)
            assert self.sweep() or due < self.now, f"nothing came at {due}"
        self.now = end
        self.sweep()

    def advance(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        self.until(iso(self.now + timedelta(hours=hours, minutes=minutes, seconds=seconds)))

    def jump(self, text: str) -> None:
        """The machine slept: time is later, and nothing was swept on the way."""
        self.now = instant(text, self.now)

    def told(self, label: str = "c1") -> list[tuple[str, str, str, str, bool]]:
        """The alarms of a case: moment, clock, light, to, rings."""
        return [
            (a.planned_at.strftime("%d %H:%M:%S"), a.clock, a.light, "+".join(a.to), a.rings)
            for a in self.alarms
            if a.case == self.labels[label]
        ]

    def expect_alarm(
        self, at: str, clock: str, light: str, to: str, rings: bool, label: str = "c1"
    ) -> None:
        found = [t for t in self.told(label) if t[0].endswith(at) and t[1:4] == (clock, light, to)]
        assert [t[4] for t in found] == [rings], self.told(label)

    # ── shortcuts to the states ─────────────────────────────────────────────────────────────

    def community(self, label: str = "c1", **fields: Any) -> None:
        """A case at community level, accepted."""
        self.register(label, **fields)
        self.do("accept", label, as_="community", grid=GRID)

    def at_station(self, label: str = "c1", **fields: Any) -> None:
        self.community(label, **fields)
        given = {} if "upstream_due" in fields else {"due": iso(self.now + timedelta(hours=8))}
        self.do("dispatch", label, station=GRID, **given)

    def linkage(
        self, difficulty: str = "simple", label: str = "c1", parties: Any = ("城管", "公安")
    ) -> None:
        """A linkage case that waits to be convened."""
        self.register(label)
        self.do(
            "accept",
            label,
            as_="linkage",
            difficulty=difficulty,
            lead=parties[0],
            parties=list(parties),
            basis="市容条例第三条",
        )

    def ready(self, difficulty: str = "simple", label: str = "c1") -> None:
        """…and every guard of convening is satisfied."""
        self.linkage(difficulty, label)
        track = self.case(label).course.track
        if track == "U":
            self.do("report_to_head", label, channel="phone", outcome="reached")
        if track != "S":
            self.do(
                "record_instruction",
                label,
                giver="deputy_head",
                text="立即处置",
                channel="phone",
            )
            for party in ("城管", "公安"):
                self.do("call", label, party=party, outcome="reached")

    def convene(self, label: str = "c1", after_min: int = 30, **fields: Any) -> Outcome:
        given: dict[str, Any] = {
            "parties": ["城管", "公安"],
            "time": iso(self.now + timedelta(minutes=after_min)),
            "location": "嘉乐路20号",
            "mode": "offline",
        }
        given.update(fields)
        return self.do("convene", label, **given)

    def awaiting(self, difficulty: str = "simple", label: str = "c1", after_min: int = 30) -> None:
        self.ready(difficulty, label)
        self.convene(label, after_min)

    def coordinating(self, difficulty: str = "simple", label: str = "c1") -> None:
        self.awaiting(difficulty, label)
        for party in ("公安", "城管"):
            self.do("confirm_response", label, party=party, outcome="arrived")

    def disposing(self, difficulty: str = "simple", label: str = "c1") -> None:
        self.coordinating(difficulty, label)
        self.do("record_outcome", label, agreed=True, duties=duties("4 h", "2 h"))

    def reviewing(self, difficulty: str = "simple", label: str = "c1") -> None:
        self.disposing(difficulty, label)
        for party in ("城管", "公安"):
            self.do("file_result", label, party=party, text="已清理")

    def at_head(self, label: str = "c1") -> None:
        self.disposing("simple", label)
        self.do("submit_to_head", label, by="deputy_head", reason="疑难复杂")

    def at_street(self, label: str = "c1") -> None:
        self.at_head(label)
        self.do("record_head_result", label, by="area_head", progress=False, text="仍无进展")
        self.do("submit_to_street", label, by="deputy_head", reason="疑难复杂")

    def closed(self, label: str = "c1") -> None:
        self.reviewing("simple", label)
        self.close(label)

    def close(self, label: str = "c1", **fields: Any) -> Outcome:
        given: dict[str, Any] = {"checks": CHECKS, "report": "两方按时处置,现场已清。"}
        given.update(fields)
        return self.do("close", label, **given)

    def set(self, label: str = "c1", **changes: Any) -> None:
        """Put a case into a condition that no act of the test leads to."""
        self.cases[self.labels[label]] = replace(self.case(label), **changes)


def duties(lead: str, other: str) -> list[dict[str, object]]:
    """城管 leads with one limit, 公安 follows with the other."""
    return [
        {"party": "城管", "duty": "清理", "limit": lead, "lead": True},
        {"party": "公安", "duty": "维持秩序", "limit": other},
    ]
