"""The paper for an outage: complete, aligned, covered."""

from __future__ import annotations

from views_world import World

from dutydesk.text import width
from dutydesk.views.board import COLUMNS, Board


def test_the_board_names_every_open_case_its_due_and_its_parties(world: World) -> None:
    no = world.linkage("urgent", description="井盖[/b]塌陷\n电话13800001234")
    world.register(place="嘉乐路20号", grid="嘉乐", description="绿化带有暴露垃圾")
    gone = world.register(place="看不见的路")
    world.do("withdraw", gone, reason="撤")
    world.clock.advance(minutes=11)
    paper = world.read(Board())
    lines = paper.split("\n")
    assert lines[0] == "值班板 迎园片区网格 140901"
    assert lines[1] == "打印于 2026-11-20 12:11:00　由 分中心 值守　未结 2 件，超时 1 件"
    at = next(place for place, text in enumerate(lines) if text.startswith(no[-4:]))
    assert lines[at].split() == [
        "0001", "急", "发起", "超时", "11-20", "12:10", "仓场", "协调指挥员", "仓场路12号",
        *lines[at].split()[9:],
    ]  # fmt: skip
    assert lines[at + 1 : at + 3] == ["     - 城管 待联系", "     - 公安 待联系"]
    assert "看不见的路" not in paper
    assert "13800001234" not in paper
    assert "市场监管" in paper
    assert paper.endswith("\n")


def test_no_row_is_wider_than_the_paper(world: World) -> None:
    world.linkage("simple", place="很长的路名" * 20, description="很长的描述" * 50)
    most = sum(COLUMNS) + len(COLUMNS) - 1
    paper = world.read(Board())
    rows = [line for line in paper.split("\n") if line.startswith("0001")]
    assert [width(row) <= most for row in rows] == [True]
    assert rows[0].endswith("…")


def test_an_exercise_says_so_on_the_paper(world: World) -> None:
    assert "演练" in world.read(Board(exercise=True)).split("\n")
    assert "演练" not in world.read(Board())
