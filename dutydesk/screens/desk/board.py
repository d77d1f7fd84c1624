"""What the desk screen shows of the record, read in one go in the worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.views.alarms import AlarmRow, LiveAlarms
from dutydesk.views.duty import DutyPanel, OnDutyNow
from dutydesk.views.queue import (
    BayCount,
    Filters,
    Parts,
    Queue,
    QueueRow,
    arrange,
    bay_counts,
    millis,
)

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.screens.desk.side_lists import Promise


@dataclass(frozen=True, slots=True)
class Board:
    """The rows in their two parts with what is counted of them, the posts and the alarms.

    `turn_at` is the next moment (UTC ms) at which a light turns by itself: then the rows are put
    in order anew without a read. `read_at` says how old the board is.
    """

    rows: tuple[QueueRow, ...]
    parts: Parts
    counts: dict[str, BayCount]
    turn_at: int | None
    read_at: datetime
    duty: DutyPanel
    alarms: tuple[AlarmRow, ...]
    promises: tuple[Promise, ...] = ()
    filters: Filters = field(default_factory=Filters)

    @property
    def red(self) -> int:
        """How many rows are overdue."""
        return sum(count.red for count in self.counts.values())

    @property
    def yellow(self) -> int:
        """How many rows are nearly due."""
        return sum(count.yellow for count in self.counts.values())


def read_board(desk: Desk, filters: Filters) -> Board:
    """The whole board, from the store."""
    rows = desk.read(Queue(filters))
    now = desk.now()
    return _board(
        desk, rows, now, desk.read(OnDutyNow()), desk.read(LiveAlarms(desk.context.area)), filters
    )


def turned(desk: Desk, board: Board) -> Board:
    """The same rows as they stand now: lights have turned, nothing is read."""
    return _board(desk, board.rows, desk.now(), board.duty, board.alarms, board.filters)


def _board(
    desk: Desk,
    rows: tuple[QueueRow, ...],
    now: datetime,
    duty: DutyPanel,
    alarms: tuple[AlarmRow, ...],
    filters: Filters,
) -> Board:
    now_ms = millis(now)
    return Board(
        rows=rows,
        parts=arrange(rows, now_ms),
        counts=bay_counts(rows, desk.context.procedure, now_ms),
        turn_at=next_turn(rows, now_ms),
        read_at=now,
        duty=duty,
        alarms=alarms,
        filters=filters,
    )


def next_turn(rows: tuple[QueueRow, ...], now_ms: int) -> int | None:
    """The next moment at which a row turns yellow or red, in UTC ms."""
    coming = [at for row in rows for at in (row.yellow_at, row.red_at) if at and at > now_ms]
    return min(coming, default=None)
