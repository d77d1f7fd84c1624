"""One act for several cases: an event each, one bundle, one message, and what is refused stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.desk import bundling as door
from dutydesk.desk.bundling import Bundled, bundle
from dutydesk.errors import BadInput, Refused
from dutydesk.reports.notice import Meeting, joint_notice
from dutydesk.storage.tables import event, outbox
from dutydesk.views.card import Card
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

ME = Actor("commander", "陈安")
Linkage = Callable[..., str]


def act(desk: Desk, verb: str, no: str | None, **fields: Any) -> Act:
    return Act(verb, ME, desk.now(), desk.now(), no, fields)


@pytest.fixture
def linkage(desk: Desk) -> Linkage:
    """Registers and accepts a linkage case; gives its number."""

    def make(difficulty: str = "simple", parties: tuple[str, ...] = ("城管", "公安")) -> str:
        matter = {"channel": "dept_linkage", "place": "嘉乐小区", "description": "设摊"}
        made = desk.execute(act(desk, "register", None, **matter, grid="嘉乐", category="设摊"))
        assert made.case is not None
        as_ = {"as": "linkage", "difficulty": difficulty, "reason": "多部门"}
        accepted = act(desk, "accept", made.case.no, **as_, lead=parties[0], parties=[*parties])
        desk.execute(accepted)
        return made.case.no

    return make


def do(desk: Desk, verb: str, nos: list[str], **fields: Any) -> Bundled:
    return bundle(desk, [act(desk, verb, no, **fields) for no in nos])


def codes(found: Bundled) -> list[tuple[str, str]]:
    return [(no, error.code) for no, error in found.refused if isinstance(error, Refused)]


def rows(desk: Desk, verb: str) -> list[tuple[str, str]]:
    with desk.store.reading() as connection:
        asked = select(event.c.case_no, event.c.data).where(event.c.verb == verb)
        return [(no, data.get("bundle")) for no, data in connection.execute(asked)]


def test_each_case_has_its_own_event_and_all_name_the_bundle(desk: Desk, linkage: Linkage) -> None:
    nos = [linkage("complex") for _n in range(3)]
    called = do(desk, "call", nos, party="城管", outcome="reached", said="二十分钟到")
    urged = do(desk, "note", nos, text="一起办")
    assert len(called.done) == 3
    assert called.refused == ()
    assert rows(desk, "call") == [(no, called.name) for no in nos]
    assert called.name != urged.name
    assert [done.case.course.calls[0].party for done in called.done if done.case] == ["城管"] * 3


def test_the_name_is_the_journal_row_of_its_first_event(desk: Desk, linkage: Linkage) -> None:
    nos = [linkage(), linkage()]
    with desk.store.reading() as connection:
        last = connection.execute(select(event.c.id).order_by(event.c.id.desc())).scalars().first()
    assert do(desk, "note", nos, text="记").name == f"b{int(last or 0) + 1}"


def test_what_the_rules_refuse_is_told_and_the_others_are_done(
    desk: Desk, linkage: Linkage
) -> None:
    open_, gone, other = linkage("complex"), linkage("complex"), linkage("complex")
    desk.execute(act(desk, "withdraw", gone, reason="重复"))
    told = {"giver": "deputy_head", "text": "同意", "channel": "phone"}
    found = do(desk, "record_instruction", [open_, gone, other], **told)
    assert [done.case.no for done in found.done if done.case] == [open_, other]
    assert codes(found) == [(gone, "wrong_state")]
    assert rows(desk, "record_instruction") == [(open_, found.name), (other, found.name)]


def test_a_case_that_has_moved_on_is_stale_by_itself(desk: Desk, linkage: Linkage) -> None:
    one, two = linkage(), linkage()
    acts = [replace(act(desk, "note", no, text="记"), version=2) for no in (one, two)]
    desk.execute(act(desk, "note", one, text="别人"))
    found = bundle(desk, acts)
    assert codes(found) == [(one, "stale")]
    assert len(found.done) == 1


def test_an_unknown_case_is_listed_like_a_refusal(desk: Desk, linkage: Linkage) -> None:
    one = linkage()
    found = do(desk, "note", [one, "140901261123999"], text="记")
    assert [no for no, _error in found.refused] == ["140901261123999"]
    assert rows(desk, "note") == [(one, found.name)]


def test_a_case_that_is_named_twice_is_done_once(desk: Desk, linkage: Linkage) -> None:
    one = linkage()
    assert len(do(desk, "note", [one, one], text="记").done) == 1


def test_several_chunks_are_one_bundle(
    desk: Desk, linkage: Linkage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "CHUNK", 2)
    nos = [linkage() for _n in range(5)]
    for no in nos[:2]:
        desk.execute(act(desk, "withdraw", no, reason="撤"))
    found = do(desk, "urge", nos, target="城管")
    assert codes(found) == [(nos[0], "wrong_state"), (nos[1], "wrong_state")]
    assert rows(desk, "urge") == [(no, found.name) for no in nos[2:]]


@pytest.mark.parametrize("verb", ["close", "register", "hand_over"])
def test_what_is_not_bundled_is_refused_whole(desk: Desk, linkage: Linkage, verb: str) -> None:
    with pytest.raises(BadInput, match="不能捆办"):
        do(desk, verb, [linkage()])


def test_different_verbs_are_no_bundle(desk: Desk, linkage: Linkage) -> None:
    one = linkage()
    with pytest.raises(BadInput):
        bundle(desk, [act(desk, "note", one, text="x"), act(desk, "urge", one, target="城管")])


def test_an_unreadable_field_does_nothing_to_any(desk: Desk, linkage: Linkage) -> None:
    one, two = linkage(), linkage()
    acts = [act(desk, "note", one, text="好"), act(desk, "note", two, text="好", wrong="x")]
    with pytest.raises(BadInput):
        bundle(desk, acts)
    assert rows(desk, "note") == []


def test_a_bundle_convened_together_is_one_message_once_per_recipient(
    desk: Desk, linkage: Linkage, morning: ManualClock
) -> None:
    one, two, gone = linkage(), linkage(parties=("城管", "市场监管")), linkage()
    desk.execute(act(desk, "withdraw", gone, reason="撤"))
    words = Words(desk.context.procedure, "zh_CN")
    meeting = {"time": morning.now() + timedelta(minutes=30), "location": "北门", "mode": "offline"}
    parties = {one: ["城管", "公安"], two: ["城管", "市场监管"], gone: ["城管"]}
    cards = [desk.read(Card(no)) for no in (one, two)]
    found = bundle(
        desk, [act(desk, "convene", no, parties=parties[no], **meeting) for no in parties]
    )

    assert codes(found) == [(gone, "wrong_state")]
    names = ["城管", "公安", "市场监管"]
    told = [(card, parties[card.no]) for card in cards if card is not None]
    shown = joint_notice(told, Meeting(meeting["time"], "北门", "offline", names), words)
    with desk.store.reading() as connection:
        kept = connection.execute(select(outbox.c.recipient, outbox.c.state, outbox.c.text))
        assert sorted(map(tuple, kept)) == sorted((name, "SENT", shown) for name in names)
    assert "2 件案件一并协调" in shown
    assert f"1. {one[-4:]} 简易案件，嘉乐小区：设摊（城管、公安）" in shown
    assert gone[-4:] + " " not in shown


def test_a_bundle_of_which_one_is_left_sends_the_message_of_one_case(
    desk: Desk, linkage: Linkage, morning: ManualClock
) -> None:
    one, gone = linkage(), linkage()
    desk.execute(act(desk, "withdraw", gone, reason="撤"))
    meeting = {"time": morning.now() + timedelta(minutes=30), "location": "北门", "mode": "online"}
    do(desk, "convene", [one, gone], parties=["城管"], **meeting)
    with desk.store.reading() as connection:
        text = connection.execute(select(outbox.c.text)).scalar_one()
    assert text.startswith(f"【城运协调】{one[-4:]} 简易案件\n")


def test_a_repeated_bundle_does_nothing_twice(
    desk: Desk, linkage: Linkage, morning: ManualClock
) -> None:
    one, two = linkage(), linkage()
    meeting = {"time": morning.now() + timedelta(minutes=30), "location": "北门", "mode": "online"}

    def again() -> Bundled:
        acts = [act(desk, "convene", no, parties=["城管"], **meeting) for no in (one, two)]
        return bundle(desk, [replace(a, key=f"k|{a.case}") for a in acts])

    first, second = again(), again()
    assert [done.repeated for done in (*first.done, *second.done)] == [False, False, True, True]
    with desk.store.reading() as connection:
        assert len(connection.execute(select(outbox.c.key)).all()) == 1
