"""Cases from a file: read in a stream, judged and saved in chunks, every row accounted for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dutydesk.desk.accounting import Account, Imported, Rejected, unreadable
from dutydesk.desk.arriving import Arriving, Judged
from dutydesk.desk.comparing import normal_name
from dutydesk.desk.owing import owe
from dutydesk.desk.placing import Placing
from dutydesk.errors import Refused
from dutydesk.intake import Cancellation, OpenReading, Row, load_layouts, open_reading
from dutydesk.intake import Rejected as Unreadable
from dutydesk.intake.checking import FIELDS
from dutydesk.intake.fields import distinct
from dutydesk.intake.headings import normal
from dutydesk.storage import Batch, Line, Unit
from dutydesk.text import one_line
from dutydesk.views.labels import Words
from dutydesk.views.wording import word
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.context import Context

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

CHUNK = 500
"""Rows judged and saved in one transaction."""
Progress = Callable[[int, float | None], None]


class _Preview(Exception):
    """Ends the transaction of a preview, so that nothing of it stays."""


def import_file(
    desk: Desk,
    path: str | Path,
    *,
    layout: str | Path | None = None,
    dry_run: bool = False,
    history: bool = False,
    by: Actor,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Imported:
    """Import a file into the desk's store, chunk by chunk.

    Raises BadInput for a file that is refused whole, StoreError when a chunk cannot be saved:
    what was saved before stays in and is recorded. A cancelled import gives what it did so far.
    """
    with open_reading(
        path, load_layouts(), layout=layout, progress=progress, cancelled=cancelled
    ) as reading:
        return _Import(desk, Path(path), reading, dry_run, history, by).run()


class _Import:
    """One import on its way: its counts and where it stands."""

    def __init__(
        self,
        desk: Desk,
        path: Path,
        reading: OpenReading,
        dry_run: bool,
        history: bool,
        by: Actor,
    ) -> None:
        self._desk = desk
        self._reading = reading
        self._dry_run = dry_run
        self._history = history
        self._placing = Placing(desk.ground.places)
        self._words = Words(desk.ground.procedure, desk.ground.language)
        self._covered = _covered(reading)
        self._file = path
        self._digest = _digest(path)
        self._record: Batch | None = None
        self._by = by
        self._same_as: str | None = None
        self._account = Account()

    def run(self) -> Imported:
        rows = iter(self._reading)
        cancelled = False
        while True:
            chunk: list[Row | Unreadable] = []
            try:
                chunk.extend(islice(rows, CHUNK))
            except Cancellation:
                cancelled = True
            if not chunk or cancelled:
                break
            self._take(chunk)
        return self._end(cancelled)

    def _take(self, chunk: list[Row | Unreadable]) -> None:
        """Judge and save one chunk in one transaction; a preview lets it go again."""
        try:
            with self._desk.store.unit() as unit:
                record = self._begun(unit)
                judged, lines, rejected = self._judged(unit, record.id, chunk)
                if self._dry_run:
                    self._account.take(judged, rejected)
                    raise _Preview
                items = [item for each in judged for item in each.items]
                unit.save_many(items)
                owe(unit, self._desk.ground.procedure, [item[0] for item in items], record.id)
                self._account.take(judged, rejected)
                self._record = self._counted(record)
                unit.save_batch(self._record, lines)
        except _Preview:
            return

    def _begun(self, unit: Unit) -> Batch:
        if self._record is not None:
            return self._record
        now = self._desk.now()
        self._same_as = self._same_as or unit.batch_of_file(self._digest)
        return Batch(
            id=unit.next_batch(now.date()),
            kind="import",
            area=self._desk.ground.area,
            file=one_line(self._file.name),
            at=now,
            by=str(self._by),
            digest=self._digest,
            layout=self._reading.layout.name,
            channel=self._reading.layout.channel,
            detail={"columns": distinct(self._reading.header)},
        )

    def _judged(
        self, unit: Unit, batch: str, chunk: list[Row | Unreadable]
    ) -> tuple[list[Judged], list[Line], list[Rejected]]:
        now = self._desk.now()
        contexts: dict[str, Context] = {}

        def rules(area: str) -> Context:
            if area not in contexts:
                contexts[area] = self._desk.ground.rules(unit.duty(area), now)
            return contexts[area]

        arriving = Arriving(
            unit,
            batch,
            now,
            layout=self._reading.layout,
            covered=self._covered,
            placing=self._placing,
            rules=rules,
            home=self._desk.ground.area,
            history=self._history,
        )
        rows = [made for made in chunk if isinstance(made, Row)]
        judged = arriving.judge(rows)
        rejected = [unreadable(made) for made in chunk if not isinstance(made, Row)]
        rejected += [
            self._refused(row, each.refused)
            for row, each in zip(rows, judged, strict=True)
            if each.refused is not None
        ]
        told = {one.row: one for one in rejected}
        lines = [each.line for each in judged if each.refused is None]
        numbers = {each.line.row: each.line.external_no for each in judged}
        lines += [
            Line(row, "rejected", None, numbers.get(row), one.as_json())
            for row, one in told.items()
        ]
        return judged, lines, rejected

    def _refused(self, row: Row, refused: Refused) -> Rejected:
        """A row whose act the rules refused, by the column that the rule speaks of."""
        name = str(refused.params.get("field") or refused.code)
        wanted = self._reading.layout.wanted.get(name, ())
        column = next((key for key in row.raw if normal_name(key) in wanted), None)
        value = row.raw[column] if column is not None else None
        return Rejected(row.number, column, value, word(refused, self._words))

    def _counted(self, record: Batch) -> Batch:
        account = self._account
        return replace(
            record,
            rows=account.rows,
            new=account.new,
            changed=account.changed,
            unchanged=account.unchanged,
            rejected=len(account.rejected),
        )

    def _end(self, cancelled: bool) -> Imported:
        details: dict[str, Any] = {
            **self._account.inside,
            "dropped_controls": self._reading.dropped_controls,
            "newest_at": self._reading.newest_at,
            "same_as": self._same_as,
            "cancelled": cancelled,
        }
        if self._record is not None:
            kept = {n: v for n, v in details.items() if v and n != "newest_at"}
            with self._desk.store.unit() as unit:
                unit.save_batch(replace(self._record, detail={**self._record.detail, **kept}))
        return Imported(
            batch=self._record.id if self._record is not None else None,
            file=str(self._file),
            layout=self._reading.layout.name,
            rows=self._account.rows,
            new=self._account.new,
            changed=self._account.changed,
            unchanged=self._account.unchanged,
            rejected=tuple(self._account.rejected),
            details={**details, "changes": self._account.changes},
        )


def _covered(reading: OpenReading) -> frozenset[str]:
    """The fields that the file's own columns can give: the others are not compared."""
    layout = reading.layout
    header = {normal(name) for name in reading.header}
    at = {name: 0 for name, keys in layout.wanted.items() if header.intersection(keys)}
    found = {name for name in FIELDS if layout.has(name, at)}
    if {"caller.name", "caller.phone"} & found:
        found.add("caller")
    return frozenset(found - {"channel", "external_no"})


def _digest(path: Path) -> str:
    """SHA-256 of the file's bytes: how a second import of the same file is known."""
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            found.update(block)
    return found.hexdigest()
