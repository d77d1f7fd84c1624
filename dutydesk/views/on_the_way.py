"""The messages of a case that are not at their end, and whom a waiting act still waits for."""

from __future__ import annotations

from typing import NamedTuple

from dutydesk.views.outbox import OutboxRow, row_of
from dutydesk.views.question import Context, Reading


class OnTheWay(NamedTuple):
    """One message of a case: what it is about, to whom, how far it is.

    `awaited` says that an act takes effect only when it is SENT; `needs` that a person must act.
    """

    key: str
    kind: str
    kind_label: str
    recipient: str
    person: str
    state: str
    state_label: str
    reason_label: str
    awaited: bool
    needs: bool


def on_the_way(no: str, reading: Reading, context: Context) -> tuple[OnTheWay, ...]:
    """Every message of an act that waits, whatever became of it, then others not finished."""
    from dutydesk.storage.queries import outbox  # slow import

    return tuple(
        _told(row_of(one, reading.now, context), awaited)
        for one, awaited in outbox.of_case(reading.connection, no)
    )


def _told(row: OutboxRow, awaited: bool) -> OnTheWay:
    return OnTheWay(
        row.key,
        row.kind,
        row.kind_label,
        row.recipient,
        row.person,
        row.state,
        row.state_label,
        row.reason_label,
        awaited,
        row.needs,
    )
