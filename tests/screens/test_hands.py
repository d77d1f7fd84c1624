"""Two seats over one record: who has what in hand is seen, said, taken over and let go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from opened import Seat, number, sit
from playing import Scene, play
from shift import NOW, mid_shift

from dutydesk.desk.claiming import beat, take
from dutydesk.views.claims import Claims, Seats, in_hand
from dutydesk.workflow.duty.claims import Sitter

OTHER = Sitter("二号席", "李某")


def ours(seat: Seat) -> list[str]:
    """What is in this seat's hands, as the record has it."""
    return [claim.no for claim in seat.desk.read(Claims()) if claim.seat == "一号席"]


async def elsewhere(seat: Seat, no: str, minutes: int = 3) -> None:
    """Another seat has taken a case so many minutes ago and is alive."""
    desk, clock = seat.desk, seat.shift.clock
    beat(desk, OTHER, no, (), desk.now())
    take(desk, no, OTHER)
    clock.advance(minutes=minutes)
    beat(desk, OTHER, no, (no,), desk.now())
    await second(seat)


async def second(seat: Seat, seconds: float = 1) -> None:
    """The second hand of this seat goes on."""
    seat.shift.clock.advance(seconds=seconds)
    seat.sitting.second()
    await seat.settle()
    await seat.settle()


def test_a_case_opened_for_work_is_in_our_hands_until_it_is_left() -> None:
    async def scene(seat: Seat) -> None:
        await second(seat)
        no = seat.app.desk.queue.selected
        assert ours(seat) == []
        await seat.press("left")
        assert (seat.name, ours(seat)) == ("CaseScreen", [no])
        await seat.press("enter")
        assert ours(seat) == [no]
        await seat.press("escape", "escape")
        await seat.until(lambda: ours(seat) == [])
        await seat.press("enter")
        assert ours(seat) == [no]
        await seat.press("escape")
        await seat.until(lambda: ours(seat) == [])

    sit(scene, named="一号席")


@pytest.mark.soak
def test_the_row_of_the_other_seat_says_whose_hands_and_keys_ask_first() -> None:
    async def scene(seat: Seat) -> None:
        no = seat.app.desk.queue.selected
        assert no is not None
        await elsewhere(seat, no)
        assert "二号席在办" in seat.text()
        assert "在 二号席 李某 手里 3 分钟" in seat.text()
        await seat.press("asterisk")
        assert seat.name == "DeskScreen"
        assert "手里 3 分钟；Enter 仍要办" in seat.lines()[-1]
        await seat.press("enter")
        assert seat.name == "CallCard"
        assert ours(seat) == [no]

    sit(scene, named="一号席", size=(116, 62))


@pytest.mark.soak
def test_another_key_than_the_one_asked_about_asks_anew() -> None:
    async def scene(seat: Seat) -> None:
        no = seat.app.desk.queue.selected
        await elsewhere(seat, no)
        await seat.press("asterisk", "1")
        assert seat.name == "DeskScreen"
        await second(seat, 20)
        await seat.press("1")
        assert seat.name == "DeskScreen"
        assert ours(seat) == []

    sit(scene, named="一号席")


@pytest.mark.soak
def test_looking_at_a_case_of_another_seat_takes_nothing_and_says_so() -> None:
    async def scene(seat: Seat) -> None:
        no = seat.app.desk.queue.selected
        await elsewhere(seat, no)
        await seat.press("left")
        assert seat.name == "CaseScreen"
        assert "在 二号席 李某 手里 3 分钟" in "\n".join(seat.lines()[:6])
        assert ours(seat) == []
        await seat.press("enter")
        assert seat.name == "CaseScreen"
        await seat.press("enter")
        assert seat.name != "CaseScreen"
        assert ours(seat) == [no]

    sit(scene, named="一号席", size=(120, 36))


def test_a_case_taken_over_from_us_is_said_and_the_form_stays() -> None:
    async def scene(seat: Seat) -> None:
        no = seat.app.desk.queue.selected
        await second(seat)
        await seat.press("enter")
        form = seat.name
        assert ours(seat) == [no]
        take(seat.desk, no, OTHER, over=True)
        await second(seat, 31)
        assert f"{no[-4:]} 已由 二号席 李某 接手" in seat.text()
        assert (seat.name, ours(seat)) == (form, [])

    sit(scene, named="一号席", size=(116, 62))


@pytest.mark.soak
def test_ten_minutes_without_a_key_let_go_and_a_key_takes_it_back() -> None:
    async def scene(seat: Seat) -> None:
        await second(seat)
        await seat.press("enter")
        (no,) = ours(seat)
        for _minute in range(11):
            await second(seat, 60)
        desk = seat.desk
        assert in_hand(desk.read(Claims()), "二号席", desk.now()) == {}
        await seat.press("down")
        await second(seat, 31)
        assert list(in_hand(desk.read(Claims()), "二号席", desk.now())) == [no]

    sit(scene, named="一号席")


