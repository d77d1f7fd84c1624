"""Leaving with running clocks, dying, and coming back: asked once, told once, rung once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from forms_stage import Stage, play
from opened import Seat, sit
from shift import ME, NOW, NamedPlan, Shift, mid_shift

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.config.model import Alarm
from dutydesk.desk import Desk
from dutydesk.desk.claiming import Sitter, beat
from dutydesk.desk.turns import my_turn
from dutydesk.screens.app import DeskApp
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.quitting import Parting, rings
from dutydesk.views.leaving import Leaving
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

SEAT = "一号席"


class BellApp(DeskApp):
    """The app; bells are counted."""

    bells = 0

    def bell(self) -> None:
        self.bells += 1


def at_seat(
    desk: Desk, scene: Callable[[Seat], Awaitable[None]], *, killed: bool = False, shift: Shift
) -> BellApp:
    """One sitting at the seat; a desk that is `killed` says nothing as it goes."""

    async def run() -> BellApp:
        gateway = Gateway(lambda: desk, operator="陈安", seat=SEAT)
        app = BellApp(gateway, Alarm())
        async with app.run_test(size=(116, 40)) as pilot:
            seat = Seat(app, pilot, shift)
            while not app.loaded:
                await pilot.pause()
            await seat.until(lambda: app.desk.board is not None)
            app._second()
            await seat.settle()
            await scene(seat)
            app.exit()
        desk.close = lambda: None  # type: ignore[method-assign]
        if killed:
            gateway._worker.shutdown(wait=True)
        else:
            app.close_desk()
        return app

    return asyncio.run(run())


async def nothing(seat: Seat) -> None:
    """Sits there."""


def empty_desk() -> Shift:
    clock = ManualClock(NOW)
    found = Shift(clock)
    found.desk = memory_desk(clock, plan=NamedPlan())
    return found


# Leaving.


def test_without_running_clocks_the_desk_is_left_at_once() -> None:
    async def scene(seat: Seat) -> None:
        await seat.pilot.press("ctrl+q")
        await seat.until(lambda: seat.app._exit)

    sit(scene, shift=empty_desk())


def test_running_clocks_are_counted_and_who_holds_them_is_said() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("ctrl+q")
        assert seat.name == "Quitting"
        found = seat.desk.read(Leaving())
        assert f"前到期 {found.due} 件，现已超时 {found.red} 件" in seat.text()
        assert "离开后这里不再响铃，也没有别的进程守着时限" in seat.text()
        assert "这些案件由 分中心 值守" in seat.text()
        assert seat.alarm_seen or not seat.sitting.alarms
        # Esc stays; the list is one digit away; full-width twins count.
        await seat.press("escape")
        assert seat.name == "DeskScreen"
        await seat.press("ctrl+q", "１")
        assert seat.name == "LeavingScreen"
        await seat.press("ctrl+q")
        assert seat.name == "Quitting"
        await seat.pilot.press("enter")
        await seat.until(lambda: seat.app._exit)
        assert seat.app.return_value == 0

    sit(scene)


@pytest.mark.soak
def test_whoever_asks_twice_is_let_go_even_where_the_store_is_silent() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("ctrl+q")
        await seat.pilot.press("ctrl+q")
        await seat.until(lambda: seat.app._exit)

    sit(scene)


def test_a_process_that_keeps_the_clock_and_a_seat_that_is_open_are_named() -> None:
    async def scene(seat: Seat) -> None:
        my_turn(seat.desk, "watch", "值班室 4711", 60)
        beat(seat.desk, Sitter("二号席", "李某"), None, (), seat.desk.now())
        await seat.press("ctrl+q")
        said = rings(seat.screen.query_one(Parting).left)
        assert "二号席 李某 还开着，在那里响" in said
        assert "dutydesk watch（值班室 4711）守着时限" in said
        assert "也没有别的进程" not in said
        # Its last sign is old: it is not believed any more.
        seat.shift.clock.advance(seconds=120)
        await seat.press("escape", "ctrl+q")
        assert "4711" not in seat.text()
        assert "二号席" not in seat.text()

    sit(scene)


# Coming back.


def test_a_killed_desk_comes_back_to_one_page_and_one_ring() -> None:
    shift = mid_shift(24)
    desk = shift.desk
    at_seat(desk, nothing, killed=True, shift=shift)
    shift.clock.advance(minutes=40)
    other = Actor("commander", "顾书宁")
    at = shift.clock.now()
    done = desk.execute(
        Act(
            "register", other, at, at,
            fields={"channel": "walk_in", "place": "嘉乐路 3 弄", "description": "积水"},
            seat="二号席",
        )
    )  # fmt: skip
    assert done.case is not None

    async def back(seat: Seat) -> None:
        await seat.until(lambda: seat.name == "ReturnPage")
        said = seat.text()
        assert "您离开期间" in said
        assert "变红" in said
        assert "补报告警" in said
        assert "别处办了 1 步" in said
        await seat.press(*["pagedown"] * 9)
        assert "顾书宁" in seat.text()
        assert "二号席" in seat.text()
        assert seat.app.bells == 1
        for _second in range(3):
            shift.clock.advance(seconds=1)
            seat.app._second()
            await seat.settle()
        assert seat.app.bells == 1
        await seat.press("enter")
        assert seat.name == "DeskScreen"

    at_seat(desk, back, shift=shift)


@pytest.mark.soak
def test_where_nothing_passed_there_is_no_page_and_own_work_is_nothing_new() -> None:
    shift = empty_desk()
    desk = shift.desk

    async def work(seat: Seat) -> None:
        at = shift.clock.now()
        fields = {"channel": "walk_in", "place": "嘉乐路 3 弄", "description": "积水"}
        desk.execute(Act("register", ME, at, at, fields=fields, seat=SEAT))

    at_seat(desk, work, shift=shift)
    shift.clock.advance(minutes=5)

    async def back(seat: Seat) -> None:
        await seat.settle()
        assert seat.name == "DeskScreen"
        assert seat.app.bells == 0

    at_seat(desk, back, shift=shift)


@pytest.mark.soak
def test_what_was_told_once_is_not_told_again() -> None:
    shift = mid_shift(13)
    desk = shift.desk
    at_seat(desk, nothing, shift=shift)
    shift.clock.advance(hours=2)

    async def back(seat: Seat) -> None:
        await seat.until(lambda: seat.name == "ReturnPage")
        await seat.press("escape")

    at_seat(desk, back, shift=shift)

    async def again(seat: Seat) -> None:
        await seat.settle()
        assert seat.name == "DeskScreen"

    at_seat(desk, again, shift=shift)


@pytest.mark.soak
def test_the_alarm_before_closing_leads_to_the_list_with_one_key() -> None:
    shift = mid_shift(24, ManualClock(NOW - timedelta(days=1)))
    shift.clock.set(NOW)

    async def scene(seat: Seat) -> None:
        seat.app._second()
        await seat.until(lambda: any(a.reason == "LEAVING" for a in seat.sitting.alarms))
        await seat.press("full_stop")
        await seat.until(lambda: seat.name == "LeavingScreen")

    at_seat(shift.desk, scene, shift=shift)


def test_the_keypad_alone_leaves_the_desk_or_stays() -> None:
    async def scene(stage: Stage) -> None:
        stage.register()
        await stage.press("slash", "slash", "3", "6", "enter")
        assert stage.form == "Quitting"
        await stage.press("0")
        assert stage.form == "DeskScreen"
        await stage.press("slash", "slash", "3", "6", "enter")
        await stage.pilot.press("enter")
        assert stage.app.return_code == 0

    play(scene)


@pytest.mark.soak
def test_a_form_that_is_open_when_the_desk_is_left_is_offered_again(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"

    async def leaves(stage: Stage) -> None:
        no = stage.register()
        await stage.open("refuse", no)
        row = stage.screen.sheet.rows["belongs_to"]
        row.entry.focus()
        row.entry.value = ""
        await stage.type("真新街道")
        await stage.press("ctrl+q")
        assert stage.form == "Quitting"
        await stage.pilot.press("enter")

    async def back(stage: Stage) -> None:
        no = stage.register()
        await stage.open("refuse", no)
        assert stage.sees("真新街道")

    play(leaves, drafts=file)
    play(back, drafts=file)
