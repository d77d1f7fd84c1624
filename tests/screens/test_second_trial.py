"""What a second trial by the keypad found on the desk and in the handover."""

from __future__ import annotations

from dataclasses import replace

from opened import Seat, sit
from playing import Scene, play
from shift import NOW

from dutydesk.desk import Done
from dutydesk.screens.desk.duty_panel import DutyRows
from dutydesk.screens.desk.header import Head, first_line
from dutydesk.screens.forms.entry import Entry
from dutydesk.screens.parts.health import Health
from dutydesk.screens.parts.paint import plain
from dutydesk.views.duty import OnDutyNow
from dutydesk.workflow.cases.acts import Act

JUMPED = Health("时钟曾跳 +12分")


def test_what_is_not_written_back_stays_in_the_header_when_the_clock_has_jumped() -> None:
    async def scene(desk: Scene) -> None:
        await desk.ready()
        board = desk.app.desk.board
        assert board is not None
        board = replace(board, back=20)
        head = Head("迎园片区", "沈知远", False, NOW, JUMPED)
        said = plain(first_line(head, board, 116, posts=False))
        assert "时钟曾跳 +12分" in said
        assert "回填 20" in said
        narrow = plain(first_line(head, board, 50, posts=False))
        assert "时钟曾跳 +12分" in narrow
        assert "回填" not in narrow

    play(scene)


def test_the_roll_call_shows_where_the_digits_go_without_colour() -> None:
    async def scene(desk: Scene) -> None:
        await desk.ready()
        await desk.press("right")
        rows = desk.app.desk.query_one(DutyRows)
        marked = [line for line in rows_text(rows) if "▌" in line]
        assert len(marked) == 1
        await desk.press("down")
        moved = [line for line in rows_text(rows) if "▌" in line]
        assert len(moved) == 1
        assert moved != marked
        await desk.press("escape")
        assert not any("▌" in line for line in rows_text(rows))

    play(scene)


def rows_text(rows: DutyRows) -> list[str]:
    """The panel as text."""
    return [plain(line) for line in rows.lines(*rows.size)]


def test_the_reason_of_a_handover_is_a_digit() -> None:
    said: list[object] = []

    async def scenario(seat: Seat) -> None:
        execute = seat.desk.execute

        def heard(act: Act, **more: object) -> Done:
            said.extend([act.fields["reason"]] if act.verb == "hand_over" else [])
            return execute(act, **more)

        seat.desk.execute = heard  # type: ignore[method-assign]
        seat.sitting.open("handover")
        await seat.until(lambda: seat.screen.standing is not None)
        assert "1 人手不足" in seat.text()
        await seat.press("1", "2", "1", "enter")
        await seat.until(lambda: seat.screen.taking)
        assert seat.desk.read(OnDutyNow()).handed_to == "night_desk"
        assert seat.screen.query_one("#reason", Entry).value == "1"
        assert said == ["人手不足"]

    sit(scenario)
