"""Promises stand in sight until they are kept, called after, or a day past their time."""

from __future__ import annotations

from datetime import timedelta

from playing import Scene, play
from shift import ME, NOW, mid_shift

from dutydesk.views.promises import PromiseRow, Promises, standing
from dutydesk.workflow.cases.acts import Act


def test_what_was_promised_comes_with_its_time_and_case() -> None:
    desk = mid_shift(2).desk
    no = "1409012611200002"
    fields = {
        "party": "城管何勇",
        "outcome": "left_word",
        "promised_at": NOW + timedelta(minutes=9),
    }
    desk.execute(Act("call", ME, NOW, NOW, no, fields))
    rows = desk.read(Promises())
    stand = standing(rows, frozenset({no}), NOW)
    assert [(r.party, r.at) for r in stand] == [
        ("城管何勇", NOW + timedelta(minutes=9)),
        ("公安沈立", NOW + timedelta(minutes=33)),
    ]
    assert desk.read(Promises(rows[-1].id)) == ()


def promise(number: int, minutes: float | None, party: str | None = None) -> PromiseRow:
    at = None if minutes is None else NOW + timedelta(minutes=minutes)
    return PromiseRow(number, "1", at, "", party)


def test_a_later_call_a_closed_case_and_a_day_end_a_promise() -> None:
    rows = [promise(1, 5, "甲"), promise(2, None, "甲"), promise(3, 7, "乙"), promise(4, 2)]
    assert [r.id for r in standing(rows, frozenset("1"), NOW)] == [4, 3]
    assert standing(rows, frozenset(), NOW) == ()
    assert standing(rows, frozenset("1"), NOW + timedelta(days=2)) == ()


def test_the_rail_shows_them_and_marks_what_is_past() -> None:
    async def scene(desk: Scene) -> None:
        shown = desk.text("notes")
        assert "18:55    答应张先生回电" in shown
        assert "明08:57  物业李工：问物业修好没有" in shown

    play(scene, size=(116, 62))


def test_whoever_was_not_reached_comes_up_again_after_five_minutes_until_he_is() -> None:
    desk = mid_shift(2).desk
    no = "1409012611200002"

    def heard(verb: str, **fields: object) -> list[tuple[str | None, object]]:
        desk.execute(Act(verb, ME, NOW, NOW, no, fields))
        stand = standing(desk.read(Promises()), frozenset({no}), NOW)
        return [(r.text, r.at) for r in stand if r.again]

    again = [("再拨城管何勇（无人接）", NOW + timedelta(minutes=5))]
    assert heard("call", party="城管何勇", outcome="no_answer") == again
    assert heard("call", party="公安沈立", outcome="reached") == again
    citizen = ("再拨来电人（占线）", NOW + timedelta(minutes=5))
    assert heard("contact_citizen", outcome="busy") == [*again, citizen]
    assert heard("contact_citizen", outcome="reached") == again
    assert heard("call", party="城管何勇", outcome="left_word") == []
