"""Taking a case into one's hands, letting it go, and the sign of life of a seat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.storage import claims, seats
from dutydesk.storage.seats import Seated
from dutydesk.workflow.duty.claims import LAPSES, Claim, Sitter, holds

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk


def take(desk: Desk, no: str, by: Sitter, *, over: bool = False) -> Claim | None:
    """Take a case into a seat's hands.

    Gives the claim of another seat that stands in the way, None where the case is this seat's now
    or there is no such case; with `over` it is taken from whoever has it. Guards nothing: an act
    is still judged by the version it saw.
    """
    with desk.store.unit() as unit:
        now = desk.now()
        before = claims.of(unit.connection, no)
        standing = before is not None and holds(before, now)
        if before is not None and standing and before.seat != by.seat and not over:
            return before
        if unit.case(no) is None:
            return None
        ours = before is not None and standing and before.seat == by.seat
        since = before.since_at if before is not None and ours else now
        claims.drop_old(unit.connection, now - LAPSES)
        claims.put(unit.connection, Claim(no, by.seat, by.who, since, now))
        if not ours:
            unit.touch()
    return None


def release(desk: Desk, nos: Sequence[str], by: Sitter) -> int:
    """Let go of what this seat has in hand; gives how many cases it had."""
    with desk.store.unit() as unit:
        gone = claims.release(unit.connection, by.seat, nos)
        if gone:
            unit.touch()
    return gone


def beat(
    desk: Desk, by: Sitter, selected: str | None, nos: Sequence[str], key_at: datetime
) -> tuple[Claim, ...]:
    """Give a sign of life: what the seat looks at, and what it holds since its last key.

    Gives the claims of others on cases that this seat thought it held. Other seats are only made
    to read anew where a claim that had lapsed comes back.
    """
    with desk.store.unit() as unit:
        now = desk.now()
        seats.put(unit.connection, Seated(by.seat, desk.ground.area, by.who, selected, now))
        kept: list[str] = []
        lost: list[Claim] = []
        for no in nos:
            found = claims.of(unit.connection, no)
            if found is not None and found.seat != by.seat and holds(found, now):
                lost.append(found)
            elif found is not None and found.seat == by.seat and holds(found, now):
                kept.append(no)
            elif key_at + LAPSES > now and unit.case(no) is not None:
                claims.put(unit.connection, Claim(no, by.seat, by.who, now, key_at))
                unit.touch()
        claims.touch(unit.connection, by.seat, kept, key_at)
    return tuple(lost)
