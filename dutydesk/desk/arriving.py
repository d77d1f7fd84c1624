"""What one row of a file does to the record: a new case, a change of a known one, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dutydesk.desk.comparing import normal_name, said, said_of, same, shown, unguarded
from dutydesk.desk.known import known_cases
from dutydesk.desk.placing import Placing
from dutydesk.errors import Refused
from dutydesk.intake import Layout, Row
from dutydesk.storage import Line, Unit
from dutydesk.storage.codec import codec
from dutydesk.storage.queries.arrivals import Arrival, last_of
from dutydesk.storage.saving import Item
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.decide import decide
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.cases.summary import facets
from dutydesk.workflow.context import Context
from dutydesk.workflow.places import Places

SYSTEM = Actor("system")


@dataclass(slots=True)
class Judged:
    """One row judged: its result, the outcomes to be saved, and the line of the batch."""

    line: Line
    items: list[Item] = field(default_factory=list)
    refused: Refused | None = None

    @property
    def result(self) -> str:
        return self.line.result


class Arriving:
    """Judges the rows of one chunk inside a unit; the unit's cases are seen as they become."""

    def __init__(
        self,
        unit: Unit,
        batch: str,
        now: datetime,
        *,
        layout: Layout,
        covered: frozenset[str],
        placing: Placing,
        rules: Callable[[str], Context],
        home: str,
        history: bool,
    ) -> None:
        self._unit = unit
        self._batch = batch
        self._now = now
        self._layout = layout
        self._covered = covered
        self._placing = placing
        self._rules = rules
        self._home = home
        self._history = history
        self._latest: dict[str, Case] = {}

    def judge(self, rows: Sequence[Row]) -> list[Judged]:
        """The rows in their order, each judged on what the ones before it left."""
        known = known_cases(self._unit, rows, self._layout)
        before = last_of(self._unit.connection, [c.no for c in known.values()]) if known else {}
        judged: list[Judged] = []
        for row in rows:
            case = known.get((row.fields["channel"], row.fields["external_no"]))
            try:
                if case is None:
                    judged.append(self._new(row))
                else:
                    judged.append(self._known_row(row, case, before.get(case.no)))
            except Refused as refused:
                number = str(row.fields["external_no"])
                judged.append(Judged(Line(row.number, "rejected", None, number), refused=refused))
        return judged

    # ── a number nobody knows ──

    def _new(self, row: Row) -> Judged:
        fields = self._fields(row)
        placed = self._placing.of(fields, row.hints)
        fields.pop("area", None)
        fields.pop("grid", None)
        area = placed.area or self._home
        fields["area"] = area
        if placed.grid is not None:
            fields["grid"] = placed.grid
        history = row.history or self._history
        if history:
            fields["history"] = True
        fields |= {"batch": self._batch, "row": row.number, "layout": self._layout.name}
        context = self._rules(area)
        no = self._unit.next_no(area, self._now.date())
        work = _Steps(self._now, context)
        work.do(None, "register", fields, no)
        if not history:
            self._standing_of_new(row, work, no)
        detail: dict[str, Any] = {
            "said": said(row),
            "raw": list(row.raw.values()),
            "after": work.versions(),
        }
        _stand(detail, row)
        if row.warnings:
            detail["remarks"] = [[w.code, dict(w.params)] for w in row.warnings]
        number = str(fields["external_no"])
        return Judged(Line(row.number, "new", no, number, detail), work.items)

    def _standing_of_new(self, row: Row, work: _Steps, no: str) -> None:
        about: dict[str, object] = {"batch": self._batch, "row": row.number}
        if row.standing == "urged" or row.urges:
            work.do(work.case(no), "upstream_urged", about)
        known = self._rules(self._home).procedure.acts
        if row.standing == "returned" and "upstream_returned" in known:
            why = about | {"reason": self._word(row)}
            work.do(work.case(no), "upstream_returned", why)
        if row.standing == "withdrawn":
            work.do(work.case(no), "withdraw", {"reason": self._word(row)})

    def _fields(self, row: Row) -> dict[str, Any]:
        """The row's fields as `register` takes them; a word it does not know is left in `raw`."""
        fields = {n: v for n, v in row.fields.items() if v is not None}
        for name in ("description", "place"):
            text = fields.get(name)
            if isinstance(text, str):
                fields[name] = unguarded(text)
        places: Places = self._rules(self._home).places
        if "cross_grids" in fields:
            fields["cross_grids"] = [n for n in _texts(fields["cross_grids"]) if places.grid(n)]
        kind = self._rules(self._home).procedure.fields["pain_points"]
        if "pain_points" in fields:
            known = [n for n in _texts(fields["pain_points"]) if n in kind.choices]
            fields["pain_points"] = known
        return fields

    # ── a number that is known ──

    def _known_row(self, row: Row, case: Case, arrival: Arrival | None) -> Judged:
        case = self._latest.get(case.no, case)
        prior = arrival.detail if arrival is not None else {"said": said_of(case)}
        before: Mapping[str, Any] = prior.get("said", {})
        told = said(row)
        changes = self._changes(before, told)
        work = _Steps(self._now, self._rules(case.area))
        kinds = self._follow(row, case, prior, changes, work)
        number = str(row.fields["external_no"])
        if not kinds:
            return Judged(Line(row.number, "unchanged", case.no, number))
        detail: dict[str, Any] = {
            "changes": changes,
            "kinds": kinds,
            "said": {n: v for n, v in before.items() if n not in self._covered} | told,
            "raw": list(row.raw.values()),
            "after": work.versions(),
            "before": {no: codec(Case).write(held) for no, held in work.before.items()},
        }
        if prior.get("urges") is not None:
            detail["urges"] = prior["urges"]
        _stand(detail, row)
        self._latest.update({o.case.no: o.case for o, _facets, _act in work.items})
        return Judged(Line(row.number, "changed", case.no, number, detail), work.items)

    def _changes(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[object]]:
        """Each field of the file's own columns that says something else: old and new value."""
        found: dict[str, list[object]] = {}
        for name in sorted(self._covered):
            before, after = old.get(name), new.get(name)
            if not same(before, after):
                found[name] = [shown(name, before), shown(name, after)]
        return found

    def _follow(
        self,
        row: Row,
        case: Case,
        prior: Mapping[str, Any],
        changes: dict[str, list[object]],
        work: _Steps,
    ) -> list[str]:
        """Tell the case what the platform says now; gives what kinds of news there were."""
        about: dict[str, object] = {"batch": self._batch, "row": row.number}
        kinds: list[str] = []
        if changes:
            told = {name: "" if new is None else new for name, (_old, new) in changes.items()}
            fields = about | {"changes": told}
            if "caller" in changes and row.fields.get("caller"):
                fields["caller"] = row.fields["caller"]
            work.do(work.case(case.no, case), "upstream_changed", fields)
            kinds.append("fields")
            if "upstream_due" in changes:
                kinds.append("due_moved")
        was = prior.get("standing", "open")
        more = (row.urges or 0) > int(prior.get("urges") or 0)
        if more or (row.standing == "urged" and was != "urged"):
            work.do(work.case(case.no, case), "upstream_urged", about)
            kinds.append("urged")
        if row.standing != was:
            news = self._moved(row, work.case(case.no, case), was, about, work)
            if news is not None:
                kinds.append(news)
                changes["status"] = [was, row.standing]
        return kinds

    def _moved(
        self, row: Row, case: Case, was: str, about: dict[str, object], work: _Steps
    ) -> str | None:
        """What a new standing means for the case; None where it says nothing new."""
        if row.standing == "returned":
            due = row.fields.get("upstream_due")
            fields = about | {"reason": self._word(row)} | ({"upstream_due": due} if due else {})
            work.do(self._into(case, work), "upstream_returned", fields)
            return "returned"
        ended = self._rules(case.area).procedure.states[case.state].end
        if row.standing == "withdrawn" and case.state != "withdrawn":
            try:
                work.do(case, "withdraw", {"reason": self._word(row)})
            except Refused:
                return "standing"
            return "withdrawn"
        if row.standing == "history":
            return None if ended else "standing"
        return "standing" if row.standing == "open" and was in ("withdrawn", "history") else None

    def _into(self, case: Case, work: _Steps) -> Case:
        """What comes back to a merged case goes to the one it is in (T37)."""
        while case.merged_into is not None:
            into = self._latest.get(case.merged_into) or self._unit.case(case.merged_into)
            if into is None:
                break
            case = work.case(into.no, into)
        return case

    def _word(self, row: Row) -> str:
        """The upstream platform's own word for the standing, else its name."""
        names = set(self._layout.wanted.get("status", ()))
        from_raw = (v for k, v in row.raw.items() if normal_name(k) in names and v.strip())
        return next(from_raw, row.standing).strip()


class _Steps:
    """The acts on the cases of one row, each decided on what the one before left."""

    def __init__(self, now: datetime, context: Context) -> None:
        self._now = now
        self._context = context
        self._latest: dict[str, Case] = {}
        self.before: dict[str, Case] = {}
        self.items: list[Item] = []

    def case(self, no: str, otherwise: Case | None = None) -> Case:
        found = self._latest.get(no, otherwise)
        if found is None:
            raise KeyError(no)
        return found

    def do(self, case: Case | None, verb: str, fields: Mapping[str, object], no: str = "") -> None:
        """Decide one act of the system; raises Refused."""
        act = Act(verb, SYSTEM, self._now, self._now, case.no if case else None, fields)
        outcome = decide(case, act, self._context, new_no=no)
        if case is not None:
            self.before.setdefault(case.no, case)
        self._latest[outcome.case.no] = outcome.case
        self.items.append((outcome, facets(outcome.case, self._context), act))

    def versions(self) -> dict[str, int]:
        """The version in which each case was left."""
        return {no: case.version for no, case in self._latest.items()}


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)]


def _stand(detail: dict[str, Any], row: Row) -> None:
    if row.standing != "open":
        detail["standing"] = row.standing
    if row.urges is not None:
        detail["urges"] = row.urges
