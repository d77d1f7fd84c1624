"""The cast of a case by the keypad: who is called, asked in, let go, put in the lead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from forms_stage import Stage, play
from sampled import sampled
from shift import NOW

from dutydesk.clock import ZONE

LATER = NOW + timedelta(minutes=40)


def convened(desk: Stage, *, minutes: float = 40) -> str:
    """A case whose three parties are called together."""
    no = desk.linkage()
    desk.act("convene", no, parties=["城管", "公安", "市场监管"], location="路口", mode="offline",
             time=NOW + timedelta(minutes=minutes))  # fmt: skip
    return no


def parties(desk: Stage, no: str) -> list[str]:
    return [party.name for party in desk.card(no).parties]


@pytest.mark.parametrize("size", sampled([(80, 24), (116, 62)], (0,), whole=True))
def test_convening_warns_of_what_each_party_is_promised_to_and_never_blocks(
    size: tuple[int, int],
) -> None:
    async def scene(desk: Stage) -> None:
        other = convened(desk)
        desk.act("call", None, party="公安", outcome="reached", said="去巡查",
                 promised_at=LATER)  # fmt: skip
        no = desk.linkage()
        await desk.select(no)
        await desk.press("enter")
        assert desk.form == "ConveneForm"
        tail = other[-4:]
        assert desk.sees(f"▲ 城管 19:37 {tail} 协调：嘉乐小区北门")
        assert desk.sees("▲ 公安 19:37 公安答应：去巡查")
        await desk.press("up")
        assert desk.form == "ConveneForm"
        desk.screen.sheet.rows["time"].take_focus()
        await desk.settle()
        await desk.type("22:10")
        assert not desk.sees("▲ 城管")
        await desk.press("backspace", "backspace", "backspace", "backspace", "backspace")
        await desk.type("19:45")
        assert desk.sees("▲ 城管 19:37")
        await desk.press("enter", "enter")
        assert desk.card(no).state == "awaiting_response"

    play(scene, size=size)


@pytest.mark.soak
@pytest.mark.parametrize("verb", sampled(["reschedule", "invite"], (0,)))
def test_another_time_and_another_party_are_warned_of_too(verb: str) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        desk.act("convene", no, parties=["城管", "公安"], location="路口", mode="offline",
                 time=NOW + timedelta(hours=3))  # fmt: skip
        convened(desk)
        await desk.select(no)
        await desk.press("3" if verb == "reschedule" else "4")
        if verb == "invite":
            await desk.type("市场监管")
            await desk.press("asterisk", "asterisk")
            await desk.type("19:30")
            assert desk.sees("▲ 市场监管 19:37")
            assert not desk.sees("▲ 公安")
        else:
            assert desk.sees("▲ 公安 19:37")

    play(scene)


def test_a_party_is_asked_in_by_the_keypad_and_rung_at_once() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        desk.act(
            "convene", no, parties=["城管", "公安"], location="路口", mode="offline", time=LATER
        )
        await desk.select(no)
        await desk.press("4", "3", "asterisk", "1", "enter")
        assert parties(desk, no) == ["城管", "公安", "市场监管"]
        assert desk.card(no).events[-1].line == "加请市场监管：涉及其职责"
        assert desk.form == "CallCard"
        assert desk.screen.ring.party == "市场监管"
        await desk.press("1")
        assert desk.card(no).events[-1].line.startswith("致电市场监管：接通")

    play(scene)


@pytest.mark.soak
def test_the_lead_is_changed_and_only_then_the_old_one_may_go() -> None:
    async def scene(desk: Stage) -> None:
        no = convened(desk)
        await desk.select(no)
        await desk.press("5", "1", "asterisk", "2", "enter")
        assert desk.form == "ActForm"
        assert desk.sees("✗")
        assert desk.sees("牵头")
        await desk.press("escape")
        await desk.open("invite", no)
        await desk.press("1", "asterisk", "3", "asterisk", "asterisk", "1", "enter")
        assert desk.card(no).lead == "公安"
        await desk.press("escape")
        await desk.open("release", no)
        await desk.press("f8", "1", "asterisk", "1", "enter")
        assert parties(desk, no) == ["公安", "市场监管"]

    play(scene)


@pytest.mark.soak
def test_an_accepted_case_is_merged_by_its_last_digits_and_split_again() -> None:
    async def scene(desk: Stage) -> None:
        into, no = desk.register(), convened(desk)
        await desk.select(no)
        await desk.press("8")
        await desk.type(no[-4:])
        await desk.press("enter")
        assert desk.form == "ActForm"
        assert desk.sees("✗")
        assert desk.screen.focused.value == no[-4:]
        desk.screen.focused.value = ""
        await desk.type(into[-4:])
        assert desk.sees(f"→ {into[-4:]} 嘉乐小区北门")
        await desk.press("enter")
        assert (desk.card(no).state, desk.card(no).merged_into) == ("merged", into)
        desk.app.sitting.open_case(no)
        await desk.settle()
        await desk.press("1", "1", "enter")
        assert desk.card(no).state == "received"
        assert desk.card(no).events[-1].line == "拆案：不是同一处"

    play(scene)


@pytest.mark.soak
@pytest.mark.clause("X-5.2.5.2")
def test_done_and_result_are_one_form_and_one_event_and_after_midnight_it_says_so() -> None:
    late = NOW.replace(hour=23, minute=30, second=0)

    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        desk.act("convene", no, parties=["城管"], location="路口", mode="offline",
                 time=late + timedelta(minutes=1))  # fmt: skip
        desk.clock.advance(minutes=2)
        desk.act("confirm_response", no, party="城管", outcome="arrived")
        duties = [{"party": "城管", "duty": "清理", "limit": "6 小时", "lead": True}]
        desk.act("record_outcome", no, agreed=True, duties=duties, basis="本市市容条例")
        before = len(desk.card(no).events)
        desk.clock.set(late.replace(day=21, hour=0, minute=20))
        desk.app._second()
        await desk.open("file_result", no, party="城管")
        assert desk.sees("完成时间")
        rows = desk.screen.sheet.rows
        rows["text"].take_focus()
        await desk.settle()
        await desk.type("已清理")
        rows["completed_at"].take_focus()
        await desk.settle()
        await desk.type("2350")
        await desk.press("enter")
        card = desk.card(no)
        assert len(card.events) == before + 1
        event = card.events[-1]
        assert (event.verb, event.data["next_day"]) == ("file_result", True)
        assert "（次日补录）" in event.line
        party = next(p for p in card.parties if p.name == "城管")
        assert party.completed_at == late.replace(minute=50).astimezone(ZONE)
        assert party.filed_at is not None
        swept = desk.desk.sweep()
        assert [alarm for alarm in swept.alarms if alarm.clock == "file_result"] == []

    play(scene, now=late)
