"""Invented queue rows, the same for both ways of showing them."""

from __future__ import annotations

from datetime import datetime, timedelta

from dutydesk.text import remaining
from dutydesk.views.queue import QueueRow, millis
from dutydesk.workflow.time.zone import parse_instant

NOW = parse_instant("2026-11-20T10:00:00+08:00")
COLUMNS = ("", "编号", "级", "步骤", "剩余", "至", "网格", "等谁", "事由")


def rows(count: int, now: datetime = NOW) -> list[QueueRow]:
    """Rows in the order of the queue; those in sight are due so soon that each second counts."""
    return [_row(number, millis(now)) for number in range(count)]


def _row(number: int, now_ms: int) -> QueueRow:
    due = now_ms + (number * 2 + 15) * 1000
    late = number % 5 == 0
    return QueueRow(
        no=f"140901261120{number:05d}",
        external_no=f"B{number:09d}",
        channel="hotline_12345",
        state="to_dispatch",
        class_="community",
        track=None,
        difficulty=None,
        urgent=0,
        urged=0,
        rank=1,
        clock="dispatch",
        clock_party=None,
        started_at=due - 86_400_000,
        due_at=due,
        yellow_at=due - 600_000,
        red_at=now_ms - 1000 if late else due + 600_000,
        waiting_since=None,
        hands="mine",
        area="140901",
        grid="嘉乐社区网格",
        category="井盖破损",
        place=f"嘉乐路{number}号",
        summary=f"嘉乐路{number}号门口非机动车道的井盖破损下沉，夜间骑行有危险，请尽快处理",
        received_at=due - 86_400_000,
        version=2,
        holder="sub_centre",
        marks="催2" if late else "",
        waiting_for="",
        bay="派单",
        grid_short="嘉乐",
    )


def countdown(row: QueueRow, now_ms: int) -> str:
    """What remains, as the queue says it."""
    assert row.due_at is not None
    said = remaining((row.due_at - now_ms) // 1000)
    return f"超 {said}" if row.due_at <= now_ms else said


def cells(row: QueueRow, now_ms: int) -> tuple[str, ...]:
    """The same facts as the cells of a table."""
    due = NOW + timedelta(milliseconds=(row.due_at or 0) - millis(NOW))
    return (
        "■" if row.red_at is not None and row.red_at <= now_ms else "▲",
        row.tail,
        row.track or "",
        row.bay or "",
        countdown(row, now_ms),
        f"{due:%H:%M}",
        row.grid_short,
        "我",
        f"{row.marks} {row.summary}",
    )
