"""Saving outcomes: case row, clock runs, events, keys and search index in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Update, and_, bindparam, func, select

from dutydesk.storage import alarms, cases, journal, keys
from dutydesk.storage.faults import Stale
from dutydesk.storage.index import Index
from dutydesk.storage.mapping import case_values, facet_values, facts_text, search_text
from dutydesk.storage.runs import Runs
from dutydesk.storage.schema import bare, bare_insert, bare_values, raw_type
from dutydesk.storage.tables import case_row, tally
from dutydesk.workflow.cases.acts import Act, Event, Outcome
from dutydesk.workflow.cases.facets import Facets
from dutydesk.workflow.cases.model import Case

TOUCHED = "touched"
"""Counts the writings that leave no event, for the change mark."""

_FIXED = frozenset({"id", "no"})
_FACETS = (
    *("clock", "clock_party", "started_at", "due_at", "yellow_at", "red_at", "next_due_at"),
    *("hands", "waiting_for", "waiting_since", "queue_rank", "queue_at", "facts"),
)
_SAME = and_(
    case_row.c.id == bindparam("b_id"),
    case_row.c.version == bindparam("b_version"),
)
_INSERT = bare_insert(case_row)
_UPDATE = case_row.update().where(_SAME).values(bare_values(case_row, without=_FIXED))
_SWEPT = (
    case_row.update()
    .where(_SAME)
    .values({n: bindparam(f"v_{n}", type_=raw_type(case_row.c[n])) for n in _FACETS})
)
_LAST_ID = select(func.max(case_row.c.id))
_TALLY = select(tally.c.value).where(tally.c.name == bindparam("asked"))
Item = tuple[Outcome, Facets, Act]


class Held(NamedTuple):
    """A case as it lies in the store, known inside this unit."""

    id: int
    case: Case


class Saving:
    """The cases, counters and chain head that one unit knows; nobody else writes meanwhile."""

    def __init__(self, connection: Connection, end_states: frozenset[str]) -> None:
        self._connection = connection
        self._end_states = end_states
        self._sqlite = connection.dialect.name == "sqlite"
        self._held: dict[str, Held] = {}
        self._new: set[str] = set()
        self._tallies: dict[str, int] = {}
        self._head: journal.Head | None = None
        self._last_id: int | None = None
        self._touched = False

    def hold(self, found: Iterable[tuple[int, Case]]) -> list[Case]:
        """Remember cases that were read, and give them as this unit last saw or saved them."""
        return [self._held.setdefault(case.no, Held(row, case)).case for row, case in found]

    def case(self, no: str) -> Case | None:
        """The case of a full number, as this unit last saved it."""
        if no not in self._held:
            found = cases.one(self._connection, no)
            if found is None:
                return None
            self._held[no] = Held(*found)
        return self._held[no].case

    def knows(self, no: str) -> bool:
        """Whether this unit has read or saved the case."""
        return no in self._held

    def forget(self, nos: Sequence[str]) -> None:
        """No longer know these cases: they are about to be removed."""
        self.hold(cases.many(self._connection, self._unknown(nos)))
        lost = Index()
        for no in nos:
            held = self._held.pop(no, None)
            if held is not None:
                lost.remove(held.id, search_text(held.case))
        self._last_id = None
        if self._sqlite:
            lost.write(self._connection)
        self.touch()

    def drop(self) -> None:
        """Forget what was read: the rows are about to be changed by one statement."""
        self._held.clear()

    def next_number(self, name: str) -> int:
        """The next value of a named counter; the same one comes never again once committed."""
        if name not in self._tallies:
            self._tallies[name] = self._connection.execute(_TALLY, {"asked": name}).scalar() or 0
        self._tallies[name] += 1
        return self._tallies[name]

    def next_no(self, area: str, day: date) -> str:
        """Area + yyMMdd + four digits; the 10,000th of a day gets a fifth digit."""
        stem = f"{area}{day:%y%m%d}"
        no = f"{stem}{self.next_number(f'no:{stem}'):04d}"
        self._new.add(no)
        return no

    def save_many(self, items: Sequence[Item]) -> list[tuple[int, ...]]:
        """Write outcomes in their order; gives the event ids of each.

        Raises Stale when a case is no longer the one its outcome was decided on.
        """
        nos = cases.numbers(outcome.case.no for outcome, _facets, _act in items)
        self.hold(cases.many(self._connection, self._unknown(nos)))
        last = self._checked(items)
        self._save_cases(last)
        ids = self._save_events(items)
        self._end_alarms(last)
        for no, (case, _facets, _at) in last.items():
            self._held[no] = Held(self._held[no].id, case)
        return ids

    def save_swept(self, items: Sequence[tuple[Case, Facets]]) -> None:
        """Write rungs and facets that time moved: no event, and the version stays.

        Someone with the case open has seen nothing change; the change mark moves.
        """
        self.hold(cases.many(self._connection, self._unknown([case.no for case, _f in items])))
        rows = []
        for case, facets in items:
            held = self._held.get(case.no)
            if held is None or held.case.version != case.version:
                raise Stale(case.no, case.version, held.case.version if held else None)
            values = facet_values(case, facets) | {"facts": facts_text(case)}
            rows.append(bare(values) | {"b_id": held.id, "b_version": case.version})
            self._held[case.no] = Held(held.id, case)
        if rows:
            self._update(_SWEPT, [case.no for case, _facets in items], rows)
            self.touch()

    def append(self, events: Sequence[Event], area: str, seat: str | None) -> tuple[int, ...]:
        """Add events to the chain and give their ids."""
        start = self._chain_head()
        self._head, rows, secret = journal.chain(start, [(e, area, seat) for e in events])
        journal.append(self._connection, rows, secret)
        return tuple(row["v_id"] for row in rows)

    def keep(self, act: Act, case: str | None, ids: tuple[int, ...]) -> None:
        """Remember the act's key, where it has one."""
        if act.key is not None:
            row = keys.key_values(act, case, ids, self._chain_head().id)
            self._connection.execute(keys.INSERT, [row])

    def touch(self) -> None:
        """Say that something was written that leaves no event."""
        self._touched = True

    def finish(self) -> None:
        """Write the counters; the last thing before the commit."""
        if self._touched:
            self.next_number(TOUCHED)
        for name, value in self._tallies.items():
            changed = self._connection.execute(
                tally.update().where(tally.c.name == name).values(value=value)
            )
            if changed.rowcount == 0:
                self._connection.execute(tally.insert().values(name=name, value=value))

    def _unknown(self, nos: Sequence[str]) -> list[str]:
        return [no for no in nos if no not in self._held and no not in self._new]

    def _chain_head(self) -> journal.Head:
        if self._head is None:
            self._head = journal.head(self._connection)
        return self._head

    def _checked(self, items: Sequence[Item]) -> dict[str, tuple[Case, Facets, datetime]]:
        """The last outcome of each case, each decided on what lies before it."""
        versions = {no: held.case.version for no, held in self._held.items()}
        last: dict[str, tuple[Case, Facets, datetime]] = {}
        for outcome, facets, act in items:
            case = outcome.case
            current = versions.get(case.no)
            if current is not None and case.version != current + 1:
                raise Stale(case.no, case.version - 1, current)
            versions[case.no] = case.version
            last[case.no] = (case, facets, act.recorded_at)
        return last

    def _save_cases(self, last: dict[str, tuple[Case, Facets, datetime]]) -> None:
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        runs = Runs()
        index = Index()
        for no, (case, facets, at) in last.items():
            held = self._held.get(no)
            text = search_text(case)
            row = self._row(case, facets, text)
            if held is None:
                row["v_id"], row["v_no"] = self._next_id(), no
                self._held[no] = Held(row["v_id"], case)
                new.append(row)
                index.add(row["v_id"], text, None)
            else:
                row["b_id"], row["b_version"] = held.id, held.case.version
                del row["v_no"]
                changed.append(row)
                index.add(held.id, text, search_text(held.case))
            runs.add(case, held.case if held else None, at)
        if new:
            self._connection.execute(_INSERT, new)
        if changed:
            self._update(_UPDATE, list(last), changed)
        runs.write(self._connection)
        if self._sqlite:
            index.write(self._connection)

    def _row(self, case: Case, facets: Facets, text: str) -> dict[str, Any]:
        values = case_values(
            case,
            is_open=case.state not in self._end_states,
            folded=None if self._sqlite else text,
        )
        values.update(facet_values(case, facets))
        return bare(values)

    def _next_id(self) -> int:
        if self._last_id is None:
            self._last_id = self._connection.execute(_LAST_ID).scalar() or 0
        self._last_id += 1
        return self._last_id

    def _update(self, statement: Update, nos: Sequence[str], rows: list[dict[str, Any]]) -> None:
        done = self._connection.execute(statement, rows).rowcount
        if done != len(rows):
            raise Stale(nos[0], int(rows[0]["b_version"]), None)

    def _save_events(self, items: Sequence[Item]) -> list[tuple[int, ...]]:
        start = self._chain_head()
        facts = [(e, o.case.area, act.seat) for o, _facets, act in items for e in o.events]
        self._head, rows, secret = journal.chain(start, facts)
        journal.append(self._connection, rows, secret)
        ids: list[tuple[int, ...]] = []
        kept: list[dict[str, object]] = []
        number = start.id
        for outcome, _facets, act in items:
            own = tuple(range(number + 1, number + 1 + len(outcome.events)))
            number += len(own)
            ids.append(own)
            if act.key is not None:
                kept.append(keys.key_values(act, outcome.case.no, own, number))
        if kept:
            self._connection.execute(keys.INSERT, kept)
        return ids

    def _end_alarms(self, last: dict[str, tuple[Case, Facets, datetime]]) -> None:
        ended = [(no, at) for no, (case, _f, at) in last.items() if case.state in self._end_states]
        for no, at in ended:
            if self._held[no].case.state not in self._end_states:
                alarms.end(self._connection, no, at)
