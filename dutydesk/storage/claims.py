"""The marks of who has which case in hand; every function works within the caller's unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from dutydesk.storage.tables import claim, seat
from dutydesk.workflow.duty.claims import Claim

C = claim.c
_ALL = select(C.case_no, C.seat, C.who, C.since_at, C.touched_at, seat.c.seen_at).select_from(
    claim.outerjoin(seat, seat.c.seat == C.seat)
)


def of(connection: Connection, no: str) -> Claim | None:
    """The mark on a case, lapsed or not."""
    row = connection.execute(_ALL.where(C.case_no == no)).first()
    return None if row is None else Claim(*row)


def standing(connection: Connection) -> tuple[Claim, ...]:
    """Every mark there is, lapsed ones too, in the order of the cases."""
    return tuple(Claim(*row) for row in connection.execute(_ALL.order_by(C.case_no)))


def put(connection: Connection, made: Claim) -> None:
    """Mark a case, whosever mark was on it before."""
    connection.execute(claim.delete().where(C.case_no == made.no))
    connection.execute(
        claim.insert().values(
            case_no=made.no,
            seat=made.seat,
            who=made.who,
            since_at=made.since_at,
            touched_at=made.touched_at,
        )
    )


def touch(connection: Connection, of_seat: str, nos: Sequence[str], at: datetime) -> None:
    """Note that a key was pressed at a seat that has these cases in hand."""
    mine = (C.seat == of_seat) & C.case_no.in_(nos)
    connection.execute(claim.update().where(mine).values(touched_at=at))


def release(connection: Connection, of_seat: str, nos: Sequence[str]) -> int:
    """Let go of cases that are in a seat's hands; gives how many were."""
    mine = (C.seat == of_seat) & C.case_no.in_(nos)
    return connection.execute(claim.delete().where(mine)).rowcount


def drop_old(connection: Connection, before: datetime) -> None:
    """Remove the marks that were last touched before a moment."""
    connection.execute(claim.delete().where(C.touched_at < before))
