"""Cases whose results go back to where they came from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from dutydesk.storage.cases import CHUNK
from dutydesk.storage.mapping import CASE_COLUMNS, read_case
from dutydesk.storage.tables import case_row, event, returned
from dutydesk.workflow.cases.model import Case

C = case_row.c


def finished(
    connection: Connection,
    channel: str,
    *,
    closed: Collection[str],
    refused: Collection[str],
    everything: bool,
) -> list[Case]:
    """Closed and refused cases of a channel in the order they came in; what came in closed is not.

    `closed` and `refused` are the states of either kind. Without `everything` only those whose
    episode has not gone back yet.
    """
    closed_here = and_(C.state.in_(closed), C.closed_at.is_not(None))
    asked = (
        select(*CASE_COLUMNS)
        .where(C.channel == channel, or_(closed_here, C.state.in_(refused)))
        .order_by(C.id)
    )
    if not everything:
        gone = and_(returned.c.case_no == C.no, returned.c.run == C.run)
        asked = asked.where(~select(returned.c.case_no).where(gone).exists())
    return [read_case(row)[1] for row in connection.execute(asked)]


def refusals(
    connection: Connection, nos: Sequence[str], verbs: Collection[str]
) -> dict[str, dict[str, Any]]:
    """What the last refusal of each of these cases said; `verbs` are the acts that refuse."""
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(nos), CHUNK):
        some = list(nos[start : start + CHUNK])
        asked = (
            select(event.c.case_no, event.c.data)
            .where(event.c.case_no.in_(some), event.c.verb.in_(verbs))
            .order_by(event.c.id)
        )
        found.update((no, data) for no, data in connection.execute(asked))
    return found
