"""Files whose names and texts are no UTF-8: an archive of another system, a phone's cut emoji."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from desk_files import COMMANDER

from dutydesk.desk import Desk

CSV = "工单编号,受理时间,诉求地址,诉求内容\nA1,2026-11-22 10:00,嘉乐小区,楼道堆物\n"
ORDER = {"工单编号": "A1", "受理时间": "2026-11-22", "内容描述": "楼道堆物"}


def test_a_file_with_a_gbk_name_comes_in(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("导出.csv".encode("gbk"))
    path.write_text(CSV, encoding="utf-8")
    imported = desk.import_file(path, by=COMMANDER)
    assert (imported.new, imported.rejected) == (1, ())
    with desk.store.unit() as unit:
        assert unit.batch(imported.batch)[0].file == ".csv"


@pytest.mark.parametrize(
    ("name", "data", "refused"),
    [
        ("x.json", json.dumps([{**ORDER, "备\ud83d注": "好"}]).encode(), []),
        ("x.json", json.dumps([ORDER, "半\ud83d个"]).encode(), ["半个"]),
        ("x.jsonl", json.dumps(ORDER).encode() + b"\nnot \x1b[31mjson \xff\n", ["not json "]),
    ],
)
def test_half_an_emoji_or_a_broken_line_is_one_row_and_no_failure(
    desk: Desk, tmp_path: Path, name: str, data: bytes, refused: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    imported = desk.import_file(path, by=COMMANDER)
    assert imported.new == 1
    assert [each.value for each in imported.rejected] == refused
    assert desk.import_file(path, by=COMMANDER).unchanged == 1
