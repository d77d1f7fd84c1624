"""The desk is painted once its first board is there, or the reason why there is none."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from playing import RecordingApp, Scene
from shift import mid_shift
from textual.screen import Screen

from dutydesk.errors import StoreError
from dutydesk.screens.desk import screen as desk_screen
from dutydesk.screens.desk.screen import DeskScreen
from dutydesk.screens.gateway import Gateway


class WatchedApp(RecordingApp):
    """Writes down at each paint of the desk whether its board was there."""

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.painted: list[bool] = []

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if isinstance(screen, DeskScreen) and not self._batch_count:
            self.painted.append(screen.board is not None)
        super()._display(screen, renderable)


def painted(seconds: int = 5) -> list[bool]:
    """The first paints of a desk that opens."""

    async def run() -> list[bool]:
        here = mid_shift(4)
        gateway = Gateway(lambda: here.desk)
        app = WatchedApp(gateway)
        try:
            async with app.run_test(size=(116, 62)) as pilot:
                scene = Scene(app, pilot, here)
                async with asyncio.timeout(seconds):
                    while not app.painted:
                        await scene.settle()
        finally:
            gateway.close()
        return app.painted

    return asyncio.run(run())


def test_no_empty_desk_is_painted_before_the_first_board() -> None:
    assert all(painted())


def test_a_first_board_that_cannot_be_read_leaves_no_desk_unpainted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def locked(*_of: object, **_more: object) -> None:
        raise StoreError("数据文件被锁住")

    monkeypatch.setattr(desk_screen, "read_board", locked)
    assert painted()[0] is False
