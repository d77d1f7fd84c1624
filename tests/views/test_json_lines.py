"""The JSON lines of contracts.md: exactly these keys, in this order."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from views_world import NOON, World

from dutydesk.clock import ZONE
from dutydesk.config.procedures import load
from dutydesk.errors import Refused
from dutydesk.views import jsonable
from dutydesk.views.labels import Words
from dutydesk.views.queue import Queue
from dutydesk.workflow.alarms.model import Alarm, AlarmReason
from dutydesk.workflow.cases.acts import ClockChange, Event
from dutydesk.workflow.cases.model import Actor

AT = datetime(2026, 11, 23, 9, 10, tzinfo=ZONE)


def dumped(document: object) -> str:
    """The document with its keys in their order."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def test_a_line_of_the_queue(world: World) -> None:
    world.linkage("simple", place="仓场路12号", description="井盖\n塌陷", category="井盖")
    world.clock.advance(minutes=21)
    row = world.read(Queue())[0]
    line = jsonable.case_line(row, world.now_ms)
    promised = (
        *("no", "external_no", "channel", "state", "light", "clock", "due_at", "remaining_s"),
        *("waiting_for", "area", "grid", "category", "place", "summary", "received_at"),
    )
    assert tuple(line)[: len(promised)] == promised
    assert {name: line[name] for name in promised} == {
        "no": "1409012611200001",
        "external_no": None,
        "channel": "dept_linkage",
        "state": "to_coordinate",
        "light": "red",
        "clock": "coordinate",
        "due_at": "2026-11-20T12:20:00+08:00",
        "remaining_s": -60,
        "waiting_for": "commander",
        "area": "140901",
        "grid": "仓场社区网格",
        "category": "井盖",
        "place": "仓场路12号",
        "summary": "井盖 塌陷",
        "received_at": "2026-11-20T12:00:00+08:00",
    }
    assert json.loads(dumped(line)) == line


def test_an_event_line() -> None:
    fact = Event(
        "call", AT, AT, Actor("commander", "陈静"), "1409012611230001", "to_coordinate", 3,
        {"party": "城管", "promised_at": AT}, Actor("party", "城管"), "phone",
    )  # fmt: skip
    assert dumped(jsonable.event_line(fact, "a")) == (
        '{"kind": "event", "at": "2026-11-23T09:10:00+08:00", "case": "a", "event": "call",'
        ' "state": "to_coordinate", "by": "commander:陈静", "data": {"party": "城管",'
        ' "promised_at": "2026-11-23T09:10:00+08:00", "on_behalf": "party:城管",'
        ' "channel": "phone"}}'
    )


def test_a_clock_line() -> None:
    change = ClockChange("stopped", AT, "triage", 1, None, AT, True)
    assert dumped(jsonable.clock_line(change, "a")) == (
        '{"kind": "clock", "at": "2026-11-23T09:10:00+08:00", "case": "a", "party": null,'
        ' "clock": "triage", "change": "stopped", "due_at": "2026-11-23T09:10:00+08:00",'
        ' "on_time": true}'
    )


def test_an_alarm_line() -> None:
    alarm = Alarm(
        "k", "140901", "1409012611230001", "dispatch", 2, None, "yellow", 1, ("commander",),
        True, AlarmReason.NEXT_RUNG, None, AT, AT,
    )  # fmt: skip
    assert dumped(jsonable.alarm_line(alarm, "a")) == (
        '{"kind": "alarm", "at": "2026-11-23T09:10:00+08:00", "case": "a", "party": null,'
        ' "clock": "dispatch", "light": "yellow", "rung": 1, "to": ["commander"],'
        ' "rings": true, "reason": "NEXT_RUNG"}'
    )


def test_a_refused_line() -> None:
    refused = Refused("not_your_role", {"role": "inspector", "allowed": ["commander"]}, "X-5.2.2")
    words = Words(load("xinchenglu"))
    assert dumped(jsonable.refused_line(refused, AT, "a", "dispatch", words)) == (
        '{"kind": "refused", "at": "2026-11-23T09:10:00+08:00", "case": "a", "do": "dispatch",'
        ' "code": "not_your_role", "params": {"role": "inspector", "allowed": ["commander"]},'
        ' "message": "综合督查员不能办这一步，应由协调指挥员办，或注明代谁办理",'
        ' "clause": "X-5.2.2"}'
    )


def test_the_summary_lists_clocks_in_order_of_start(world: World) -> None:
    no = world.register()
    world.clock.advance(minutes=10)
    case = world.do("accept", no, as_="community", grid="仓场", category="井盖")
    line = jsonable.summary_line({"a": case}, {"a": 2}, {"events": 2})
    assert line["cases"]["a"]["alarms"] == 2
    assert line["cases"]["a"]["clocks"] == [
        {
            "clock": "triage",
            "party": None,
            "started_at": "2026-11-20T12:00:00+08:00",
            "due_at": "2026-11-21T12:00:00+08:00",
            "stopped_at": "2026-11-20T12:10:00+08:00",
            "on_time": True,
        },
        {
            "clock": "dispatch",
            "party": None,
            "started_at": "2026-11-20T12:10:00+08:00",
            "due_at": "2026-11-20T13:10:00+08:00",
            "stopped_at": None,
            "on_time": None,
        },
    ]


def test_a_refusal_and_what_was_done(world: World) -> None:
    no = world.register()
    with pytest.raises(Refused) as caught:
        world.do("dispatch", no, station="仓场")
    assert jsonable.refusal(caught.value, Words(load("xinchenglu"))) == {
        "refused": {
            "code": "wrong_state",
            "params": {"state": "received", "verb": "dispatch"},
            "message": "案件现在是“待受理”，不能“派单”",
            "clause": None,
        }
    }
    assert jsonable.done(None, (), ()) == {
        "case": None,
        "state": None,
        "events": [],
        "clocks": [],
    }


def test_values_become_what_json_carries() -> None:
    assert jsonable.plain({"at": NOON, "to": (Actor("party", "城管"),), "n": 1, "b": True}) == {
        "at": "2026-11-20T12:00:00+08:00",
        "to": ["party:城管"],
        "n": 1,
        "b": True,
    }
