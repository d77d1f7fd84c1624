"""The desk at each size: every line exactly as wide as the terminal, counts that add up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playing import Scene, play
from sampled import sampled
from shift import NOW, mid_shift

from dutydesk import text
from dutydesk.screens.desk.layouts import layout
from dutydesk.screens.parts.key_line import SHORT_S

SIZES = [(80, 24), (116, 62), (120, 36), (232, 62), (100, 40), (72, 20), (160, 50)]


@pytest.mark.parametrize("size", SIZES)
def test_every_cell_of_the_screen_belongs_to_one_box(size: tuple[int, int]) -> None:
    width, height = size
    taken = [[0] * width for _ in range(height)]
    for box in layout(width, height).boxes.values():
        for y in range(box.y, box.y + box.height):
            for x in range(box.x, box.x + box.width):
                taken[y][x] += 1
    assert {count for line in taken for count in line} == {1}


@pytest.mark.parametrize(
    ("size", "name"),
    [((80, 24), "small"), ((116, 62), "tall"), ((120, 36), "side"), ((232, 62), "wide"),
     ((40, 10), "none"), ((71, 24), "none"), ((80, 19), "none")],
)  # fmt: skip
def test_each_size_has_its_layout(size: tuple[int, int], name: str) -> None:
    assert layout(*size).name == name


@pytest.mark.parametrize(
    "size", sampled([(80, 24), (116, 62), (120, 36), (232, 62)], (0,), whole=True)
)
def test_every_line_is_exactly_the_terminals_width(size: tuple[int, int]) -> None:
    async def scene(desk: Scene) -> None:
        await desk.tick()
        lines = desk.lines()
        assert [text.width(line) for line in lines] == [size[0]] * size[1]
        assert "快下班了：按 . 确认，并打开离开前清单" in lines[-1]
        assert ". 确认" in lines[-2]
        for _second in range(SHORT_S):
            await desk.tick()
        lines = desk.lines()
        assert [text.width(line) for line in lines] == [size[0]] * size[1]
        assert "下一步" in lines[-1]

    play(scene, size=size)


@pytest.mark.parametrize(
    "size", sampled([(80, 24), (116, 62), (120, 36), (232, 62)], (0,), whole=True)
)
def test_the_people_are_in_sight_at_every_size(size: tuple[int, int]) -> None:
    async def scene(desk: Scene) -> None:
        screen = "\n".join(desk.lines())
        leads = ("公安", "城管", "市监")
        assert all(f"{lead}?" in screen or f"{lead}  " in screen for lead in leads)

    play(scene, size=size)


@pytest.mark.soak
def test_the_counts_in_the_header_are_the_rows_in_the_list() -> None:
    async def scene(desk: Scene) -> None:
        board = desk.app.desk.board
        rows = (*board.parts.mine, *board.parts.theirs)
        shown = desk.text("header").splitlines()[1].split()
        bays = dict(zip(shown[:18:2], shown[1:18:2], strict=True))
        order = "受理 派单 发起 到场 协商 处置 结案 上报 街道"
        assert " ".join(bays) == order
        for bay, count in bays.items():
            assert int(count) == sum(row.bay == bay for row in rows)

    play(scene, cases=60, size=(116, 62))


def test_the_rail_of_a_wide_desk_names_what_is_owed_upstream_the_oldest_first() -> None:
    shift, nos = mid_shift(3), []
    for minutes, channel in ((90, "hotline_12345"), (50, "hotline_12345"), (70, "hotline_12319")):
        at, place = NOW - timedelta(minutes=minutes), "迎园路 1 号"
        more = {"channel": channel, "external_no": f"H-{minutes}", "description": "路面积水"}
        no = shift.act(at, "register", place=place, **more)
        nos.append(shift.act(at, "accept", no, **{"as": "community"}, grid="迎园", category="市政"))
    shift.clock.set(NOW)

    async def scene(desk: Scene) -> None:
        order = ("duty", "notes", "owed", "soon")
        tops = [desk.app.desk.query_one(f"#{name}").region.y for name in order]
        assert tops == sorted(tops)
        head, *said = desk.text("owed").splitlines()
        assert head.split() == ["还没有回填", "b", "3"]
        assert [line.split()[:3] for line in said] == [
            ["17:27", nos[0][-4:], "受理"],
            ["17:47", nos[2][-4:], "受理"],
            ["18:07", nos[1][-4:], "受理"],
        ]

    play(scene, shift=shift, size=(232, 62))


def test_too_small_a_terminal_is_told_so_and_the_desk_comes_back() -> None:
    async def scene(desk: Scene) -> None:
        shown = "".join(line.strip() for line in desk.lines())
        assert shown.startswith("终端太小：40×10")
        assert "80×24" in shown
        await desk.tick()
        await desk.pilot.resize_terminal(80, 24)
        await desk.settle()
        assert "受理" in desk.lines()[1]

    play(scene, size=(40, 10))


def test_markup_in_a_case_is_text_and_nothing_else() -> None:
    bad = "坏[/b] [@click=app.quit]点我[/] [bold red]红\x1b[31m色\t末"
    shift = mid_shift(3)
    shift.act(
        NOW, "register", None,
        channel="walk_in", place="[b]迎园路[/b]", description=bad, grid="迎园",
    )  # fmt: skip

    async def scene(desk: Scene) -> None:
        no = next(row.no for row in desk.app.desk.board.rows if "坏" in row.summary)
        desk.app.desk.queue.select(no)
        await desk.settle()
        lines = desk.lines()
        shown = "坏[/b] [@click=app.quit]点我[/] [bold red]红色 末"
        assert any(shown in line for line in lines)
        assert [text.width(line) for line in lines] == [232] * 62

    play(scene, size=(232, 62), shift=shift)


def test_a_drill_says_so_in_the_header() -> None:
    async def scene(desk: Scene) -> None:
        assert desk.lines()[0].startswith("  演练  迎园片区")

    play(scene, drill=True)


@pytest.mark.soak
def test_the_takeover_of_the_next_hour_is_announced() -> None:
    async def scene(desk: Scene) -> None:
        assert "19:00 由街道值班 邵平接班" in desk.lines()[0]

    play(scene)


@pytest.mark.soak
def test_a_store_that_is_gone_turns_the_header_red_with_the_reason() -> None:
    async def scene(desk: Scene) -> None:
        desk.shift.desk.store.engine.dispose()
        await desk.tick()
        assert "数据停在 18:57:42：" in desk.lines()[0]
        assert desk.app.sitting.health.red

    play(scene)


@pytest.mark.soak
def test_the_header_says_so_only_until_the_store_answers() -> None:
    async def scene(desk: Scene) -> None:
        desk.app.sitting.read_failed("数据文件被锁住")
        await desk.pilot.pause()
        assert "数据停在 18:57:42：数据文件被锁住" in desk.lines()[0]
        await desk.tick()
        await desk.tick()
        assert "数据停在" not in desk.lines()[0]

    play(scene)
