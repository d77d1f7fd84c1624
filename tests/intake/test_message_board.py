"""The message board's real workbook: every one of its rows is accounted for."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from dutydesk.intake import Layout, read_file
from dutydesk.workflow.time.zone import ZONE

ROOT = Path(__file__).resolve().parents[2]
# Read when the tests are collected: a running test sees none of the desk's own variables.
SHARED = Path(os.environ.get("DUTYDESK_SHARED") or ROOT.parent / "shared")
BOOKS = sorted((SHARED / "data" / "messages").glob("*.xlsx"))

pytestmark = pytest.mark.skipif(
    not BOOKS,
    reason=f"no message board workbook under {SHARED}; DUTYDESK_SHARED names the folder",
)


def test_all_2772_messages_come_in_with_their_times(layouts: tuple[Layout, ...]) -> None:
    reading = read_file(BOOKS[0], layouts)
    assert reading.layout.name == "message_board"
    assert (len(reading.rows), reading.rejected) == (2772, [])
    assert [row.number for row in reading.rows] == list(range(2, 2774))
    assert not any(row.history for row in reading.rows)
    assert len({row.fields["external_no"] for row in reading.rows}) == 2772
    for row in reading.rows:
        said = row.raw["留言时间"].replace("-", "/")
        assert row.reported_at == datetime.strptime(said, "%Y/%m/%d %H:%M:%S").replace(tzinfo=ZONE)
    assert sum("-" in row.raw["留言时间"] for row in reading.rows) == 1


def test_no_body_begins_or_ends_with_blanks(layouts: tuple[Layout, ...]) -> None:
    reading = read_file(BOOKS[0], layouts)
    texts = [str(row.fields["description"]) for row in reading.rows]
    assert all(text == text.strip() and text for text in texts)
    assert reading.dropped_controls == 0
    assert {row.fields["channel"] for row in reading.rows} == {"online"}
    assert {tuple(reason.code for reason in row.warnings) for row in reading.rows} == {
        ("place_missing",)
    }
