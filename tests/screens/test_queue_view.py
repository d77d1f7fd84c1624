"""The queue: a selection that sticks to its case, a tick that paints the countdown alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playing import Scene, play
from shift import ME, NOW, Shift, mid_shift

from dutydesk.desk import Desk
from dutydesk.screens.parts.paint import Line
from dutydesk.screens.parts.queue import Part
from dutydesk.screens.parts.queue_list import QueueList
from dutydesk.screens.parts.queue_rows import countdown
from dutydesk.text import width as cells
from dutydesk.views.queue import Parts, QueueRow, millis
from dutydesk.workflow.cases.acts import Act


def row(no: str, due: int = 10_000, hands: str = "mine") -> QueueRow:
    values = dict.fromkeys(QueueRow._fields)
    values |= {"no": no, "due_at": due, "red_at": due, "hands": hands, "bay": "受理", "rank": 1}
    return QueueRow(**values)  # type: ignore[arg-type]


def parts(mine: str, theirs: str = "") -> Parts:
    return Parts(tuple(row(no) for no in mine), tuple(row(no, hands="theirs") for no in theirs))


def test_the_selection_sticks_to_its_case_and_its_line() -> None:
    queue = QueueList()
    queue.show(parts("abcdefghij", "uvwxyz"), 0, 5)
    queue.move(6, 5)
    place = queue.cursor - queue.top
    assert queue.selected == "g"
    queue.show(parts("ABCabcdefghij", "uvwxyz"), 0, 5)
    assert (queue.selected, queue.cursor - queue.top) == ("g", place)
    queue.show(parts("fghij", "uvwxyz"), 0, 5)
    assert queue.selected == "g"


def test_a_case_that_left_gives_its_place_to_the_next() -> None:
    queue = QueueList()
    queue.show(parts("abcd", "x"), 0, 9)
    queue.move(1, 9)
    queue.show(parts("acd", "x"), 0, 9)
    assert queue.selected == "c"
    queue.show(parts("", ""), 0, 9)
    assert queue.selected is None
    queue.show(parts("", "x"), 0, 9)
    assert queue.selected == "x"


def test_the_line_between_the_parts_is_never_selected() -> None:
    queue = QueueList()
    queue.show(parts("ab", "xy"), 0, 9)
    walked = [queue.selected]
    while queue.move(1, 9):
        walked.append(queue.selected)
    while queue.move(-1, 9):
        walked.append(queue.selected)
    assert walked == ["a", "b", "x", "y", "x", "b", "a"]


def test_what_is_out_of_sight_is_counted_and_a_red_one_named() -> None:
    queue = QueueList()
    queue.show(parts("abcdefgh", "xy"), 20_000, 4)
    queue.edge(True, 4)
    assert queue.hidden(4) == (7, 0, True, False)
    queue.edge(False, 4)
    assert queue.hidden(4) == (0, 6, False, True)


class Painted:
    """Counts which lines of which strip are painted."""

    def __init__(self, desk: Scene) -> None:
        self.lines: list[tuple[str, int]] = []
        for part in desk.app.desk.queue.query(Part):
            part.render_line = self._spy(part, part.render_line)  # type: ignore[method-assign]

    def _spy(self, part: Part, render: object) -> object:
        def spied(y: int) -> object:
            self.lines.append((part.part, y))
            return render(y)  # type: ignore[operator]

        return spied


@pytest.mark.paints
def test_a_tick_paints_only_countdowns_that_changed() -> None:
    async def scene(desk: Scene) -> None:
        await desk.tick()
        await desk.press("end")
        await desk.settle()
        painted = Painted(desk)
        await desk.tick()
        board = desk.app.desk.board
        now_ms = int(desk.app.now.timestamp()) * 1000
        under_ten = [
            index + 1
            for index, found in enumerate(board.parts.mine)
            if found.due_at is not None and abs(found.due_at - now_ms) < 600_000
        ]
        assert sorted(painted.lines) == [("count", y) for y in under_ten]

    play(scene, size=(116, 62))


@pytest.mark.soak
def test_a_new_urgent_case_does_not_move_the_selected_row() -> None:
    async def scene(desk: Scene) -> None:
        queue = desk.app.desk.queue
        await desk.press(*["down"] * 18)
        await desk.settle()
        selected, place = queue.selected, queue.list.cursor - queue.list.top
        assert queue.list.top > 0

        def arrives(there: Desk) -> None:
            shift = Shift.__new__(Shift)
            shift.clock, shift.desk = desk.shift.clock, there
            no = shift.case(1, 0)
            shift.linkage(no, 0, "urgent", ["城管何勇"])

        await desk.on_desk(arrives)
        await desk.tick(1)
        await desk.settle()
        assert len(desk.app.desk.board.rows) == 25
        assert (queue.selected, queue.list.cursor - queue.list.top) == (selected, place)

    play(scene, size=(80, 24))


def test_a_waiting_case_rises_when_it_turns_red_without_a_read() -> None:
    shift = mid_shift(0)
    no = shift.case(0, 60)
    shift.linkage(no, 50, "simple", ["城管何勇"])
    shift.act(NOW - timedelta(minutes=40), "convene", no, parties=["城管何勇"],
              time=NOW + timedelta(seconds=30), location="路口", mode="offline")  # fmt: skip
    shift.clock.set(NOW)

    async def scene(desk: Scene) -> None:
        board = desk.app.desk.board
        assert [found.no for found in board.parts.theirs] == [no]
        await desk.tick(31)
        await desk.settle()
        assert [found.no for found in desk.app.desk.board.parts.mine] == [no]

    play(scene, shift=shift)


@pytest.mark.clause("X-4.2.1.13")
def test_another_seats_act_is_seen_within_a_second() -> None:
    async def scene(desk: Scene) -> None:
        counts = desk.app.desk.board.counts
        no = next(r.no for r in desk.app.desk.board.rows if r.state == "received")
        act = Act("withdraw", ME, NOW, NOW, no, {"reason": "重复登记"})
        await desk.on_desk(lambda there: there.execute(act))
        await desk.tick()
        assert desk.app.desk.board.counts["受理"].all == counts["受理"].all - 1
        off = Act("presence", ME, NOW, NOW, None, {"post": "公安", "status": "off"})
        await desk.on_desk(lambda there: there.execute(off))
        await desk.tick()
        assert "离岗" in desk.text("duty")
        now, board = millis(desk.shift.clock.now()), desk.app.desk.board
        red = sum(count.red for count in board.counts.values())
        ahead = min(row.red_at for row in board.rows if row.red_at and row.red_at > now)
        await desk.tick((ahead - now) / 1000)
        assert sum(count.red for count in desk.app.desk.board.counts.values()) > red
        assert f"■{red} 超时" not in desk.text("header")

    play(scene)


def test_a_case_without_a_limit_shows_how_long_it_has_been_there() -> None:
    at_street = row("1409012611230001")._replace(due_at=None, waiting_since=0)

    (span,) = countdown(at_street, 3 * 3600_000 + 12 * 60_000, "zh_CN", 11, False)

    assert span.text.strip() == "已3时12"


def test_a_strip_that_was_painted_narrow_fills_its_room_when_it_gets_wide() -> None:
    async def scene(desk: Scene) -> None:
        queue = desk.app.desk.queue
        narrow, wide = queue.line("right", 1, 34)[0], queue.line("right", 1, 54)[0]
        assert (width(narrow), width(wide)) == (34, 54)

    play(scene)


def width(line: Line) -> int:
    return sum(cells(span.text) for span in line)
