"""The second screen: it shows what is selected at a seat, lives on without it, and does nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from quiet import quiet
from sampled import sampled
from shift import NOW, Shift, mid_shift
from textual.pilot import Pilot

from dutydesk.bootstrap import memory_desk
from dutydesk.desk.claiming import beat
from dutydesk.errors import StoreError
from dutydesk.screens.follow import FollowApp
from dutydesk.screens.gateway import Gateway
from dutydesk.storage import Store
from dutydesk.views.queue import Filters, Queue
from dutydesk.workflow.duty.claims import Sitter

ONE, TWO = Sitter("一号席", "陈安"), Sitter("二号席", "李某")


class Second:
    """The second screen in a scene."""

    def __init__(self, app: FollowApp, pilot: Pilot[int], shift: Shift) -> None:
        self.app, self.pilot, self.shift = app, pilot, shift

    async def tick(self, seconds: float = 1) -> None:
        """Let the clock and the second hand go on."""
        self.shift.clock.advance(seconds=seconds)
        self.app.second()
        await quiet(self.app)

    def looks_at(self, no: str | None, seat: Sitter = ONE) -> None:
        """Another case is selected at a seat."""
        beat(self.shift.desk, seat, no, (), self.shift.desk.now())

    def text(self) -> str:
        """The screen as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


def follow(
    scenario: Callable[[Second], Awaitable[None]],
    *,
    seat: str = "",
    size: tuple[int, int] = (120, 36),
) -> None:
    shift = mid_shift(24)

    async def run() -> None:
        gateway = Gateway(lambda: shift.desk)
        app = FollowApp(gateway, seat)
        try:
            async with app.run_test(size=size) as pilot:
                there = Second(app, pilot, shift)
                while not gateway.ready:
                    await pilot.pause()
                await there.tick()
                await scenario(there)
                app.exit()
        finally:
            gateway.close()

    asyncio.run(run())


def in_state(shift: Shift, state: str) -> str:
    return shift.desk.read(Queue(Filters(state=state)))[0].no


@pytest.mark.parametrize("size", sampled([(80, 24), (120, 36), (232, 62)], (0,), whole=True))
def test_the_selected_case_with_its_clocks_parties_and_timeline(size: tuple[int, int]) -> None:
    async def scene(second: Second) -> None:
        no = in_state(second.shift, "awaiting_response")
        second.looks_at(no)
        await second.tick()
        shown = second.text()
        assert "跟看 一号席 陈安" in shown
        assert no[-4:] in shown
        for word in ("城管何勇", "居委王姐", "发起", "等 "):
            assert word in shown
        other = in_state(second.shift, "received")
        second.looks_at(other)
        await second.tick()
        assert other[-4:] in second.text()
        assert "居委王姐" not in second.text()

    follow(scene, size=size)


def test_an_act_at_the_seat_is_seen_within_a_second() -> None:
    async def scene(second: Second) -> None:
        no = in_state(second.shift, "awaiting_response")
        second.looks_at(no)
        await second.tick()
        second.shift.act(NOW, "call", no, party="居委王姐", outcome="reached", said="五分钟就到")
        await second.tick()
        assert "五分钟就到" in second.text()

    follow(scene)


def test_it_waits_for_a_seat_that_is_not_there_and_names_those_that_are() -> None:
    async def scene(second: Second) -> None:
        second.looks_at(None, TWO)
        await second.tick()
        assert "三号席" in second.text()
        assert "该席还没有打开，打开后这里自动跟上（现有：二号席）" in second.text()
        second.looks_at(in_state(second.shift, "received"), Sitter("三号席", "王某"))
        await second.tick()
        assert "跟看 三号席 王某" in second.text()

    follow(scene, seat="三号席")


@pytest.mark.soak
def test_without_a_name_it_stays_with_one_seat_until_that_one_dies() -> None:
    async def scene(second: Second) -> None:
        second.looks_at(None, ONE)
        await second.tick(5)
        assert "该席没有选中案件" in second.text()
        for _half_minute in range(2):
            second.looks_at(in_state(second.shift, "received"), TWO)
            await second.tick(30)
            assert "跟看 一号席 陈安" in second.text()
        second.looks_at(in_state(second.shift, "received"), TWO)
        await second.tick(30)
        assert "跟看 二号席 李某" in second.text()
        second.looks_at(None, ONE)
        await second.tick()
        assert "跟看 二号席 李某" in second.text()

    follow(scene)


def test_it_lives_on_when_the_seat_dies_and_says_since_when() -> None:
    async def scene(second: Second) -> None:
        no = in_state(second.shift, "awaiting_response")
        second.looks_at(no)
        await second.tick()
        assert "没有动静" not in second.text()
        await second.tick(120)
        assert "该席 18:57 起没有动静，下面是它最后选中的" in second.text()
        assert "居委王姐" in second.text()
        second.looks_at(no)
        await second.tick()
        assert "没有动静" not in second.text()

    follow(scene)


def test_no_key_acts_and_nothing_is_ever_written() -> None:
    async def scene(second: Second) -> None:
        second.looks_at(in_state(second.shift, "received"))
        await second.tick()
        mark = second.shift.desk.change_mark()
        for key in ("enter", "1", "0", "full_stop", "plus", "minus", "n"):
            await second.pilot.press(key)
            assert "第二屏只看不办；请在 一号席 办理" in second.text()
        for key in ("down", "asterisk", "slash", "left", "end", "home"):
            await second.pilot.press(key)
        await second.tick(300)
        assert second.shift.desk.change_mark() == mark
        await second.pilot.press("escape")
        assert second.app.return_code == 0

    follow(scene)


def test_a_clock_that_jumped_back_leaves_no_dead_seat_alive() -> None:
    async def scene(second: Second) -> None:
        second.looks_at(None)
        await second.tick()
        second.shift.clock.set(NOW - timedelta(hours=1))
        await second.tick()
        assert "该席 18:57 起没有动静" in second.text()

    follow(scene)


def test_a_store_that_is_only_read_refuses_every_unit(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    memory_desk(NOW, url=url).close()
    with (
        Store.open(url, only_read=True) as store,
        pytest.raises(StoreError, match="只看不办"),
        store.unit(),
    ):
        pass
