"""What an import did, counted row by row: new, changed, unchanged, rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dutydesk.desk.arriving import Judged
from dutydesk.intake import Rejected as Unreadable

INSIDE = (
    *("history", "unplaced", "fields", "due_moved", "urged", "withdrawn", "returned"),
    "standing",
)
"""What is counted inside new and changed."""
NEW_KINDS = (
    ("upstream_urged", "urged"),
    ("upstream_returned", "returned"),
    ("withdraw", "withdrawn"),
)


@dataclass(frozen=True, slots=True)
class Rejected:
    """One refused row in words: the file's own line, its column and value, why, and what else."""

    row: int
    column: str | None
    value: str | None
    reason: str
    also: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The entry of `rejected` in the answer of `dutydesk import --json`."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
            "also": list(self.also),
        }


@dataclass(frozen=True, slots=True)
class Imported:
    """A file accounted for: rows = new + changed + unchanged + rejected.

    `batch` is None after a preview. `details` counts what lies inside these numbers (history,
    unplaced, urged, due_moved, withdrawn, returned, standing, dropped_controls), names in
    `same_as` the batch that had the same bytes, in `newest_at` the latest reported time, says
    whether it was `cancelled`, and lists `changes` (row, case, external_no, kinds, fields).
    """

    batch: str | None
    file: str
    layout: str
    rows: int
    new: int
    changed: int
    unchanged: int
    rejected: tuple[Rejected, ...]
    details: Mapping[str, Any] = field(default_factory=dict)


class Account:
    """The counts of an import on its way; rows = new + changed + unchanged + rejected."""

    def __init__(self) -> None:
        self.rows = 0
        self.new = 0
        self.changed = 0
        self.unchanged = 0
        self.rejected: list[Rejected] = []
        self.changes: list[dict[str, Any]] = []
        self._inside: dict[str, int] = dict.fromkeys(INSIDE, 0)

    @property
    def inside(self) -> Mapping[str, int]:
        """What is counted inside new and changed."""
        return self._inside

    def take(self, judged: Sequence[Judged], rejected: Sequence[Rejected]) -> None:
        """Count the rows of one chunk."""
        self.rejected += sorted(rejected, key=lambda one: one.row)
        self.rows += len(rejected)
        for each in judged:
            if each.refused is None:
                self.rows += 1
                self._one(each)

    def _one(self, judged: Judged) -> None:
        if judged.result == "new":
            self.new += 1
        elif judged.result == "unchanged":
            self.unchanged += 1
        else:
            self.changed += 1
            self.changes.append(_change(judged))
        for kind in _kinds(judged):
            self._inside[kind] += 1


def _change(judged: Judged) -> dict[str, Any]:
    line = judged.line
    return {
        "row": line.row,
        "case": line.case,
        "external_no": line.external_no,
        "kinds": line.detail["kinds"],
        "fields": line.detail["changes"],
    }


def _kinds(judged: Judged) -> list[str]:
    if judged.result == "changed":
        return list(judged.line.detail["kinds"])
    if judged.result != "new":
        return []
    case = judged.items[-1][0].case
    found = ["history"] if case.state == "closed" else []
    if case.grid is None and not found:
        found.append("unplaced")
    verbs = {act.verb for _outcome, _facets, act in judged.items}
    found += [kind for verb, kind in NEW_KINDS if verb in verbs]
    return found


def unreadable(made: Unreadable) -> Rejected:
    """A row that intake refused, in words."""
    told = made.as_json()
    also = told["also"]
    assert isinstance(also, list)
    return Rejected(made.row, made.column, made.value, str(told["reason"]), tuple(also))