@pytest.mark.soak
def test_a_lapsed_claim_disappears_without_anything_being_written() -> None:
    async def scene(seat: Seat) -> None:
        no = seat.app.desk.queue.selected
        await elsewhere(seat, no, minutes=0)
        assert "二号席在办" in seat.text()
        mark = seat.desk.change_mark()
        for _half in range(21):
            await second(seat, 30)
        assert "二号席在办" not in seat.text()
        assert seat.desk.change_mark() >= mark
        await seat.press("asterisk")
        assert seat.name == "CallCard"

    sit(scene, named="一号席", size=(116, 62))


@pytest.mark.soak
def test_the_seat_tells_what_it_looks_at_once_the_selection_rests() -> None:
    async def scene(seat: Seat) -> None:
        def told() -> str | None:
            return next(row.case_no for row in seat.desk.read(Seats()) if row.seat == "一号席")

        for timer in list(seat.app._timers):
            timer.pause()  # the real second hand would say it in between
        await second(seat)
        await seat.press("down", "down")
        first = seat.app.desk.queue.selected
        await second(seat)
        await seat.press("down")
        await second(seat)
        assert told() != seat.app.desk.queue.selected
        mark = seat.desk.change_mark()
        await second(seat)
        assert told() == seat.app.desk.queue.selected != first
        assert seat.desk.change_mark() == mark

    sit(scene, named="一号席")


def test_a_seat_without_a_name_marks_nothing() -> None:
    async def scene(seat: Seat) -> None:
        await second(seat)
        await seat.press("enter")
        await second(seat)
        assert seat.desk.read(Claims()) == ()
        assert seat.desk.read(Seats()) == ()

    sit(scene)


@pytest.mark.soak
def test_leaving_the_desk_lets_go() -> None:
    shift = mid_shift(24)

    async def scene(seat: Seat) -> None:
        await second(seat)
        await seat.press("enter")
        assert len(ours(seat)) == 1
        seat.sitting.hands.leave()
        await seat.settle()
        assert ours(seat) == []

    sit(scene, named="一号席", shift=shift)


def test_a_waiting_case_rises_when_its_promise_passes() -> None:
    shift = mid_shift(0)
    no = shift.case(0, 60)
    shift.linkage(no, 50, "simple", ["城管何勇"])
    shift.act(NOW - timedelta(minutes=40), "convene", no, parties=["城管何勇"],
              time=NOW + timedelta(minutes=30), location="路口", mode="offline")  # fmt: skip
    shift.act(NOW - timedelta(minutes=5), "call", no, party="城管何勇", outcome="reached",
              said="十分钟到", promised_at=NOW + timedelta(seconds=30))  # fmt: skip
    shift.clock.set(NOW)

    async def scene(desk: Scene) -> None:
        assert [row.no for row in desk.app.desk.board.parts.theirs] == [no]
        assert "“十分钟到” 18:52" in desk.lines()[5]
        await desk.tick(29)
        assert desk.app.desk.board.parts.mine == ()
        await desk.tick(1)
        assert [row.no for row in desk.app.desk.board.parts.mine] == [no]
        assert "约18:58已过" in desk.lines()[4]

    play(scene, shift=shift, size=(116, 62))


@pytest.mark.soak
def test_a_waiting_case_rises_when_a_note_on_it_is_due() -> None:
    shift = mid_shift(0)
    no = shift.case(2, 60)
    shift.act(NOW - timedelta(minutes=50), "accept", no, **{"as": "community", "grid": "嘉乐"})
    shift.act(NOW - timedelta(minutes=45), "dispatch", no, station="嘉乐",
              due=NOW + timedelta(hours=2))  # fmt: skip
    shift.act(NOW - timedelta(minutes=5), "note", no, text="问修好没有",
              remind_at=NOW + timedelta(seconds=10))  # fmt: skip
    shift.clock.set(NOW)

    async def scene(desk: Scene) -> None:
        assert [row.no for row in desk.app.desk.board.parts.theirs] == [no]
        await desk.tick(10)
        assert [row.no for row in desk.app.desk.board.parts.mine] == [no]

    play(scene, shift=shift)


def test_a_waiting_case_rises_when_its_answer_comes() -> None:
    async def scene(seat: Seat) -> None:
        no = number(seat.shift, "at_station")
        assert no in [row.no for row in seat.app.desk.board.parts.theirs]
        seat.shift.act(NOW, "file_result", no, text="已修复", completed_at=NOW)
        await second(seat)
        assert no in [row.no for row in seat.app.desk.board.parts.mine]

    sit(scene)
