"""`dutydesk do` with files: one that has no copy is said, the act stands."""

from __future__ import annotations

import json
from pathlib import Path

from cli_call import Call


def attach(desk: Call, one: str, file: Path, *more: str) -> tuple[int, str, str]:
    by = ("--by", "commander", "--set", "kind=photo_before", "--set", f"file={file}")
    answer = desk("do", one, "attach", *by, *more)
    return answer.code, answer.out, answer.err


def test_a_file_that_is_not_there_is_said_and_the_act_stands(
    desk: Call, one: str, tmp_path: Path
) -> None:
    code, out, err = attach(desk, one, tmp_path / "gone.jpg", "--json")
    assert (code, err) == (0, f"{one} · 没有副本：gone.jpg\n")
    assert json.loads(out)["events"][0]["event"] == "attach"
    [kept] = desk("case", one, "--json").json["attachments"]
    assert kept["file"].endswith("gone.jpg")


def test_a_file_that_is_copied_needs_no_word(desk: Call, one: str, tmp_path: Path) -> None:
    photo = tmp_path / "here.jpg"
    photo.write_bytes(b"photo")
    code, _out, err = attach(desk, one, photo)
    assert (code, err) == (0, "")


def test_what_cannot_be_copied_is_a_fault_of_the_store_and_nothing_is_done(
    desk: Call, one: str, tmp_path: Path
) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    code, out, err = attach(desk, one, tmp_path / "empty.jpg")
    assert (code, out) == (3, "")
    assert "empty.jpg" in err
    assert desk("case", one, "--json").json["attachments"] == []


def test_of_several_files_those_without_a_copy_are_named_with_their_case(
    desk: Call, one: str, tmp_path: Path
) -> None:
    (tmp_path / "b.jpg").write_bytes(b"photo")
    given = [{"kind": "photo_after", "file": str(tmp_path / name)} for name in ("a.jpg", "b.jpg")]
    by = ("--by", "commander")
    assert desk("do", one, "accept", *by, "--set", "as=community", "--set", "grid=嘉乐").code == 0
    due = ("--set", "due=2099-01-01T00:00:00+08:00")
    assert desk("do", one, "dispatch", *by, "--set", "station=嘉乐", *due).code == 0
    text = json.dumps({"text": "已清理", "attachments": given}, ensure_ascii=False)
    answer = desk("do", one, "file_result", *by, "--json-data", text, "--json")
    assert (answer.code, answer.err) == (0, f"{one} · 没有副本：a.jpg\n")
