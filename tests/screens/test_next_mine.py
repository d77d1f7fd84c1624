"""`0` on boards of every kind: the next case that needs me, in the stated order, none left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playing import Scene, play
from shift import ME, NOW, mid_shift

from dutydesk.desk import Desk
from dutydesk.desk.claiming import beat, take
from dutydesk.screens.parts.queue_list import QueueList
from dutydesk.views.queue import Filters, Parts, QueueRow, arrange, mine_order
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.duty.claims import Sitter

NOW_MS = 1_000_000
HEIGHT = 9


def made(no: int, due: int | None, rank: int, hands: str) -> QueueRow:
    values = dict.fromkeys(QueueRow._fields)
    values |= {
        "no": f"{no:016}", "due_at": due, "red_at": due, "hands": hands,
        "bay": "受理", "rank": rank, "version": 1,
    }  # fmt: skip
    return QueueRow(**values)  # type: ignore[arg-type]


ROWS = st.lists(
    st.tuples(
        st.none() | st.integers(NOW_MS - 50, NOW_MS + 50),
        st.integers(0, 1),
        st.sampled_from(["mine", "theirs"]),
    ),
    max_size=14,
)


def board(rows: list[tuple[int | None, int, str]]) -> Parts:
    return arrange([made(n, *row) for n, row in enumerate(rows)], NOW_MS)


def shown(parts: Parts) -> QueueList:
    found = QueueList()
    found.show(parts, NOW_MS, HEIGHT)
    return found


def walk(queue: QueueList, times: int, held: frozenset[str] = frozenset()) -> list[str | None]:
    found = []
    for _press in range(times):
        queue.next_mine(HEIGHT, held)
        found.append(queue.selected)
    return found


@given(ROWS, st.integers(0, 20), st.sets(st.integers(0, 13)))
def test_each_case_of_mine_once_in_order_and_again_from_the_top(
    rows: list[tuple[int | None, int, str]], start: int, others: set[int]
) -> None:
    parts = board(rows)
    held = frozenset(f"{n:016}" for n in others)
    free = [row.no for row in parts.mine if row.no not in held] or [r.no for r in parts.mine]
    queue = shown(parts)
    queue.go(start, HEIGHT)
    before = queue.selected
    expected = free[1:] + free[:1] if free and before == free[0] else free
    assert walk(queue, len(free), held) == expected
    assert walk(queue, len(free), held) == expected
    if not parts.mine:
        assert queue.next_mine(HEIGHT, held) is None
        assert queue.selected == before


@given(ROWS, st.integers(1, 14))
def test_the_order_is_urgent_then_red_then_by_due_time(
    rows: list[tuple[int | None, int, str]], times: int
) -> None:
    parts = board(rows)
    queue = shown(parts)
    queue.edge(True, HEIGHT)
    if queue.selected in [row.no for row in parts.mine[:1]]:
        return
    walked = walk(queue, min(times, len(parts.mine)))
    by_no = {row.no: row for row in parts.mine}
    keys = [mine_order(by_no[no], NOW_MS) for no in walked if no is not None]
    assert keys == sorted(keys)


@given(ROWS, st.integers(0, 6), st.data())
def test_an_act_goes_on_and_a_new_urgent_case_comes_first(
    rows: list[tuple[int | None, int, str]], steps: int, data: st.DataObject
) -> None:
    parts = board(rows)
    if len(parts.mine) < 2:
        return
    queue = shown(parts)
    queue.edge(True, HEIGHT)
    queue.next_mine(HEIGHT)
    passed = {queue.selected, *walk(queue, min(steps, len(parts.mine) - 2))}
    done = queue.selected
    left = Parts(tuple(row for row in parts.mine if row.no != done), parts.theirs)
    vanished = data.draw(st.booleans())
    if vanished:
        queue.show(left, NOW_MS, HEIGHT)
    first_left = next((r.no for r in left.mine if r.no not in passed), left.mine[0].no)
    if data.draw(st.booleans()):
        new = made(99, NOW_MS - 99, 0, "mine")
        after = left if vanished else parts
        queue.show(Parts((new, *after.mine), after.theirs), NOW_MS, HEIGHT)
        first_left = new.no
    queue.next_mine(HEIGHT)
    assert queue.selected == first_left


def test_a_case_passed_that_turned_red_or_moved_on_needs_me_again() -> None:
    a, b, c = (made(n, NOW_MS + 10 + n, 1, "mine") for n in range(3))
    queue = shown(Parts((a, b, c), ()))
    walk(queue, 1)
    assert queue.selected == b.no
    queue.show(Parts((a, b, c), ()), NOW_MS + 10, HEIGHT)
    queue.next_mine(HEIGHT)
    assert queue.selected == a.no


@pytest.mark.soak
def test_none_is_said_also_in_a_narrowed_queue() -> None:
    async def scene(desk: Scene) -> None:
        before = desk.app.desk.queue.selected
        desk.app.desk.filtered(Filters(bay="街道"))
        await desk.settle()
        await desk.press("0")
        assert "筛选里没有该我办的案件；Esc 看全部" in desk.lines()[-1]
        await desk.press("escape")
        await desk.press("0")
        assert desk.app.desk.queue.selected in {r.no for r in desk.app.desk.board.parts.mine}
        assert before is not None

    play(scene)


@pytest.mark.soak
@pytest.mark.parametrize("alive", [True, False])
def test_cases_in_hand_at_another_seat_are_passed_over_while_it_lives(alive: bool) -> None:
    shift = mid_shift(24)

    async def scene(desk: Scene) -> None:
        other = Sitter("二号席", "李某")
        mine = desk.app.desk.board.parts.mine
        held = mine[1].no

        def takes(there: Desk) -> None:
            beat(there, other, held, (), there.now())
            take(there, held, other)

        await desk.on_desk(takes)
        for _half_minute in range(6):
            await desk.tick(20)
            if alive:
                await desk.on_desk(lambda there: beat(there, other, held, (held,), there.now()))
        await desk.tick(31)
        await desk.settle()
        mine = [row.no for row in desk.app.desk.board.parts.mine]
        await desk.press("home")
        walked = []
        for _press in mine:
            await desk.press("0")
            walked.append(desk.app.desk.queue.selected)
        assert (held in walked) is not alive

    play(scene, shift=shift, named="一号席")


def test_after_an_act_it_goes_on() -> None:
    async def scene(desk: Scene) -> None:
        await desk.press("home", "0")
        mine = [row.no for row in desk.app.desk.board.parts.mine]
        no, after = mine[1], mine[2]
        assert desk.app.desk.queue.selected == no
        act = Act("note", ME, NOW, NOW, no, {"text": "看过"})
        await desk.on_desk(lambda there: there.execute(act))
        await desk.tick()
        await desk.press("0")
        assert desk.app.desk.queue.selected == after

    play(scene)
