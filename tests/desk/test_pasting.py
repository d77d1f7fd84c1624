"""What a paste does to a case that is known: unchanged, changed, urged, due moved, returned."""

from __future__ import annotations

from datetime import datetime

import pytest

from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.pasting import Told, listed, look_at_paste, take_paste
from dutydesk.errors import BadInput
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

ME = Actor("commander", "周远")
NUMBER = "SH2611220001"
ORDER = (
    f"工单编号：{NUMBER}\n诉求人：张某\n联系电话：13800000001\n诉求地址：嘉乐小区北门\n"
    "诉求内容：绿化带暴露垃圾\n办结时限：2026-11-25 17:00\n"
)


def known(desk: Desk, **more: object) -> str:
    fields: dict[str, object] = {
        "channel": "hotline_12345", "external_no": NUMBER, "place": "嘉乐小区北门",
        "description": "绿化带暴露垃圾，请回电", "grid": "嘉乐", "category": "市容",
        "upstream_due": datetime(2026, 11, 25, 17, tzinfo=ZONE),
        "caller": {"name": "张三", "phone": "13800000001"},
    }  # fmt: skip
    now = desk.now()
    done = desk.execute(Act("register", ME, now, now, None, fields | more))
    assert done.case is not None
    return done.case.no


def card(desk: Desk, no: str) -> CaseCard:
    found = desk.read(Card(no))
    assert found is not None
    return found


def one(desk: Desk, text: str) -> Told:
    (told,) = look_at_paste(desk, text)
    return told


def test_a_number_nobody_knows_is_new_and_nothing_is_written(desk: Desk) -> None:
    before = desk.change_mark()
    told = one(desk, ORDER)
    assert (told.kind, told.case, told.kinds) == ("new", None, ())
    assert desk.change_mark() == before
    with pytest.raises(BadInput):
        take_paste(desk, told.pasted, ME)


def test_the_same_again_with_other_blanks_and_a_covered_name_is_unchanged(desk: Desk) -> None:
    no = known(desk)
    told = one(desk, ORDER.replace("嘉乐小区北门", "嘉乐小区 北门"))
    assert (told.kind, told.case, told.unchanged) == ("known", no, True)


def test_a_moved_due_and_another_place_are_told_old_and_new_and_taken_with_one_act(
    desk: Desk,
) -> None:
    no = known(desk)
    text = ORDER.replace("嘉乐小区北门", "嘉乐路8号").replace("11-25", "11-26")
    told = one(desk, text)
    assert told.kinds == ("fields", "due_moved")
    assert told.changes["place"] == ("嘉乐小区北门", "嘉乐路8号")
    assert [str(value)[:10] for value in told.changes["upstream_due"]] == [
        "2026-11-25", "2026-11-26",
    ]  # fmt: skip
    assert card(desk, no).place == "嘉乐小区北门"
    take_paste(desk, told.pasted, ME)
    found = card(desk, no)
    assert found.place == "嘉乐路8号"
    assert found.upstream_due == datetime(2026, 11, 26, 17, tzinfo=ZONE)
    assert one(desk, text).unchanged


def test_an_urge_counts_once_per_text_and_a_second_text_counts_again(
    desk: Desk, morning: ManualClock
) -> None:
    no = known(desk)
    first = f"{NUMBER} 这个工单市民又来电催办了"
    told = one(desk, first)
    assert (told.case, told.kinds) == (no, ("urged",))
    take_paste(desk, told.pasted, ME)
    assert card(desk, no).urged == 1
    assert one(desk, first).unchanged
    second = one(desk, f"{NUMBER} 第二次催办")
    take_paste(desk, second.pasted, ME)
    assert card(desk, no).urged == 2


def test_a_return_brings_a_case_back_with_its_mark_and_its_new_due(desk: Desk) -> None:
    no = known(desk)
    text = f"工单编号：{NUMBER}\n状态：退回重办\n退回原因：市民不满意\n新时限：2026-11-27 12:00"
    told = one(desk, text)
    assert told.kinds == ("fields", "due_moved", "returned")
    assert told.pasted.word == "市民不满意"
    take_paste(desk, told.pasted, ME)
    found = card(desk, no)
    assert (found.state, found.upstream_due) == (
        "received", datetime(2026, 11, 27, 12, tzinfo=ZONE),
    )  # fmt: skip
    assert "回" in found.marks
    assert found.events[-1].verb == "upstream_returned"
    assert found.events[-1].data["reason"] == "市民不满意"


def test_a_withdrawal_ends_the_case_and_can_be_taken_back_as_a_batch(desk: Desk) -> None:
    no = known(desk)
    told = one(desk, f"工单编号：{NUMBER}\n状态：撤单\n撤单原因：市民自行解决")
    assert told.kinds == ("withdrawn",)
    taken = take_paste(desk, told.pasted, ME)
    assert card(desk, no).state == "withdrawn"
    assert taken.batch is not None
    desk.undo_import(taken.batch, ME)
    assert card(desk, no).state == "received"


def test_our_own_number_opens_our_own_case(desk: Desk) -> None:
    no = known(desk, channel="walk_in", external_no=None)
    assert one(desk, f"{no} 居民又来问了").case == no


def test_several_orders_are_told_one_by_one_and_an_unreadable_piece_says_so(desk: Desk) -> None:
    no = known(desk)
    text = (
        "工单编号\t诉求地址\t诉求内容\n"
        f"{NUMBER}\t嘉乐小区北门\t绿化带暴露垃圾\n\t\t以上\nSH2611220002\t迎园路1号\t占道\n"
    )
    found = look_at_paste(desk, text)
    assert [(told.kind, told.case) for told in found] == [
        ("known", no), ("unreadable", None), ("new", None),
    ]  # fmt: skip


def test_a_listed_order_covers_names_and_numbers(desk: Desk) -> None:
    document = listed(one(desk, ORDER))
    assert document["fields"]["caller"] == "张** 138******0001"
    assert document["guessed"] == ["channel"] or document["guessed"] == []


def test_a_listed_order_covers_every_number_but_its_own(desk: Desk) -> None:
    text = "工单编号：20261122008\n地址：嘉乐小区北门\n内容：找物业13800000912没人理"
    document = listed(one(desk, text))
    assert document["fields"]["external_no"] == "20261122008"
    assert document["fields"]["description"] == "找物业138******0912没人理"
    known(desk)
    changed = listed(one(desk, ORDER.replace("暴露垃圾", "有人占用，电话13800000912")))
    assert "13800000912" not in str(changed)
    assert "description" in changed["changes"]
