"""Every form has its time, reached with the keypad: `-7`, `2210`, `昨2210`; late is marked so."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from forms_stage import NOW, Stage, play
from sampled import sampled

from dutydesk.clock import ZONE
from dutydesk.screens.forms.submit import AT
from dutydesk.screens.forms.timerows import TimeRow
from dutydesk.views.promises import StandingPromises
from dutydesk.workflow.cases.decide import LATE_ENTRY

TYPED = {
    "-7": NOW - timedelta(minutes=7),
    "2210": datetime(2026, 11, 19, 22, 10, tzinfo=ZONE),
    "昨2210": datetime(2026, 11, 19, 22, 10, tzinfo=ZONE),
}
OWN_TIME = {"call": "when", "contact_citizen": "when", "confirm_response": "time"}
"""Forms of their own that hold their time in a row of their own."""
SOME = ("accept", "call", "convene", "confirm_response", "note")
ELSEWHERE = frozenset(("hand_over", "take_over", "presence"))
"""Acts that no form does: the handover screen, and the roll-call of the desk, which is of now."""


def time_row(stage: Stage, verb: str) -> TimeRow:
    screen = stage.screen
    if hasattr(screen, "sheet"):
        return screen.sheet.rows[AT]
    return getattr(screen, OWN_TIME[verb])


async def reach(stage: Stage, row: TimeRow, verb: str) -> None:
    """By `*` alone; a field that has text keeps the star to itself only where it is text."""
    for _step in range(60):
        if stage.app.focused is row.entry:
            return
        await stage.pilot.press("asterisk")
        await stage.pilot.pause()
    raise AssertionError(f"{verb}: the time cannot be reached with *")


async def told(stage: Stage, verb: str, no: str | None) -> None:
    """Open the form of an act and type each of the three forms into its time."""
    given: dict[str, object] = {}
    if verb == "settle":
        stage.act("note", no, text="回电", remind_at=NOW + timedelta(hours=1))
        given = {"promise": stage.desk.read(StandingPromises())[0].id, "outcome": "kept"}
    await stage.open(verb, no, **given)
    row = time_row(stage, verb)
    await reach(stage, row, verb)
    for typed, meant in TYPED.items():
        row.entry.value = ""
        await stage.type(typed)
        assert row.value == meant, (verb, typed)
        assert "→" in row.said.text, (verb, typed)
    row.entry.value = ""
    await stage.press("escape")
    if stage.form != "DeskScreen":
        await stage.press("escape")


def acts_of(stage: Stage, state: str) -> list[str]:
    procedure = stage.desk.context.procedure
    names = [name for name in procedure.verbs_from(state) if not procedure.acts[name].internal]
    return [name for name in names if name not in ELSEWHERE]


@pytest.mark.parametrize("state", sampled(["received", "to_coordinate", "awaiting_response"], (2,)))
@pytest.mark.parametrize(
    "verbs", [pytest.param(SOME, id="some"), pytest.param((), marks=pytest.mark.soak, id="all")]
)
def test_every_act_of_a_state_takes_its_time(verbs: tuple[str, ...], state: str) -> None:
    async def scene(stage: Stage) -> None:
        no = stage.register() if state == "received" else stage.linkage()
        if state == "awaiting_response":
            for party in ("城管", "公安", "市场监管"):
                stage.act("call", no, party=party, outcome="reached")
            stage.act("convene", no, parties=["城管", "公安"], time=NOW + timedelta(hours=1),
                      location="路口", mode="offline")  # fmt: skip
        assert stage.card(no).state == state
        opened = 0
        for verb in verbs or acts_of(stage, state):
            if any(act.verb == verb for act in stage.card(no).acts):
                await told(stage, verb, no)
                opened += 1
        assert opened >= (2 if verbs else 6)

    play(scene, size=(116, 62))


@pytest.mark.soak
def test_every_act_without_a_case_takes_its_time() -> None:
    async def scene(stage: Stage) -> None:
        procedure = stage.desk.context.procedure
        desk = [n for n, kind in procedure.acts.items() if kind.desk and not kind.internal]
        for verb in ["register", *desk]:
            if verb not in ELSEWHERE and verb != "reveal":
                await told(stage, verb, None)

    play(scene, size=(116, 62))


def test_a_call_of_seven_minutes_ago_is_entered_late_and_said_so() -> None:
    async def scene(stage: Stage) -> None:
        stage.clock.set(NOW - timedelta(minutes=30))
        no = stage.linkage()
        stage.clock.set(NOW)
        await stage.open("call", no)
        row = time_row(stage, "call")
        await reach(stage, row, "call")
        await stage.type("明1400")
        await stage.press("enter")
        assert stage.sees("通话时间还没到")
        row.entry.value = ""
        await stage.press("minus", "7", "enter", "1")
        event = next(e for e in stage.card(no).events if e.verb == "call")
        assert event.at == TYPED["-7"]
        assert event.recorded_at - event.at > LATE_ENTRY
        assert event.late_entry
        stage.app.sitting.open_case(no)
        await stage.settle()
        assert stage.sees("18:57 补录")

    play(scene)


@pytest.mark.soak
def test_a_handover_of_before_is_entered_with_its_time() -> None:
    async def scene(stage: Stage) -> None:
        stage.app.sitting.open("handover")
        await stage.settle()
        entry = stage.screen.query_one("#at")
        for _step in range(12):
            if stage.app.focused is entry:
                break
            await stage.press("asterisk")
        assert stage.app.focused is entry
        await stage.type("9999")
        stage.screen.query_one("#reason").value = "人手不足"
        await stage.press("enter")
        assert stage.sees("没有这个时刻")
        entry.value = "-7"
        await stage.press("enter")
        at = stage.desk.rules().duty.state.handed_at
        assert at == TYPED["-7"]

    play(scene)


def test_an_arrival_of_ten_minutes_ago_is_entered_late_and_an_absence_is_of_now() -> None:
    async def scene(stage: Stage) -> None:
        stage.clock.set(NOW - timedelta(hours=2))
        no = stage.linkage()
        names = ["城管", "公安", "市场监管"]
        time = NOW - timedelta(minutes=5)
        stage.act("convene", no, time=time, mode="offline", location="嘉乐路口", parties=names)
        stage.clock.set(NOW)
        await stage.open("confirm_response", no)
        await stage.press("1", "3", "asterisk")
        await stage.type("-10")
        await stage.press("enter")
        came, absent = stage.card(no).events[-2:]
        arrived = NOW - timedelta(minutes=10)
        assert (came.at, came.recorded_at, came.late_entry) == (arrived, NOW, True)
        assert (absent.at, absent.late_entry) == (NOW, False)
        assert stage.card(no).parties[0].arrived_at == arrived
        (clock,) = [c for c in stage.card(no).clocks if c.party == "城管" and c.name == "respond"]
        assert (clock.stopped_at, clock.on_time) == (arrived, True)

    play(scene)
