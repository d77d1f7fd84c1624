"""The second hand stops with the app: what strikes while the screens come down does nothing."""

from __future__ import annotations

import asyncio

from quiet import quiet
from shift import mid_shift

from dutydesk.config.model import Alarm
from dutydesk.screens.app import DeskApp
from dutydesk.screens.follow import FollowApp
from dutydesk.screens.gateway import Gateway


def test_a_second_that_strikes_while_the_desk_comes_down_does_nothing() -> None:
    async def run() -> None:
        here = mid_shift(4)
        gateway = Gateway(lambda: here.desk)
        app = DeskApp(gateway, Alarm(bell="off"))
        try:
            async with app.run_test() as pilot:
                while not app.loaded or app.desk.board is None:
                    await pilot.pause()
                here.clock.advance(seconds=1)
                app._second()
                struck = app.sitting.now
                assert struck == gateway.now
            here.clock.advance(seconds=1)
            app._second()
            assert app.sitting.now == struck != gateway.now
        finally:
            gateway.close()

    asyncio.run(run())


def test_a_second_that_strikes_while_the_second_screen_comes_down_does_nothing() -> None:
    async def run() -> None:
        here = mid_shift(4)
        gateway = Gateway(lambda: here.desk)
        app = FollowApp(gateway, "")
        try:
            async with app.run_test():
                await quiet(app)
                before = gateway._number
                app.second()
                assert gateway._number > before
            before = gateway._number
            app.second()
            assert gateway._number == before
        finally:
            gateway.close()

    asyncio.run(run())
