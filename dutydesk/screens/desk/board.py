"""What the desk screen shows of the record, read in one go in the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.screens.desk.owed_list import MOST
from dutydesk.views.alarms import AlarmCount, AlarmCounts, AlarmRow, LiveAlarms
from dutydesk.views.claims import Claims
from dutydesk.views.duty import DutyPanel, OnDutyNow
from dutydesk.views.lastwords import LastWords, SaidRow
from dutydesk.views.outbox import OutboxCount
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
from dutydesk.views.reached import LoggedOut
from dutydesk.views.writebacks import OldestOwed, OwedCount, OwedLine
from dutydesk.workflow.duty.claims import BEAT, Claim, holds

if TYPE_CHECKING:
    from dutydesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Board:
    """The rows in their two parts with what is counted of them, the posts and the alarms.

    `turn_at` is the next moment (UTC ms) at which a light turns by itself, a promise passes or a
    claim may lapse: then the rows are put in order anew, and only the claims are read. `read_at`
    says how old the board is; `said` is the last word of each case, `said_to` the journal row up to
    which those were read.
    """

    rows: tuple[QueueRow, ...]
    parts: Parts
    counts: dict[str, BayCount]
    turn_at: int | None
    read_at: datetime
    duty: DutyPanel
    alarms: tuple[AlarmRow, ...]
    counted: AlarmCounts
    heard: tuple[PromiseRow, ...] = ()
    filters: Filters = field(default_factory=Filters)
    back: int = 0
    unsent: int = 0
    logged_out: int = 0
    owed: tuple[OwedLine, ...] = ()
    claims: tuple[Claim, ...] = ()
    said: Mapping[str, SaidRow] = field(default_factory=dict)
    said_to: int = 0

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
    """The whole board, from the store; of promises and calls only those since the board before."""
    heard = before.heard if before is not None else ()
    new = desk.read(Promises(heard[-1].id if heard else 0))
    said, said_to = _said(desk, before)
    rows = desk.read(Queue(here(filters, desk.context.area)))
    return arranged(
        Board(
            rows=rows,
            parts=Parts((), ()),
            counts={},
            turn_at=None,
            read_at=desk.now(),
            duty=desk.read(OnDutyNow()),
            alarms=desk.read(LiveAlarms(desk.context.area)),
            counted=desk.read(AlarmCount(desk.context.area)),
            heard=(*heard, *new),
            filters=filters,
            back=desk.read(OwedCount()),
            unsent=desk.read(OutboxCount()),
            logged_out=desk.read(LoggedOut()),
            owed=desk.read(OldestOwed(MOST)),
            claims=desk.read(Claims()),
            said=said,
            said_to=said_to,
        ),
        desk,
    )


def turned(desk: Desk, board: Board) -> Board:
    """The same rows as they stand now; only who has what in hand is read, where anybody has.

    What a seat renews moves no mark, so that a claim which seems to have lapsed may stand.
    """
    claims = desk.read(Claims()) if board.claims else ()
    return arranged(replace(board, claims=claims), desk)


def arranged(board: Board, desk: Desk) -> Board:
    """The board with its rows in order, its counts and its next turn as they are now."""
    now = desk.now()
    now_ms = millis(now)
    board = replace(board, read_at=now)
    promises = board.promises
    passed = {row.case for row in promises if row.case and row.at and row.at <= now}
    coming = [row.at for row in promises if row.at and row.at > now]
    if any(holds(claim, now) for claim in board.claims):
        coming.append(now + BEAT)
    turns = [millis(at) for at in coming]
    if (turn := next_turn(board.rows, now_ms)) is not None:
        turns.append(turn)
    return replace(
        board,
        parts=arrange(board.rows, now_ms, passed),
        counts=bay_counts(board.rows, desk.context.procedure, now_ms),
        turn_at=min(turns, default=None),
    )


def _said(desk: Desk, before: Board | None) -> tuple[Mapping[str, SaidRow], int]:
    """The last word of each case, and up to which journal row they were read."""
    known, to = (before.said, before.said_to) if before is not None else ({}, 0)
    new = desk.read(LastWords(to))
    if not new:
        return known, to
    return {**known, **{row.case: row for row in new}}, new[-1].id


def next_turn(rows: tuple[QueueRow, ...], now_ms: int) -> int | None:
    """The next moment at which a row turns yellow or red, in UTC ms."""
    coming = [at for row in rows for at in (row.yellow_at, row.red_at) if at and at > now_ms]
    return min(coming, default=None)
