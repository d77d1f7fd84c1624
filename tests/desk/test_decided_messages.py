"""What a person decides of a message stands in the journal: who, when, what it was before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.outboxing import confirm, give_up, resend
from dutydesk.storage import Message, Sending, sending
from dutydesk.storage.verify import verify
from dutydesk.views.card import Card
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

BY = Actor("commander", "陈安")


@pytest.fixture
def desk(morning: ManualClock) -> Desk:
    made = memory_desk(morning)
    made.ground = replace(made.ground, carries={"urge": "app", "escalate": "app"})
    return made


def urged(desk: Desk) -> tuple[str, str]:
    def do(verb: str, no: str | None = None, **given: object) -> str:
        case = desk.execute(Act(verb, BY, desk.now(), desk.now(), no, given)).case
        assert case is not None
        return case.no

    where = {"channel": "dept_linkage", "place": "嘉乐小区", "description": "设摊"}
    no = do("register", **where, grid="嘉乐", category="占道设摊")
    case = {"difficulty": "simple", "lead": "城管", "parties": ["城管"]}
    do("accept", no, **{"as": "linkage"}, **case)
    do("urge", no, target="城管", text="请快")
    with desk.store.unit() as unit:
        (row,) = sending.by_state(unit.connection, desk.ground.area, ("DRAFT",))
        sending.record(
            unit.connection, row.key, None, desk.now(), Sending.FAILED, reason="invaliduser u"
        )
    return no, row.key


def test_each_choice_of_a_person_is_an_event_of_the_case(desk: Desk) -> None:
    no, key = urged(desk)
    assert resend(desk, [key], BY) == 1
    assert give_up(desk, [key], BY) == 1
    assert confirm(desk, [key], BY) == 1
    card = desk.read(Card(no))
    assert card is not None
    told = [event for event in card.events if event.verb == "decide_message"]
    assert [event.line for event in told] == [
        "消息（催办，城管）：再发一次",
        "消息（催办，城管）：不再发",
        "消息（催办，城管）：已由人发出或告知",
    ]
    assert [event.data["was"] for event in told] == [
        "FAILED invaliduser u", "DRAFT again", "DROPPED given_up",
    ]  # fmt: skip
    assert {event.by for event in told} == {"commander:陈安"}
    assert {event.data["message_key"] for event in told} == {key}
    assert verify(desk.store).whole


def test_what_changes_nothing_is_no_event_and_a_message_of_no_case_is_the_desks(
    desk: Desk,
) -> None:
    no, key = urged(desk)
    confirm(desk, [key], BY)
    before = len(desk.read(Card(no)).events)  # type: ignore[union-attr]
    assert (confirm(desk, [key], BY), resend(desk, [key], BY)) == (0, 0)
    assert len(desk.read(Card(no)).events) == before  # type: ignore[union-attr]
    with desk.store.unit() as unit:
        row = Message("digest|1", desk.ground.area, None, "manual", "王某", "2 件", desk.now())
        unit.put_message(replace(row, kind="escalate"))
        first = unit.next_event()
    confirm(desk, ["digest|1"], BY)
    with desk.store.unit() as unit:
        (event,) = unit.events(first, first)
    assert (event.verb, event.case) == ("decide_message", None)
    assert event.data["recipient"] == "王某"
