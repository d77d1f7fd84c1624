"""What the desk screen shows of the record, read in one go in the worker."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.views.alarms import AlarmCount, AlarmRow, LiveAlarms
from dutydesk.views.duty import DutyPanel, OnDutyNow
from dutydesk.views.promises import PromiseRow, Promises, standing
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
from dutydesk.views.writebacks import NotWrittenBack

if TYPE_CHECKING:
    from dutydesk.desk import Desk


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
    unseen: int
    heard: tuple[PromiseRow, ...] = ()
    filters: Filters = field(default_factory=Filters)
    back: int = 0

    @property
    def promises(self) -> tuple[PromiseRow, ...]:
        """The promises and notes with a time that stand, the earliest first."""
        # A narrowed queue does not say which cases are at their end.
        known = (row.case for row in self.heard) if self.narrowed else (r.no for r in self.rows)
        return standing(self.heard, frozenset(no for no in known if no), self.read_at)

    @property
    def narrowed(self) -> bool:
        """Whether filters keep some cases out of sight."""
        return self.filters != Filters()

    @property
    def red(self) -> int:
        """How many rows are overdue."""
        return sum(count.red for count in self.counts.values())

    @property
    def yellow(self) -> int:
        """How many rows are nearly due."""
        return sum(count.yellow for count in self.counts.values())


def here(filters: Filters, area: str) -> Filters:
    """The filters over the desk's own area, unless they name one (X-1.1)."""
    return filters if filters.area else replace(filters, area=area)


def read_board(desk: Desk, filters: Filters, before: Board | None) -> Board:
    """The whole board, from the store; of the promises only those since the board before."""
    heard = before.heard if before is not None else ()
    new = desk.read(Promises(heard[-1].id if heard else 0))
    return _board(
        desk,
        desk.read(Queue(here(filters, desk.context.area))),
        desk.read(OnDutyNow()),
        desk.read(LiveAlarms(desk.context.area)),
        desk.read(AlarmCount(desk.context.area)).unseen,
        (*heard, *new),
        filters,
        desk.read(NotWrittenBack()),
    )


def turned(desk: Desk, board: Board) -> Board:
    """The same rows as they stand now: lights have turned, nothing is read."""
    return _board(
        desk,
        board.rows,
        board.duty,
        board.alarms,
        board.unseen,
        board.heard,
        board.filters,
        board.back,
    )


def _board(
    desk: Desk,
    rows: tuple[QueueRow, ...],
    duty: DutyPanel,
    alarms: tuple[AlarmRow, ...],
    unseen: int,
    heard: tuple[PromiseRow, ...],
    filters: Filters,
    back: int,
) -> Board:
    now = desk.now()
    now_ms = millis(now)
    return Board(
        rows=rows,
        parts=arrange(rows, now_ms),
        counts=bay_counts(rows, desk.context.procedure, now_ms),
        turn_at=next_turn(rows, now_ms),
        read_at=now,
        duty=duty,
        alarms=alarms,
        unseen=unseen,
        heard=heard,
        filters=filters,
        back=back,
    )


def next_turn(rows: tuple[QueueRow, ...], now_ms: int) -> int | None:
    """The next moment at which a row turns yellow or red, in UTC ms."""
    coming = [at for row in rows for at in (row.yellow_at, row.red_at) if at and at > now_ms]
    return min(coming, default=None)
