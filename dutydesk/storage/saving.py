"""Saving outcomes: case row, clock runs, events, keys and search index in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, bindparam, func, select

from dutydesk.storage import alarm_life, alarms, cases, keys
from dutydesk.storage.bare import bare, bare_insert, bare_values, raw_type
from dutydesk.storage.chain import Chain
from dutydesk.storage.faults import Stale
from dutydesk.storage.index import Index
from dutydesk.storage.mapping import case_values, facet_values, facts_text, search_text
from dutydesk.storage.prepared import Prepared
from dutydesk.storage.runs import Runs
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
_INSERT = Prepared(bare_insert(case_row))
_UPDATE = Prepared(case_row.update().where(_SAME).values(bare_values(case_row, without=_FIXED)))
_SWEPT = Prepared(
    case_row.update()
    .where(_SAME)
    .values({n: bindparam(f"v_{n}", type_=raw_type(case_row.c[n])) for n in _FACETS})
)
_LAST_ID = Prepared(select(func.max(case_row.c.id)))
_INSERT_TALLY = Prepared(bare_insert(tally))
_SET_TALLY = Prepared(
    tally.update().where(tally.c.name == bindparam("v_name")).values(value=bindparam("v_value"))
)
_TALLY = Prepared(select(tally.c.value).where(tally.c.name == bindparam("asked")))
Item = tuple[Outcome, Facets, Act]


class Held(NamedTuple):
    """A case as it lies in the store."""

    id: int
    case: Case


class Saving:
    """What one unit knows and is about to write; nobody else writes meanwhile.

    Rows are gathered and go out together before anything is read that they could change, so a
    chunk of acts costs a few round trips; their event ids are known at once, under the lock.
    """

    def __init__(self, connection: Connection, end_states: frozenset[str]) -> None:
        self._connection = connection
        self._end_states = end_states
        self._sqlite = connection.dialect.name == "sqlite"
        self._held: dict[str, Held] = {}
        self._latest: dict[str, tuple[Case, Facets, datetime]] = {}
        self._swept: dict[str, tuple[Case, Facets]] = {}
        self._external: dict[tuple[str, str], str] = {}
        self._chain = Chain(connection)
        self._new: set[str] = set()
        self._tallies: dict[str, int] = {}
        self._last_id: int | None = None
        self._touched = False

    # ── what the unit sees ──
    def hold(self, found: Iterable[tuple[int, Case]]) -> list[Case]:
        """Remember cases that were read, and give them as this unit last saw or saved them."""
        return [self._seen(case.no, Held(row, case)) for row, case in found]

    def _seen(self, no: str, read: Held) -> Case:
        held = self._held.setdefault(no, read)
        return self._latest[no][0] if no in self._latest else held.case

    def case(self, no: str) -> Case | None:
        """The case of a full number, as this unit last saved it."""
        if no in self._latest:
            return self._latest[no][0]
        if no not in self._held:
            found = cases.one(self._connection, no)
            if found is None:
                return None
            self._held[no] = Held(*found)
        return self._held[no].case

    def many(self, nos: Sequence[str]) -> list[Case]:
        """The cases of full numbers in that order; unknown ones are left out."""
        self.hold(cases.many(self._connection, self._unknown(nos)))
        known = [no for no in cases.numbers(nos) if no in self._latest or no in self._held]
        return [case for no in known if (case := self.case(no)) is not None]

    def by_external(self, channel: str, numbers: Sequence[str]) -> dict[str, Case]:
        """The cases that came through a channel under these numbers, by that number."""
        waiting = {n: self._external.get((channel, n)) for n in numbers}
        found = {n: self._latest[no][0] for n, no in waiting.items() if no is not None}
        asked = [n for n, no in waiting.items() if no is None]
        if asked:
            read = self.hold(cases.by_external(self._connection, channel, asked))
            found.update((case.external_no or "", case) for case in read)
        return found

    def kept(self, key: str) -> keys.Kept | None:
        """The act that was done under a key."""
        return self._chain.kept(key)

    def next_number(self, name: str) -> int:
        """The next value of a named counter; the same one comes never again once committed."""
        if name not in self._tallies:
            row = _TALLY.row(self._connection, {"asked": name})
            self._tallies[name] = int(row[0]) if row else 0
        self._tallies[name] += 1
        return self._tallies[name]

    def next_no(self, area: str, day: date) -> str:
        """Area + yyMMdd + four digits; the 10,000th of a day gets a fifth digit."""
        stem = f"{area}{day:%y%m%d}"
        no = f"{stem}{self.next_number(f'no:{stem}'):04d}"
        self._new.add(no)
        return no

    def touch(self) -> None:
        """Say that something was written that leaves no event."""
        self._touched = True

    # ── what the unit writes ──
    def save(self, items: Sequence[Item]) -> list[tuple[int, ...]]:
        """Take outcomes in their order; gives the event ids of each.

        Raises Stale when a case is no longer the one its outcome was decided on.
        """
        nos = [outcome.case.no for outcome, _facets, _act in items]
        self.hold(cases.many(self._connection, self._unknown(nos)))
        if not self._swept.keys().isdisjoint(nos):
            self.flush()
        return [self._take(outcome, facets, act) for outcome, facets, act in items]

    def _take(self, outcome: Outcome, facets: Facets, act: Act) -> tuple[int, ...]:
        case = outcome.case
        before = self._latest[case.no][0] if case.no in self._latest else None
        if before is None and case.no in self._held:
            before = self._held[case.no].case
        if before is not None and case.version != before.version + 1:
            raise Stale(case.no, case.version - 1, before.version)
        self._latest[case.no] = (case, facets, act.recorded_at)
        if case.external_no is not None:
            self._external[case.channel, case.external_no] = case.no
        return self._chain.add(outcome.events, case.area, case.no, act)

    def save_swept(self, items: Sequence[tuple[Case, Facets]]) -> None:
        """Take rungs and facets that time moved: no event, and the version stays.

        Someone with the case open has seen nothing change; the change mark moves.
        """
        if not self._latest.keys().isdisjoint(case.no for case, _facets in items):
            self.flush()
        self.hold(cases.many(self._connection, self._unknown([case.no for case, _f in items])))
        for case, facets in items:
            held = self._held.get(case.no)
            if held is None or held.case.version != case.version:
                raise Stale(case.no, case.version, held.case.version if held else None)
            self._held[case.no] = Held(held.id, case)
            self._swept[case.no] = (case, facets)
            self.touch()

    def add_events(self, events: Sequence[Event], area: str, act: Act) -> tuple[int, ...]:
        """Take the events of an act that concerns the desk; gives their ids."""
        return self._chain.add(events, area, None, act)

    def forget(self, nos: Sequence[str] | None) -> None:
        """Know these cases (all with None) no longer: they are changed past this unit's back."""
        self.flush()
        if nos is None:
            self._held.clear()
        for no in nos or ():
            self._held.pop(no, None)
        self._last_id = None
        self._external.clear()
        self.touch()

    def unfind(self, nos: Sequence[str]) -> None:
        """Take cases that are about to be removed out of the search index."""
        self.flush()
        self.hold(cases.many(self._connection, self._unknown(nos)))
        lost = Index()
        for no in nos:
            if no in self._held:
                lost.remove(self._held[no].id, search_text(self._held[no].case))
        if self._sqlite:
            lost.write(self._connection)

    def flush(self) -> None:
        """Write what was taken; nothing is committed yet."""
        if self._swept:
            rows = [self._swept_row(case, facets) for case, facets in self._swept.values()]
            self._update(_SWEPT, list(self._swept), rows)
            self._swept.clear()
        if self._latest:
            self._write_cases()
        self._chain.flush()

    def finish(self) -> None:
        """Write what was taken and the counters; the last thing before the commit."""
        self.flush()
        if self._touched:
            self.next_number(TOUCHED)
        for name, value in self._tallies.items():
            row = {"v_name": name, "v_value": value}
            if _SET_TALLY.write(self._connection, [row]) == 0:
                _INSERT_TALLY.write(self._connection, [row])

    def _unknown(self, nos: Sequence[str]) -> list[str]:
        known = (self._held, self._new, self._latest)
        return [no for no in cases.numbers(nos) if not any(no in some for some in known)]

    def _write_cases(self) -> None:
        new: list[dict[str, Any]] = []
        changed: dict[str, dict[str, Any]] = {}
        runs = Runs()
        index = Index()
        for no, (case, facets, at) in self._latest.items():
            held = self._held.get(no)
            text = search_text(case)
            row = self._row(case, facets, text)
            if held is None:
                row["v_id"] = number = self._next_id()
                new.append(row)
                index.add(number, text, None)
            else:
                number = held.id
                del row["v_no"]
                row["b_id"], row["b_version"] = number, held.case.version
                changed[no] = row
                index.add(number, text, search_text(held.case))
                if case.state in self._end_states and held.case.state not in self._end_states:
                    alarms.end(self._connection, no, at)
                elif over := _over(held.case, case):
                    alarm_life.cleared(self._connection, no, over, at)
            runs.add(case, held.case if held else None, at)
            self._held[no] = Held(number, case)
        self._latest.clear()
        self._external.clear()
        if new:
            _INSERT.write(self._connection, new)
        if changed:
            self._update(_UPDATE, list(changed), list(changed.values()))
        runs.write(self._connection)
        if self._sqlite:
            index.write(self._connection)

    def _row(self, case: Case, facets: Facets, text: str) -> dict[str, Any]:
        values = case_values(
            case,
            is_open=case.state not in self._end_states,
            folded=None if self._sqlite else text,
        )
        values.update(facet_values(facets))
        return bare(values)

    def _swept_row(self, case: Case, facets: Facets) -> dict[str, Any]:
        row = bare(facet_values(facets) | {"facts": facts_text(case)})
        row["b_id"], row["b_version"] = self._held[case.no].id, case.version
        return row

    def _next_id(self) -> int:
        if self._last_id is None:
            row = _LAST_ID.row(self._connection, {})
            self._last_id = int(row[0] or 0) if row else 0
        self._last_id += 1
        return self._last_id

    def _update(self, statement: Prepared, nos: Sequence[str], rows: list[dict[str, Any]]) -> None:
        done = statement.write(self._connection, rows)
        if done != len(rows):
            raise Stale(nos[0], int(rows[0]["b_version"]), None)


def _over(before: Case, after: Case) -> list[int]:
    """The clock runs that ran before and run no longer."""
    ran = {clock.id for clock in before.running()}
    return [clock.id for clock in after.clocks if clock.id in ran and not clock.running]
