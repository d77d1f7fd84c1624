"""A promise is kept, moved or not kept, once; whatever no longer stands cannot be settled."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.errors import Refused
from dutydesk.screens.desk.board import read_board
from dutydesk.views.promises import StandingPromises
from dutydesk.views.queue import Filters
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

ME = Actor("commander", "陈安")


def do(desk: Desk, verb: str, no: str | None = None, **fields: object) -> str:
    now = desk.now()
    case = desk.execute(Act(verb, ME, now, now, no, fields)).case
    return case.no if case else ""


def register(desk: Desk) -> str:
    fields = {"channel": "walk_in", "place": "仓场路 1 号", "description": "堆物", "grid": "仓场"}
    return do(desk, "register", None, **fields)


def stand(desk: Desk) -> list[tuple[int, str]]:
    return [(row.id, row.text) for row in desk.read(StandingPromises())]


def refused(desk: Desk, no: str | None = None, **fields: object) -> Refused:
    with pytest.raises(Refused) as caught:
        do(desk, "settle", no, **fields)
    return caught.value


@pytest.mark.parametrize("on_a_case", [True, False])
def test_a_promise_is_moved_and_then_kept_and_leaves_the_list(
    desk: Desk, morning: ManualClock, on_a_case: bool
) -> None:
    no, soon = register(desk) if on_a_case else None, desk.now() + timedelta(minutes=20)
    do(desk, "note", no, text="回电", promised_to="张先生", remind_at=soon)
    ((number, text),) = stand(desk)
    assert text == "我方答应张先生：回电"
    do(desk, "settle", no, promise=number, outcome="moved", remind_at=soon + timedelta(hours=1))
    assert [(r.id, r.at) for r in desk.read(StandingPromises())] == [
        (number, soon + timedelta(hours=1))
    ]
    do(desk, "settle", no, promise=str(number), outcome="kept")
    assert stand(desk) == []
    assert refused(desk, no, promise=number, outcome="kept").code == "bad_value"


def test_what_a_call_promised_and_its_retry_are_settled_together(desk: Desk) -> None:
    no, at = register(desk), desk.now() + timedelta(minutes=30)
    do(desk, "call", no, party="城管", outcome="no_answer", promised_at=at)
    (first, _promised), (second, _again) = stand(desk)
    assert first == second
    do(desk, "settle", no, promise=first, outcome="not_kept", reason="一直没有人")
    assert stand(desk) == []


def test_only_a_standing_promise_of_this_very_case_is_settled(desk: Desk) -> None:
    one, two, at = register(desk), register(desk), desk.now() + timedelta(minutes=9)
    do(desk, "call", one, party="城管", outcome="reached", promised_at=at)
    number = stand(desk)[0][0]
    for wrong in (number - 1, number + 1, 0, 10**30, -1, "甲"):
        assert refused(desk, one, promise=wrong, outcome="kept").code == "bad_value"
    assert refused(desk, two, promise=number, outcome="kept").params["field"] == "promise"
    assert refused(desk, None, promise=number, outcome="kept").params["field"] == "promise"
    do(desk, "call", one, party="城管", outcome="reached")
    assert stand(desk) == []
    assert refused(desk, one, promise=number, outcome="kept").code == "bad_value"


def test_not_kept_says_why_and_moved_says_until_when_which_lies_ahead(desk: Desk) -> None:
    no = register(desk)
    do(desk, "note", no, text="回电", remind_at=desk.now() + timedelta(minutes=9))
    number = stand(desk)[0][0]
    assert refused(desk, no, promise=number, outcome="not_kept").code == "missing_field"
    assert refused(desk, no, promise=number, outcome="moved").code == "missing_field"
    past = desk.now() - timedelta(minutes=1)
    wrong = refused(desk, no, promise=number, outcome="moved", remind_at=past)
    assert (wrong.code, wrong.params["field"]) == ("bad_value", "remind_at")
    assert len(stand(desk)) == 1


def test_what_is_asked_for_after_the_end_of_a_case_stands_until_it_is_settled(
    desk: Desk, morning: ManualClock
) -> None:
    no = register(desk)
    do(desk, "note", no, text="先前", remind_at=desk.now() + timedelta(minutes=30))
    board = read_board(desk, Filters(), None)
    assert [row.text for row in board.promises] == ["先前"]
    do(desk, "withdraw", no, reason="来电人撤回")
    assert stand(desk) == []
    do(desk, "note", no, text="回访", remind_at=desk.now() + timedelta(minutes=9))
    ((number, text),) = stand(desk)
    board = read_board(desk, Filters(), board)
    assert [row.text for row in board.promises] == [text] == ["回访"]
    assert board.turn_at is not None
    later = desk.now() + timedelta(hours=1)
    do(desk, "settle", no, promise=number, outcome="moved", remind_at=later)
    board = read_board(desk, Filters(), board)
    assert [row.at for row in board.promises] == [later]
    do(desk, "settle", no, promise=number, outcome="kept")
    assert stand(desk) == []
    assert read_board(desk, Filters(), board).promises == ()


def test_a_promise_whose_moment_is_midnight_stands_on_both_sides_of_it(
    desk: Desk, morning: ManualClock
) -> None:
    midnight = desk.now().replace(hour=0) + timedelta(days=1)
    do(desk, "note", None, text="零点回电", remind_at=midnight)
    for ahead in (timedelta(seconds=-1), timedelta(0), timedelta(seconds=1)):
        morning.set(midnight + ahead)
        assert [row.at for row in desk.read(StandingPromises())] == [midnight]
