"""The alarm screen and the key of the alarms, by the keypad alone; sound only where it belongs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from opened import Seat, sit
from playing import Scene, play

from dutydesk.screens.calling_out import REPEAT, Heard
from dutydesk.screens.parts.painted import Painted
from dutydesk.views.alarm_list import AlarmBook
from dutydesk.workflow.alarms.states import AGAIN


def shown(seat: Seat) -> str:
    found = (widget for widget in seat.screen.query(Painted) if widget.display)
    lines = (
        line for widget in found for line in widget.lines(widget.size.width, widget.size.height)
    )
    return "\n".join("".join(span.text for span in line) for line in lines)


def test_two_strokes_let_the_alarms_come_again_and_the_header_counts_them() -> None:
    async def scene(desk: Scene) -> None:
        await desk.tick()
        unseen = sum(alarm.unseen for alarm in desk.app.alarms)
        await desk.press(".")
        await desk.press(".")
        assert f"{unseen} 条十分钟后再响" in desk.text("keys")
        assert f"搁置 {unseen}" in desk.text("header")
        assert desk.app.alarms == ()
        rung = desk.app.bells
        desk.shift.clock.advance(seconds=AGAIN.total_seconds() + 1)
        desk.shift.desk.sweep()
        await desk.tick()
        await desk.tick()
        assert desk.app.bells == rung + 1
        assert "搁置" not in desk.text("header")

    play(scene)


def test_the_list_shows_and_acknowledges_one_shelves_one_and_takes_it_back() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("a")
        assert seat.name == "AlarmScreen"
        rows = seat.screen.listing.items
        assert len(rows) > 2
        said = shown(seat)
        assert "未确认" in said
        assert "近一小时" in said
        first = rows[0].key
        await seat.press("1")
        found = {row.key: row.life for row in seat.screen.listing.items}
        assert found[first] == "acknowledged"
        await seat.press("3", "1", "2", "enter")
        assert seat.name == "AlarmScreen"
        shelved = seat.desk.read(AlarmBook("shelved")).rows
        assert [row.shelved_reason for row in shelved] == ["已电话催办，等对方回电"]
        await seat.press("0")
        assert "搁置到" in shown(seat)
        await seat.press("-")
        said = shown(seat)
        assert seat.name == "AlarmHistoryDialog"
        assert "确认" in said
        assert "搁置  协调指挥员" in said
        await seat.press("escape")
        await seat.press("4")
        assert seat.desk.read(AlarmBook("shelved")).rows == ()
        await seat.press("0", "0", "0", "+")
        assert "只看紧急" in shown(seat)
        assert {row.priority for row in seat.screen.listing.items} <= {"high"}

    sit(scene)


def test_a_shelf_without_reason_or_too_long_is_refused_and_what_was_typed_stays() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("a", "3")
        await seat.press("enter")
        assert "缺少" in shown(seat)
        await seat.press(*"x", "+", *"9999", "enter")
        assert seat.name == "ShelfDialog"
        assert "→" not in shown(seat).splitlines()[-3]

    sit(scene)


@pytest.mark.clause("X-5.2.3.7")
def test_the_urgent_track_sounds_every_half_minute_until_somebody_touches_it() -> None:
    async def scene(desk: Scene) -> None:
        await desk.tick()
        urgent = [a for a in desk.app.alarms if a.urgent and a.rings and a.calls]
        assert urgent
        heard, now = Heard(), desk.shift.desk.now()
        assert heard.again(urgent, set(), now) is False
        assert heard.again(urgent, set(), now + REPEAT) is True
        heard.sounded(now + REPEAT)
        later = now + REPEAT + timedelta(seconds=29)
        assert heard.again(urgent, set(), later) is False
        cases = {a.case for a in urgent}
        assert heard.again(urgent, cases, later + REPEAT) is False
        assert heard.again([], set(), later + REPEAT) is False

    play(scene)


def test_it_is_silent_where_the_desk_does_not_hold_the_area() -> None:
    async def scene(desk: Scene) -> None:
        sitting = desk.app.sitting
        await desk.tick()
        assert sitting.mine
        sitting.holder_role = desk.app.gateway.context.procedure.parts.night
        assert not sitting.mine

    play(scene)


def test_the_ladder_and_the_next_hour_open_from_the_list_and_lead_to_the_act() -> None:
    async def scene(seat: Seat) -> None:
        await seat.press("a")
        first = next(n for n, row in enumerate(seat.screen.listing.items) if row.case)
        await seat.press(*["*"] * first)
        await seat.press("5")
        assert seat.name == "LadderScreen"
        assert "如果没有人办" in shown(seat)
        await seat.press("escape", "6")
        assert seat.name == "ForecastScreen"
        rows = seat.screen.listing.items
        assert rows
        assert rows[0].due_at == min(row.due_at for row in rows)
        place = next(n for n, row in enumerate(rows) if row.act)
        await seat.press(*["*"] * place)
        await seat.press("1")
        assert seat.name != "ForecastScreen"

    sit(scene)


def test_on_the_desk_the_urgent_sound_comes_again_until_it_is_acknowledged() -> None:
    async def scene(desk: Scene) -> None:
        heard: list[bool] = []
        await desk.tick()
        sitting = desk.app.sitting
        sitting.ring = lambda urgent=False: heard.append(urgent)  # type: ignore[method-assign]
        await desk.tick(31)
        assert True in heard
        await desk.press(".")
        heard.clear()
        for _half_minute in range(2):
            await desk.tick(31)
        fresh = [a for a in desk.app.alarms if a.urgent and a.rings and a.calls]
        assert bool(fresh) == (True in heard)

    play(scene)
