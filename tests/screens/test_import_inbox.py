"""The watched inbox on the import screen: its newest files by digits, so that no path is typed."""

from __future__ import annotations

import os
from pathlib import Path

from opened import Seat, sit
from test_import_screen import ROWS, written

from dutydesk.bootstrap import tools_of
from dutydesk.config.settings import parse_settings
from dutydesk.desk.tools import Tools
from dutydesk.screens.import_parts import PathEntry
from dutydesk.views.queue import Queue


def inbox(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


def aged(seat: Seat, path: Path, minutes: int) -> Path:
    at = seat.desk.now().timestamp() - minutes * 60
    os.utime(path, (at, at))
    return path


async def opened(seat: Seat, folder: Path | None) -> None:
    seat.desk.tools = Tools(inbox=folder)
    seat.sitting.open("import")
    await seat.until(lambda: "收件文件夹" in seat.text())


def path_of(seat: Seat) -> str:
    return str(seat.screen.query_one("#path", PathEntry).value)


def test_a_whole_import_takes_the_keypad_alone(tmp_path: Path) -> None:
    folder = inbox(tmp_path)

    async def scenario(seat: Seat) -> None:
        aged(seat, written(folder, ROWS[2], name="old.jsonl"), 90)
        new = aged(seat, written(folder, *ROWS[:2], name="new.jsonl"), 12)
        (folder / "half.csv.part").write_text("no")
        seat.desk.tools = Tools(inbox=folder)
        await seat.press("slash", "slash", "1", "5", "enter")
        await seat.until(lambda: "new.jsonl" in seat.text())
        first, second = (line for line in seat.lines() if ".jsonl" in line)
        assert ("1 18:45" in first, "12分前" in first, "new.jsonl" in first) == (True,) * 3
        assert ("2 17:27" in second, "1时30前" in second, "old.jsonl" in second) == (True,) * 3
        assert "half.csv" not in seat.text()
        await seat.press("1")
        assert path_of(seat) == str(new)
        await seat.press("enter")
        await seat.until(lambda: seat.screen.course.done is not None)
        await seat.press("enter")
        await seat.until(lambda: not seat.screen.course.previewed)
        assert len(seat.desk.read(Queue())) == 6
        await seat.press("enter")
        assert seat.name == "DeskScreen"

    sit(scenario, cases=4)


def test_a_slip_is_taken_back_by_minus_and_a_digit_behind_text_types(tmp_path: Path) -> None:
    folder = inbox(tmp_path)

    async def scenario(seat: Seat) -> None:
        one = aged(seat, written(folder, ROWS[0], name="one.jsonl"), 1)
        two = aged(seat, written(folder, ROWS[1], name="two.jsonl"), 2)
        await opened(seat, folder)
        assert "✓" not in seat.text()
        await seat.press("2")
        assert path_of(seat) == str(two)
        [marked] = [line for line in seat.lines() if "✓" in line]
        assert "two.jsonl" in marked
        await seat.press("enter")
        await seat.until(lambda: seat.screen.course.done is not None)
        await seat.press("minus")
        assert path_of(seat) == ""
        await seat.until(lambda: "one.jsonl" in seat.text())
        await seat.press("1")
        assert path_of(seat) == str(one)
        await seat.press("1")
        assert path_of(seat) == f"{one}1"
        seat.screen.query_one("#path", PathEntry).value = ""
        await seat.press("9")
        assert path_of(seat) == "9"

    sit(scenario, cases=2)


def test_the_star_and_enter_take_a_file_too_and_a_refused_one_is_marked(tmp_path: Path) -> None:
    folder = inbox(tmp_path)
    (folder / "refused").mkdir()

    async def scenario(seat: Seat) -> None:
        aged(seat, written(folder, ROWS[0], name="one.jsonl"), 1)
        two = aged(seat, written(folder / "refused", ROWS[1], name="two.jsonl"), 2)
        two.with_name("two.jsonl.txt").write_text("why", encoding="utf-8")
        await opened(seat, folder)
        await seat.until(lambda: "two.jsonl  被拒过" in seat.text())
        assert "two.jsonl.txt" not in seat.text()
        await seat.press("asterisk", "asterisk", "enter")
        assert path_of(seat) == str(two)

    sit(scenario, cases=2)


def test_of_more_than_nine_the_newest_are_listed_and_the_rest_is_counted(tmp_path: Path) -> None:
    folder = inbox(tmp_path)

    async def scenario(seat: Seat) -> None:
        for n in range(11):
            aged(seat, written(folder, ROWS[0], name=f"n{n:02}.jsonl"), n)
        await opened(seat, folder)
        await seat.until(lambda: "收件文件夹有 11 个，列出最新 9 个" in seat.text())
        listed = [item.file for item in seat.screen.listing.items if item.file]
        assert [Path(file).stem for file in listed] == [f"n{n:02}" for n in range(9)]

    sit(scenario, cases=2)


def test_no_folder_and_an_empty_one_are_one_line_that_says_how_to_set_it(tmp_path: Path) -> None:
    async def none(seat: Seat) -> None:
        await opened(seat, None)
        assert "没有收件文件夹：在 dutydesk.toml 的 [inbox] 写 folder" in seat.text()
        await seat.press("1")
        assert path_of(seat) == "1"

    async def empty(seat: Seat) -> None:
        await opened(seat, folder)
        assert "收件文件夹是空的：" in seat.text()
        assert "[inbox] folder" in seat.text()

    sit(none, cases=2)
    folder = inbox(tmp_path)
    sit(empty, cases=2, size=(116, 62))


def test_a_folder_that_is_gone_is_an_error_line_and_what_was_typed_stays(tmp_path: Path) -> None:
    folder = inbox(tmp_path)

    async def scenario(seat: Seat) -> None:
        written(folder, ROWS[0], name="one.jsonl")
        await opened(seat, folder)
        await seat.until(lambda: "one.jsonl" in seat.text())
        await seat.type("/a")
        (folder / "one.jsonl").unlink()
        folder.rmdir()
        seat.screen.listing.look()
        await seat.until(lambda: "✗ 收件文件夹" in seat.text())
        assert "one.jsonl" not in seat.text()
        assert path_of(seat) == "/a"

    sit(scenario, cases=2, size=(116, 62))


def test_the_folder_of_the_settings_is_the_one_that_is_listed(tmp_path: Path) -> None:
    named = parse_settings(f'[inbox]\nfolder = "{tmp_path}"\n')
    assert (tools_of(named).inbox, tools_of(parse_settings("")).inbox) == (tmp_path, None)
