"""Clock runs as rows: what figures and verification read by SQL."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam

from dutydesk.storage.bare import bare, bare_insert, bare_values
from dutydesk.storage.mapping import clock_values
from dutydesk.storage.prepared import Prepared
from dutydesk.storage.tables import clock_run
from dutydesk.workflow.cases.model import Case, Clock

_RUN = and_(
    clock_run.c.case_no == bindparam("b_case_no"),
    clock_run.c.id == bindparam("b_id"),
)
_INSERT_RUN = Prepared(bare_insert(clock_run))
_RUN_KEY = frozenset({"case_no", "id"})
_UPDATE_RUN = Prepared(
    clock_run.update().where(_RUN).values(bare_values(clock_run, without=_RUN_KEY))
)
_UPDATE_PAST_RUN = Prepared(
    clock_run.update().where(_RUN).values(bare_values(clock_run, without=_RUN_KEY | {"holder"}))
)


class Runs:
    """Clock runs that are new or changed, gathered for three statements."""

    def __init__(self) -> None:
        self._new: list[dict[str, Any]] = []
        self._changed: list[dict[str, Any]] = []
        self._past: list[dict[str, Any]] = []

    def add(self, case: Case, before: Case | None, at: datetime) -> None:
        old = {clock.id: clock for clock in before.clocks} if before else {}
        moved = before is not None and before.holder != case.holder
        for clock in case.clocks:
            known = old.get(clock.id)
            if known is None:
                self._new.append(bare(clock_values(case, clock)))
            elif (known is not clock and known != clock) or (moved and clock.running):
                self._change(case, clock, known, at)

    def _change(self, case: Case, clock: Clock, known: Clock, at: datetime) -> None:
        row = bare(clock_values(case, clock))
        row["b_case_no"], row["b_id"] = row.pop("v_case_no"), row.pop("v_id")
        if known.due_at is not None and known.due_at <= at:
            # Whoever held the case when the run was due stays on it.
            del row["v_holder"]
            self._past.append(row)
        else:
            self._changed.append(row)

    def write(self, connection: Connection) -> None:
        for rows, statement in (
            (self._new, _INSERT_RUN),
            (self._changed, _UPDATE_RUN),
            (self._past, _UPDATE_PAST_RUN),
        ):
            if rows:
                statement.write(connection, rows)
