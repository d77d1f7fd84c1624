"""The desk of another procedure stands on the screen, and its operator acts by the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime

import pytest
from opened import Seat, sit
from playing import RecordingApp
from quiet import quiet, until
from shift import Shift

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.screens.gateway import Gateway
from dutydesk.views.duty import OnDutyNow
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

FOUND = {
    "channel": "patrol",
    "grid_kind": "residential",
    "place": "3号楼",
    "description": "楼道堆物",
}


@pytest.fixture
def desk() -> Iterator[Desk]:
    morning = datetime(2026, 3, 2, 9, 0, tzinfo=ZONE)
    found = memory_desk(ManualClock(morning), procedure="minhang")
    found.execute(Act("register", Actor("patrol", "甲"), morning, morning, None, FOUND))
    yield found
    found.close()


@pytest.mark.parametrize("size", [(116, 62), (80, 24)])
def test_the_case_stands_in_the_queue_and_the_operator_is_the_stations(
    desk: Desk, size: tuple[int, int]
) -> None:
    async def play() -> None:
        gateway = Gateway(lambda: desk, operator="演示甲")
        app = RecordingApp(gateway)
        try:
            async with app.run_test(size=size) as pilot:
                await until(app, lambda: app.loaded and app.desk.board is not None)
                assert str(gateway.actor) == "station_keeper:演示甲"
                strips = app.screen._compositor.render_strips()
                shown = "".join(segment.text for strip in strips for segment in strip)
                assert "3号楼" in shown
                await pilot.press("enter")
                await quiet(app)
                assert app.opened
                app.exit()
        finally:
            gateway.close()

    asyncio.run(play())


def test_the_desk_goes_from_shift_to_shift_in_its_own_words(desk: Desk) -> None:
    here = Shift.__new__(Shift)
    here.desk = desk

    async def scenario(seat: Seat) -> None:
        seat.sitting.open("handover")
        await seat.until(lambda: seat.screen.standing is not None)
        assert not seat.screen.query_one("#line-basis").display
        assert "工作站值守" in seat.text()
        assert "常设指示" not in seat.text()
        await seat.press("1", "2", "enter")
        await seat.until(lambda: seat.screen.taking)
        assert seat.screen.focused.id == "taker"
        await seat.press("*")
        await seat.type("李四")
        await seat.press("*", "0", "enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        panel = seat.desk.read(OnDutyNow())
        (keeper,) = [row for row in panel.posts if row.post == "station_keeper"]
        assert (keeper.name, keeper.status) == ("李四", "present")
        assert str(seat.app.gateway.actor) == "station_keeper:李四"
        assert (panel.holder_label, panel.handed_to, panel.short) == ("工作站", None, False)

    sit(scenario, size=(116, 62), shift=here)
