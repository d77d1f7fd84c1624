"""A night entered from a short list: typed or pasted, looked at line by line, done in one go."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from forms_stage import NOW, Stage, play
from textual import events

from dutydesk.screens.late.playing import FITS, WRONG, LateRow, enter, seat_of
from dutydesk.views.queue import Queue

MORNING = NOW + timedelta(hours=12)


async def opened(stage: Stage) -> None:
    stage.app.sitting.open("late")
    await stage.settle()


async def night(stage: Stage) -> tuple[str, str]:
    """Two cases of the evening; the clock stands at the next morning."""
    stage.clock.set(NOW)
    first, second = stage.register(), stage.linkage()
    stage.clock.set(MORNING)
    await opened(stage)
    return first, second


def test_a_pasted_night_is_looked_at_and_done_in_the_order_of_its_times() -> None:
    async def scene(stage: Stage) -> None:
        first, second = await night(stage)
        await stage.paste(
            f"0040 {first[-4:]} 派 嘉乐\n2210 {first[-4:]} 受 嘉乐\n"
            f"2215 {second[-4:]} 电 城管 接通\n2230 登 嘉乐路20号 绿化带垃圾\n哈哈"
        )
        assert [row.status for row in stage.screen.rows] == [FITS] * 4 + [WRONG]
        assert stage.sees("能补录 4")
        assert stage.sees("读不懂：不是时间的写法")
        # Looking at a list does nothing.
        assert stage.card(first).state == "received"
        assert len(stage.desk.read(Queue())) == 2
        stage.keys = 0
        await stage.press("enter")
        card = stage.card(first)
        assert [(e.verb, f"{e.at:%d %H:%M}", e.late_entry) for e in card.events[1:]] == [
            ("accept", "20 22:10", True), ("dispatch", "21 00:40", True),
        ]  # fmt: skip
        assert card.events[-1].recorded_at == MORNING
        call = stage.card(second).events[-1]
        assert (call.verb, f"{call.at:%H:%M}", call.late_entry) == ("call", "22:15", True)
        assert "绿化带垃圾" in [row.summary for row in stage.desk.read(Queue())]
        assert stage.screen.texts == ["哈哈"]
        assert stage.sees("已补录 4 件")
        assert stage.sees("1 行没有补录")

    play(scene, now=NOW)


@pytest.mark.soak
def test_the_same_list_twice_is_harmless() -> None:
    async def scene(stage: Stage) -> None:
        first, _second = await night(stage)
        text = f"2210 {first[-4:]} 受 嘉乐\n2230 登 嘉乐路20号 绿化带垃圾"
        for _time in range(2):
            await stage.paste(text)
            await stage.press("enter")
        assert stage.sees("2 件以前已补录")
        assert stage.screen.texts == []
        assert len(stage.desk.read(Queue())) == 3
        assert [e.verb for e in stage.card(first).events] == ["register", "accept"]

    play(scene, now=NOW)


@pytest.mark.soak
def test_lines_are_kept_over_a_restart_and_taken_back_to_be_changed(tmp_path: Path) -> None:
    file = tmp_path / "drafts.json"
    before = "2210 9999 派 嘉乐"

    async def type_it(stage: Stage) -> None:
        await opened(stage)
        await stage.paste(before)
        await stage.press("enter")
        assert stage.sees("没有编号以 9999 结尾的案件")
        await stage.paste("2230 登 嘉乐路20号")

    async def go_on(stage: Stage) -> None:
        no = stage.register()
        stage.clock.set(MORNING)
        await opened(stage)
        line = stage.screen.line
        assert stage.screen.texts == [before]
        assert line.value == "2230 登 嘉乐路20号"
        # It has no description yet.
        await stage.press("enter")
        assert stage.sees("缺")
        await stage.press("asterisk", "slash", "plus")
        # The 22:10 before its typing is meant, not that of the night since.
        assert line.value == "2026-11-19 22:10 9999 派 嘉乐"
        line.value = f"2210 {no[-4:]} 受 嘉乐"
        await stage.press("enter")
        assert stage.sees("能补录 1")
        await stage.press("enter", "escape")
        assert stage.card(no).events[-1].late_entry
        await opened(stage)
        assert stage.screen.texts == ["2230 登 嘉乐路20号"]

    play(type_it, drafts=file)
    play(go_on, drafts=file)


@pytest.mark.soak
def test_far_too_much_is_refused_with_a_reason_and_nothing_typed_is_lost() -> None:
    async def scene(stage: Stage) -> None:
        await opened(stage)
        await stage.paste("2210 登 嘉乐路20号 垃圾")
        await stage.press("enter")
        stage.screen.post_message(events.Paste("2211 便 x\n" * 600_000))
        await stage.settle()
        assert stage.sees("一次最多 500 行")
        assert stage.screen.texts == ["2210 登 嘉乐路20号 垃圾"]

    play(scene)


def test_what_lies_ahead_and_what_has_its_own_screen_is_not_done() -> None:
    async def scene(stage: Stage) -> None:
        no = stage.register()
        await opened(stage)
        await stage.paste(f"明1400 {no[-4:]} 受 嘉乐\n-1 交 夜间\n-2 {no[-4:]}\n")
        assert [row.status for row in stage.screen.rows] == [WRONG] * 3
        assert "时间还没到" in stage.screen.rows[0].why
        await stage.press("enter")
        assert stage.sees("没有能补录的行")
        assert len(stage.card(no).events) == 1

    play(scene)


@pytest.mark.soak
def test_minutes_ago_are_counted_from_the_typing_and_a_line_comes_back_as_its_moment() -> None:
    async def scene(stage: Stage) -> None:
        no = stage.register()
        stage.clock.advance(minutes=20)
        await opened(stage)
        await stage.paste(f"-7  {no[-4:]}  受 嘉乐")
        await stage.press("enter")
        stage.clock.advance(minutes=30)
        await stage.press("f5", "plus")
        assert stage.screen.line.value == f"2026-11-20 19:10 {no[-4:]} 受 嘉乐"
        await stage.press("enter", "enter")
        event = stage.card(no).events[-1]
        assert (event.verb, f"{event.at:%H:%M}") == ("accept", "19:10")
        assert f"{event.recorded_at:%H:%M}" == "19:47"

    play(scene, now=NOW)


def test_a_line_typed_while_the_list_is_done_is_not_lost() -> None:
    async def scene(stage: Stage) -> None:
        await night(stage)
        await stage.paste("2230 登 嘉乐路20号 绿化带垃圾\n哈哈")
        rows = enter_now(stage)
        stage.screen._doing = True
        stage.screen._take_in("2240 便 巡过一遍")
        stage.screen._entered(rows)
        assert stage.screen.texts == ["哈哈", "2240 便 巡过一遍"]

    play(scene, now=NOW)


@pytest.mark.soak
def test_two_hundred_lines_of_all_kinds_are_each_answered() -> None:
    async def scene(stage: Stage) -> None:
        first, _second = await night(stage)
        odd = [
            "2300 \x1b[31m受", "2301 [/b] [@click=quit]x", "2302 ٣٤ 派", "2303 ...", "2304 ／／",
            "2305 140999251120000 受", f"2306 {first[-4:]} 派 月球", "2307 受", "2308 1 受",
            f"明0900 {first[-4:]} 受", "2310 " + "9" * 24, "2311 登", "2312 电", "-", "+",
            "2313 派 00", f"2314 {first[-4:]} 结", "25:61 便 x", "２３１５ 便 全角",
        ]  # fmt: skip
        same = ["2330 便 同一句"] * 20
        night_lines = [f"{22 + n // 60:02}{n % 60:02} 便 第{n}遍" for n in range(60, 100)]
        rest = [f"00{n % 60:02} 便 后半夜{n}" for n in range(60)]
        lines = [*odd, *night_lines, *same, *rest, *["乱写 一气"] * 61]
        assert len(lines) == 200
        await stage.paste("\n".join(lines))
        rows = stage.screen.rows
        assert len(rows) == 200
        assert all(row.status != WRONG or row.why for row in rows)
        fit = [row.text for row in rows[: len(odd)] if row.status == FITS]
        assert fit == ["2308 1 受", "２３１５ 便 全角"]
        assert rows[7].why == "没有写是哪一件"
        before = len(stage.desk.read(Queue()))
        await stage.press("enter")
        assert len(stage.desk.read(Queue())) == before
        assert stage.sees("已补录 103 件")
        assert len(stage.screen.texts) == 78
        assert stage.screen.listing.items

    play(scene, now=NOW)


def enter_now(stage: Stage) -> tuple[LateRow, ...]:
    """The list done by the desk, as the worker does it."""
    words, actor = stage.app.gateway.words, stage.app.gateway.actor
    return enter(stage.desk, stage.screen.typed, seat_of(stage.desk, words, actor))
