"""Random acts and times: what procedures.md 3.4 says must always hold (invariants 1–9)."""

from __future__ import annotations

import copy
import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sensible import sensible
from world import GRID, World

from dutydesk.errors import BadInput, Refused
from dutydesk.workflow.alarms.raising import due_alarms
from dutydesk.workflow.cases.acts import Outcome
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.cases.possible import next_act, possible
from dutydesk.workflow.cases.summary import facets
from dutydesk.workflow.duty.model import DutyState
from dutydesk.workflow.time.zone import iso

MOVES_A_DUE = {"reschedule", "correct"}
JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**25),
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["[/b]", "2026-11-23T09:00", "城管", "simple", "deputy_head", "\ud800"]),
    st.datetimes(),
    st.lists(st.one_of(st.text(max_size=3), st.integers(), st.none()), max_size=3),
    st.dictionaries(st.text(max_size=4), st.one_of(st.text(max_size=3), st.none()), max_size=2),
    st.lists(
        st.dictionaries(
            st.sampled_from(["party", "duty", "limit", "kind", "file"]),
            st.one_of(st.text(max_size=3), st.none(), st.integers()),
        ),
        max_size=2,
    ),
)
PICK = st.integers(0, 99)
ROLES = (
    *("commander", "inspector", "deputy_head", "area_head", "line_lead", "party", "station"),
    *("street_centre", "night_desk", "system", "king"),
)


