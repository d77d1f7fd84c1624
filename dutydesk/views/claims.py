"""Which cases are in hand at which seats, and what each seat looks at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dutydesk.i18n import _
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.duty.claims import Claim, holds, silent
from dutydesk.workflow.time.zone import to_local


class SeatRow(NamedTuple):
    """One seat: who sits there, the case selected there, its last sign of life."""

    seat: str
    area: str
    who: str
    case_no: str | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Claims:
    """The cases that are in somebody's hands, in the order of their numbers; lapsed ones too."""

    def answer(self, reading: Reading, context: Context) -> tuple[Claim, ...]:
        """The claims."""
        from dutydesk.storage import claims  # slow import

        return claims.standing(reading.connection)


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of the desk's area, the one that was alive last first."""

    def answer(self, reading: Reading, context: Context) -> tuple[SeatRow, ...]:
        """The seats."""
        from dutydesk.storage import seats  # slow import

        found = seats.known(reading.connection, context.area)
        return tuple(SeatRow(*row) for row in found)


def followed(
    rows: Sequence[SeatRow], asked: str, before: SeatRow | None, now: datetime
) -> SeatRow | None:
    """The seat that a second screen shows: the one asked for, None while it is not there.

    Where none is asked for the one it showed before, until another is alive and that one is not.
    """
    if asked:
        return next((row for row in rows if row.seat == asked), None)
    alive = [row for row in rows if not silent(row.seen_at, now)]
    same = [row for row in rows if before is not None and row.seat == before.seat]
    stays = [row for row in alive if row in same]
    return next(iter((*stays, *alive, *same, *rows)), None)


def in_hand(claims: Iterable[Claim], seat: str, now: datetime) -> dict[str, Claim]:
    """The cases that are in the hands of other seats than this one now, by their numbers."""
    return {claim.no: claim for claim in claims if claim.seat != seat and holds(claim, now)}


def whose_words(claim: Claim, words: Words, now: datetime) -> str:
    """In whose hands a case is: 在 二号席 李某 手里 3分钟; of a seat that died, until when."""
    minutes = max(0, int((now - claim.since_at).total_seconds())) // 60
    who = f"{claim.seat} {claim.who}".strip()
    said = (
        _("在 {who} 手里 {minutes} 分钟").format(who=who, minutes=minutes)
        if minutes
        else _("在 {who} 手里").format(who=who)
    )
    if not silent(claim.seen_at, now):
        return said
    until = f"{to_local(claim.lapses_at):%H:%M}"
    if claim.seen_at is None:
        return _("{said}，该席没有回应，{until} 自动放手").format(said=said, until=until)
    seen = words.when(claim.seen_at, now)
    return _("{said}，该席 {seen} 起没有回应，{until} 自动放手").format(
        said=said, seen=seen, until=until
    )
