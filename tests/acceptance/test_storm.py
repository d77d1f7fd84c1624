"""Forty cases in thirty minutes: with bundles and a standing instruction nothing urgent is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from dutydesk.config.procedures import load
from dutydesk.storage.tables import event, outbox
from dutydesk.workflow.alarms.flood import MOST, WINDOW
from dutydesk.workflow.alarms.model import Silence
from dutydesk.workflow.duty.presence import slots_of
from tests.acceptance.real_desk import most_within
from tests.acceptance.storm import LINKAGE, OFF, Storm, arrivals

OWN = ("triage", "dispatch", "coordinate")
"""The clocks that run on the desk itself in a storm."""
TEN = timedelta(minutes=10)


@pytest.fixture(scope="module")
def bundled() -> Iterator[Storm]:
    storm = Storm(bundles=True)
    storm.play()
    yield storm
    storm.desk.desk.close()


@pytest.fixture(scope="module")
def single() -> Iterator[Storm]:
    storm = Storm(bundles=False)
    storm.play()
    yield storm
    storm.desk.desk.close()


def late(storm: Storm, *kinds: str) -> list[tuple[str, str]]:
    """Cases and own clocks of the desk that were not kept."""
    return [
        (label, clock.name)
        for label, one in storm.known.items()
        if one.kind in kinds
        for clock in storm.desk.case(label).clocks
        if clock.name in OWN and clock.on_time is not True
    ]


def waited(storm: Storm, kind: str) -> timedelta:
    """The longest that a case of a kind waited from its coming to its convening."""
    return max(
        at - storm.desk.case(label).received_at
        for label, at in storm.convened.items()
        if storm.known[label].kind == kind
    )


def test_the_storm_is_what_it_is_said_to_be() -> None:
    found = arrivals()
    urgent = [one for one in found if one.urgent]
    linkage = [one for one in found if one.kind in ("complex", "simple")]
    assert (len(found), len(urgent), len(linkage)) == (40, 8, 14)
    assert found[-1].second <= 30 * 60
    parts = load("xinchenglu").parts
    posts = {slot.department or slot.post for slot in slots_of(("140901",), parts)}
    assert len(OFF) * 2 >= len(posts)
    assert posts > set(OFF)


def test_everything_that_came_is_accepted_and_convened_or_dispatched(bundled: Storm) -> None:
    assert sorted(bundled.accepted) == sorted(one.label for one in arrivals())
    assert {bundled.desk.case(label).state for label in bundled.convened} == {"awaiting_response"}
    assert len(bundled.convened) == 22


def test_with_bundles_and_a_standing_instruction_nothing_is_late(bundled: Storm) -> None:
    assert late(bundled, "urgent") == []
    assert late(bundled, "complex", "simple", "community") == []
    # K3 begins with the acceptance; even from its coming on no urgent case waits ten minutes.
    assert waited(bundled, "urgent") <= TEN


@pytest.mark.soak
def test_the_calls_are_counted_and_bundles_save_a_quarter(bundled: Storm, single: Storm) -> None:
    for name, storm in (("with", bundled), ("without", single)):
        print(
            f"storm {name} bundles: {storm.calls} calls, {storm.desk.acts} acts, done at "
            f"{storm.desk.now:%H:%M:%S}; longest wait urgent {waited(storm, 'urgent')}, "
            f"complex {waited(storm, 'complex')}; late {late(storm, *LINKAGE)}"
        )
    assert bundled.calls <= 36
    assert bundled.calls <= single.calls * 3 / 4
    assert waited(bundled, "complex") < waited(single, "complex")


def test_one_call_stands_in_each_case_and_is_one_in_the_journal(bundled: Storm) -> None:
    verbs = ("call", "report_to_head", "standing_instruction")
    with bundled.desk.desk.store.reading() as connection:
        asked = select(event.c.id, event.c.data).where(event.c.verb.in_(verbs))
        rows = connection.execute(asked).all()
    calls = {data.get("bundle") or number for number, data in rows}
    assert len(calls) == bundled.calls
    assert len(rows) > bundled.calls


def test_one_message_goes_out_once_to_each_of_a_bundle(bundled: Storm) -> None:
    with bundled.desk.desk.store.reading() as connection:
        asked = select(event.c.data).where(event.c.verb == "convene")
        pushes = connection.execute(asked).scalars().all()
        told = connection.execute(select(outbox.c.key, outbox.c.kind)).all()
    sent = [key for key, kind in told if kind != "escalate"]
    expected: dict[object, set[str]] = {}
    for number, data in enumerate(pushes):
        expected.setdefault(data.get("bundle") or number, set()).update(data["parties"])
    assert len(sent) == sum(len(names) for names in expected.values())
    assert len(expected) < len(pushes)
    # A case names the standing instruction under which it was convened.
    assert sum(1 for data in pushes if data.get("standing_instruction")) >= 17


def heard(storm: Storm) -> list[datetime]:
    """When it rang for cases, without the reds of the urgent track, which always ring."""
    track = {no: storm.desk.case(label).course.track for label, no in storm.desk.numbers.items()}
    return [
        alarm.raised_at
        for alarm in storm.desk.alarms
        if alarm.rings
        and alarm.case is not None
        and (alarm.light != "red" or track[alarm.case] != "U")
    ]


def test_the_rings_of_the_storm_are_grouped(bundled: Storm) -> None:
    silenced = [a for a in bundled.desk.alarms if a.silence is Silence.GROUPED]
    print(f"storm: {len(bundled.desk.rings)} rings, {len(silenced)} alarms with their group")
    assert silenced
    assert most_within(heard(bundled), WINDOW) <= MOST
    assert len(bundled.desk.rings) <= 25


def test_a_storm_that_nobody_meets_does_not_ring_all_the_time() -> None:
    storm = Storm(bundles=False)
    for _minute in range(60):
        storm.spend(60)
    groups = [a for a in storm.desk.alarms if a.silence is Silence.GROUPED]
    would_ring = len(groups) + len(storm.desk.rings)
    assert len(storm.desk.alarms) >= would_ring > 30
    assert most_within(heard(storm), WINDOW) <= MOST
    assert len(storm.desk.rings) < would_ring
    storm.desk.desk.close()