class DeskMachine(RuleBasedStateMachine):
    """One desk, a few cases, any act by anybody at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World("2026-11-20T17:00")
        self.heads_away: set[str] = set()
        self.rung: set[str] = set()

    # ── what may happen ─────────────────────────────────────────────────────────────────────

    @rule(
        urgent=st.booleans(),
        left=st.sampled_from([None, -1, 1, 3, 30, 90]),
        grid=st.sampled_from([GRID, None]),
        night=st.booleans(),
    )
    def register(self, urgent: bool, left: int | None, grid: str | None, night: bool) -> None:
        if len(self.world.cases) == 3:
            return
        due = {} if left is None else {"upstream_due": iso(self.world.now + timedelta(hours=left))}
        by = "night_desk" if night else "street_centre"
        self.world.register(f"c{len(self.world.cases)}", by=by, urgent=urgent, grid=grid, **due)

    @rule(which=PICK, verb=PICK, pick=PICK)
    def act_sensibly(self, which: int, verb: int, pick: int) -> None:
        """An open act with sensible fields is done; one that is not open is refused."""
        label = self._label(which)
        if label is None:
            return
        by = "night_desk" if self.world.context.duty.night else "commander"
        answers = list(self.world.possible(label, by).values())
        answer = answers[verb % len(answers)]
        self._try_open(label, answer.verb, by, answer.behalf, answer.open, pick)

    @initialize(kinds=st.lists(st.booleans(), min_size=1, max_size=2))
    def cases_are_there(self, kinds: list[bool]) -> None:
        for number, urgent in enumerate(kinds):
            self.world.register(f"c{number}", urgent=urgent)

    @rule(which=PICK, picks=st.lists(PICK, min_size=1, max_size=8))
    def act_on(self, which: int, picks: list[int]) -> None:
        """What Enter offers, again and again, so that cases get far."""
        for pick in picks:
            self._act_next(self._label(which), pick)

    def _act_next(self, label: str | None, pick: int) -> None:
        if label is None:
            return
        by = "night_desk" if self.world.context.duty.night else "commander"
        actor = Actor.parse(by)
        case = self.world.case(label)
        verb = next_act(case, actor, self.world.now, self.world.context)
        if pick >= 70:  # now and then another key of the state
            keys = self.world.procedure.states[case.state].keys
            verb = keys[pick % len(keys)]
        if verb is not None:
            answers = possible(case, actor, self.world.now, self.world.context)
            answer = next(a for a in answers if a.verb == verb)
            self._try_open(label, verb, by, answer.behalf, answer.open, pick)

    def _try_open(
        self, label: str, verb: str, by: str, behalf: str | None, is_open: bool, pick: int
    ) -> None:
        fields = sensible(self.world, label, verb, pick)
        if fields is None:
            return
        if is_open:
            self._do(label, verb, by, fields, behalf)
            return
        with pytest.raises(Refused):
            self._do(label, verb, by, fields, behalf)

    @rule(
        which=PICK,
        verb=PICK,
        pick=PICK,
        by=st.sampled_from(ROLES),
        back=st.sampled_from([0, 0, 0, 1, 7, 500, -3]),
        spoil=st.lists(st.tuples(PICK, JUNK), max_size=2),
    )
    def act_anyhow(
        self,
        which: int,
        verb: int,
        pick: int,
        by: str,
        back: int,
        spoil: list[tuple[int, object]],
    ) -> None:
        """Anybody asks anything with anything: done, refused or bad input, nothing else."""
        label = self._label(which)
        if label is None:
            return
        acts = self.world.procedure.acts
        verbs = [*acts, *self.world.procedure.verbs_from(self.world.case(label).state)]
        kind = acts[verbs[-1 - verb % len(verbs)]]
        fields = sensible(self.world, label, kind.verb, pick) or {}
        for at, junk in spoil:
            if kind.fields:
                fields[kind.fields[at % len(kind.fields)].name] = junk
        try:
            self._do(label, kind.verb, by, fields, None, self.world.now - timedelta(minutes=back))
        except (Refused, BadInput):
            return

    @rule(minutes=st.sampled_from([0, 1, 2, 5, 11, 30, 61, 240, 1500]))
    def time_passes(self, minutes: int) -> None:
        """Through every due moment; a second before the next one nothing comes."""
        due = self.world.next_due_at()
        if due is not None and due > self.world.now:
            early = max(self.world.now, due - timedelta(seconds=1))
            for case in self.world.cases.values():
                assert due_alarms(case, early, self.world.context) == (case, ())
        self.world.advance(minutes=minutes)

    @rule(minutes=st.sampled_from([1, 20, 600, 3000]))
    def machine_sleeps(self, minutes: int) -> None:
        self.world.now += timedelta(minutes=minutes)

    @rule()
    def sweep(self) -> None:
        """Re-arming gives the same alarms, each once (invariant 8)."""
        again = copy.copy(self.world)
        again.cases, again.alarms = dict(self.world.cases), []
        assert again.sweep() == self.world.sweep()
        before = dict(self.world.cases)
        assert self.world.sweep() == []
        assert self.world.cases == before

    @rule(night=st.booleans())
    def holder_changes(self, night: bool) -> None:
        """A change of the holder leaves every due where it is (invariant 7)."""
        dues = self._dues()
        holder = "night_desk" if night else "sub_centre"
        self.world.state = DutyState(self.world.state.area, holder=holder)
        assert self._dues() == dues

    # ── what each act must keep ─────────────────────────────────────────────────────────────

    def _label(self, which: int) -> str | None:
        labels = sorted(self.world.labels)
        return labels[which % len(labels)] if labels else None

    def _dues(self) -> dict[tuple[str, int], datetime | None]:
        return {(c.no, k.id): k.due_at for c in self.world.cases.values() for k in c.clocks}

    def _do(
        self,
        label: str,
        verb: str,
        by: str,
        fields: dict[str, Any],
        behalf: str | None,
        at: datetime | None = None,
    ) -> None:
        before, dues = self.world.case(label), self._dues()
        when = None if at is None else iso(at)
        named = {f"{name}_": value for name, value in fields.items()}
        done = self.world.do(verb, label, by=by, behalf=behalf, at=when, **named)
        assert (done.case.version, done.case.last_seq) == (before.version + 1, before.last_seq + 1)
        event = done.events[0]
        json.dumps([event.data, event.personal])
        if verb == "submit_to_street" and event.data["reason"] == "heads_unavailable":
            self.heads_away.add(done.case.no)
        self._moved_later(verb, dues)
        if verb == "convene":
            _convened(done)

    def _moved_later(self, verb: str, dues: dict[tuple[str, int], datetime | None]) -> None:
        """A due never moves later but by the acts that say so (invariant 9)."""
        for key, after in self._dues().items():
            before = dues.get(key)
            if before is not None and after is not None and after > before:
                assert verb in MOVES_A_DUE, (verb, key, before, after)

    # ── what must always hold ───────────────────────────────────────────────────────────────

    @invariant()
    def cases_hold(self) -> None:
        for case in self.world.cases.values():
            _clocks_hold(case, self.world)
            _closed_holds(case)
            if case.state == "at_street":
                assert case.course.head_result_at or case.no in self.heads_away
            _facets_hold(case, self.world)

    @invariant()
    def each_alarm_once(self) -> None:
        keys = [a.key for a in self.world.alarms]
        assert len(set(keys)) == len(keys)
        for alarm in self.world.alarms[-3:]:
            assert alarm.rings is (alarm.silence is None)
            assert alarm.planned_at <= alarm.raised_at


def _convened(done: Outcome) -> None:
    """Invariants 4 and 5: calls before the push; on track U the report and an offline meeting."""
    course, at = done.case.course, done.events[0].at
    if course.track in ("C", "U"):
        for party in course.parties:
            assert min(c.at for c in course.calls if c.party == party.name) <= at
    if course.track == "U":
        assert course.head_reported_at is not None
        assert course.head_reported_at <= at
        assert course.mode == "offline"


def _clocks_hold(case: Case, world: World) -> None:
    """Invariant 1: an open case shows a clock or the time since; an ended one has no clock."""
    state = world.procedure.states[case.state]
    running = [(c.name, c.party) for c in case.running()]
    assert len(set(running)) == len(running)
    if state.end:
        assert running == []
    else:
        assert running or case.since_at is not None
    for clock in case.clocks:
        if clock.running or clock.due_at is None or clock.stopped_at is None:
            assert clock.on_time is None
        elif clock.ended:
            assert clock.on_time is (None if clock.stopped_at <= clock.due_at else False)
        elif clock.stopped_at > clock.due_at:
            assert clock.on_time is False
        elif clock.name != "respond":  # an absent party is late before its time
            assert clock.on_time is True


def _closed_holds(case: Case) -> None:
    """Invariant 3: five checks, the report, every required result."""
    if case.state == "closed":
        checks = dict(case.course.checks)
        notes = dict(case.course.check_notes)
        assert set(checks) == {"complete", "law", "summary", "photos", "wording"}
        assert all(v == "pass" or (v == "na" and notes.get(k)) for k, v in checks.items())
        assert case.course.report
        assert case.course.open_results == ()


def _facets_hold(case: Case, world: World) -> None:
    answer = facets(case, world.context)
    running = case.running()
    dues = [c.due_at for c in running if c.due_at is not None]
    assert answer.red_at == min(dues, default=None)
    assert answer.due_at == min(dues, default=None)
    if not running:
        assert answer.clock is None
        assert answer.next_due_at is None
        return
    assert (answer.clock, answer.clock_party) in {(c.name, c.party) for c in running}
    if answer.yellow_at is not None and answer.red_at is not None:
        assert answer.yellow_at < max(dues)
    nexts = answer.next_due_at
    found = due_alarms(case, world.now, world.context)[1]
    assert bool(found) is (nexts is not None and nexts <= world.now)


@pytest.mark.parametrize("examples", [15, pytest.param(50, marks=pytest.mark.soak)])
def test_the_invariants_hold_for_any_acts_at_any_time(examples: int) -> None:
    profile = settings(
        max_examples=examples, stateful_step_count=40, deadline=None, derandomize=True
    )
    run_state_machine_as_test(DeskMachine, settings=profile)


@pytest.mark.soak
def test_the_invariants_hold_in_the_long_run() -> None:
    profile = settings(max_examples=1500, stateful_step_count=80, deadline=None)
    run_state_machine_as_test(DeskMachine, settings=profile)
