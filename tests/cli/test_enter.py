"""`dutydesk enter`: a night from a file, looked at, entered, entered again."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from cli_call import Call

from dutydesk.clock import SystemClock


def listed(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    file = tmp_path / "night.txt"
    file.write_text(text, encoding=encoding)
    return file


def test_a_night_is_looked_at_entered_and_harmless_twice(
    desk: Call, one: str, tmp_path: Path
) -> None:
    now = f"{SystemClock().now():%Y-%m-%dT%H:%M:%S}"
    file = listed(tmp_path, f"{now} {one[-4:]} 受 嘉乐\n昨2230 登 嘉乐路20号 绿化带垃圾\n\n哈哈\n")
    looked = desk("enter", file, "--dry-run", "--json")
    assert looked.code == 1
    assert [row["status"] for row in looked.json] == ["fits", "fits", "wrong"], looked.out
    assert [row["line"] for row in looked.json] == [1, 2, 4]
    assert len(desk("cases", "--json").lines) == 1
    # Before it was registered nothing could be done to it: the rules say so.
    file = listed(tmp_path, "昨2230 登 嘉乐路20号 绿化带垃圾\n昨2340 便 物业说修好\n", "gb18030")
    done = desk("enter", file, "--by", "commander:陈静", "--json")
    assert done.code == 0, done.err
    first, second = done.json
    assert (first["verb"], second["verb"], second["case"]) == ("register", "note", None)
    case = desk("case", first["case"], "--json").json
    (event,) = [e for e in case["events"] if e["event"] == "register"]
    assert event["late_entry"] is True
    assert event["at"].endswith("22:30:00+08:00")
    again = desk("enter", file, "--by", "commander:陈静", "--json")
    assert again.code == 0
    assert [row["status"] for row in again.json] == ["before", "before"]
    assert len(desk("cases", "--json").lines) == 2


def test_standard_input_and_what_is_no_text(
    desk: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.TextIOWrapper(io.BytesIO("昨2230 便 巡过一遍\n".encode()))
    monkeypatch.setattr("sys.stdin", raw)
    assert desk("enter", "-", "--json").json[0]["status"] == "done"
    picture = tmp_path / "photo.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" * 9)
    for file in (picture, tmp_path / "none.txt"):
        answer = desk("enter", file)
        assert answer.code == 2
        assert answer.err
    picture.write_bytes(b"2210 x\n" * 1_000_000)
    assert "500" in desk("enter", picture).err


def test_a_time_that_counts_from_its_reading_is_refused_a_file_comes_again(
    desk: Call, tmp_path: Path
) -> None:
    file = listed(tmp_path, "-7 便 物业说修好\n昨2340 便 巡过一遍\n")
    for status in ("done", "before"):
        answer = desk("enter", file, "--by", "commander:陈静", "--json")
        assert answer.code == 1
        assert [row["status"] for row in answer.json] == ["wrong", status]
        assert "几点几分" in answer.json[0]["why"]


def test_what_has_a_screen_of_its_own_is_refused_with_the_reason(
    desk: Call, one: str, tmp_path: Path
) -> None:
    now, tail = f"{SystemClock().now():%Y-%m-%dT%H:%M:%S}", one[-4:]
    acts = (f"结案 {tail}", "交班 夜间", "接班 0", f"附件 {tail} photo.jpg")
    file = listed(tmp_path, "".join(f"{now} {act}\n" for act in acts))
    answer = desk("enter", file, "--by", "commander:陈静", "--json")
    assert answer.code == 1
    assert {row["status"] for row in answer.json} == {"wrong"}
    assert all("它自己的画面" in row["why"] for row in answer.json), answer.out
