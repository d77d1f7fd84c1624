"""A desk in memory on a Monday morning, and files written as the platforms export them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from desk_files import HOTLINE, File

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk


@pytest.fixture
def morning() -> ManualClock:
    return ManualClock(datetime(2026, 11, 23, 9, 0, tzinfo=ZONE))


@pytest.fixture
def desk(morning: ManualClock) -> Iterator[Desk]:
    opened = memory_desk(morning)
    yield opened
    opened.close()


@pytest.fixture
def hotline(tmp_path: Path) -> File:
    """Writes a hotline export: one row per tuple, missing cells at the end left empty."""

    def write(
        *rows: Sequence[str], name: str = "12345.csv", header: Sequence[str] = HOTLINE
    ) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for row in rows:
                writer.writerow([*row, *[""] * (len(header) - len(row))])
        return path

    return write
