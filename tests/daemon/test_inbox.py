"""A file dropped into the inbox is imported once it is whole, and moved with a word beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dutydesk.daemon import Inbox
from dutydesk.desk import Desk
from dutydesk.errors import OutsideError

GOOD = "工单编号,受理时间,诉求地址,诉求内容\nA1,2026-11-22 10:00,嘉乐小区,楼道堆物\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "inbox"
    made.mkdir()
    return made


def drop(folder: Path, name: str, text: str = GOOD) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_file_is_imported_and_moved(desk: Desk, folder: Path) -> None:
    inbox = Inbox(folder)
    drop(folder, "今天.csv", GOOD + ",2026-11-22 10:00,嘉乐小区,没有编号\n")
    assert inbox.poll(desk) == []
    (taken,) = inbox.poll(desk)
    assert (taken.file, taken.done) == ("今天.csv", True)
    word = (folder / "done" / "今天.csv.txt").read_text(encoding="utf-8")
    assert "共 2 行，新 1，变 0，同 0，拒 1" in word
    assert "第 3 行 工单编号" in word
    assert (folder / "done" / "今天.csv").exists()
    assert inbox.poll(desk) == []


def test_a_file_that_still_grows_is_left_alone(desk: Desk, folder: Path) -> None:
    inbox = Inbox(folder)
    path = drop(folder, "a.csv", GOOD[:40])
    inbox.poll(desk)
    path.write_text(GOOD, encoding="utf-8")
    assert inbox.poll(desk) == []
    assert [one.done for one in inbox.poll(desk)] == [True]


@pytest.mark.parametrize("name", [".hidden.csv", "~$a.xlsx", "a.csv.part", "a.csv.crdownload"])
def test_what_is_on_its_way_is_no_file_yet(desk: Desk, folder: Path, name: str) -> None:
    inbox = Inbox(folder)
    drop(folder, name)
    assert [inbox.poll(desk) for _ in range(3)] == [[], [], []]
    assert (folder / name).exists()


def test_a_refused_file_says_why(desk: Desk, folder: Path) -> None:
    inbox = Inbox(folder)
    drop(folder, "photo.xlsx", "这不是工作簿")
    drop(folder, "other.csv", "甲,乙\n1,2\n")
    inbox.poll(desk)
    assert [one.done for one in inbox.poll(desk)] == [False, False]
    for name in ("photo.xlsx", "other.csv"):
        assert (folder / "refused" / name).exists()
        assert (folder / "refused" / f"{name}.txt").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(("text", "where"), [(GOOD, "done"), ("甲,乙\n1,2\n", "refused")])
def test_a_name_that_is_no_utf8_is_moved_and_told_like_any_other(
    desk: Desk, folder: Path, text: str, where: str
) -> None:
    inbox = Inbox(folder)
    path = drop(folder, os.fsdecode("今天.csv".encode("gbk")), text)
    inbox.poll(desk)
    (taken,) = inbox.poll(desk)
    assert (taken.file, taken.done) == (".csv", where == "done")
    assert taken.said.encode()
    assert (folder / where / path.name).exists()
    assert (folder / where / f"{path.name}.txt").read_text(encoding="utf-8").strip()
    assert inbox.poll(desk) == []


def test_a_name_that_is_taken_gets_a_number(desk: Desk, folder: Path) -> None:
    inbox = Inbox(folder)
    for _ in range(2):
        drop(folder, "a.csv")
        inbox.poll(desk)
        inbox.poll(desk)
    assert sorted(path.name for path in (folder / "done").iterdir()) == [
        *("a-2.csv", "a-2.csv.txt", "a.csv", "a.csv.txt")
    ]


def test_a_folder_that_is_none_is_an_outside_error(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "inbox").write_text("a file", encoding="utf-8")
    with pytest.raises(OutsideError):
        Inbox(tmp_path / "inbox").poll(desk)
