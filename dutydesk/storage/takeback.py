"""Removing cases of an undone import: everything of theirs but the journal."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from dutydesk.storage.cases import CHUNK
from dutydesk.storage.tables import act_key, alarm, case_row, claim, clock_run, writeback


def remove(connection: Connection, nos: Sequence[str]) -> int:
    """Delete these cases with their clocks, keys and alarms; gives how many cases there were.

    The journal keeps what happened. The search index is the caller's: it wants the old text.
    """
    gone = 0
    for start in range(0, len(nos), CHUNK):
        some = list(nos[start : start + CHUNK])
        for other in (clock_run, act_key, alarm, claim, writeback):
            connection.execute(other.delete().where(other.c.case_no.in_(some)))
        gone += connection.execute(case_row.delete().where(case_row.c.no.in_(some))).rowcount
    return gone
