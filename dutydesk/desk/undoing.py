"""Taking back an import whose cases nobody has touched since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from dutydesk.desk.arriving import SYSTEM
from dutydesk.desk.owing import owe
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.storage import Line, Unit
from dutydesk.storage.codec import codec
from dutydesk.storage.saving import Item
from dutydesk.workflow.cases.acts import Act, Event, Outcome
from dutydesk.workflow.cases.decide import decide
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.cases.summary import facets

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk


class Undone(NamedTuple):
    """What a batch taken back undid: cases withdrawn, and cases put back as they were."""

    batch: str
    withdrawn: int
    put_back: int


def undo_import(desk: Desk, batch: str, by: Actor) -> Undone:
    """Take back a batch in one transaction.

    New cases are withdrawn and their numbers set free, changed ones are as before. Raises
    BadInput for an unknown, exported or undone batch, Refused (stale) when somebody acted on a
    case.
    """
    with desk.store.unit() as unit:
        found = unit.batch(batch)
        if found is None or found[0].kind not in ("import", "paste"):
            raise BadInput(_("没有编号为 {batch} 的导入批次").format(batch=batch))
        record, lines = found
        if record.undone_at is not None:
            raise BadInput(_("批次 {batch} 已经撤回过").format(batch=batch))
        telling = [line for line in lines if line.result in ("new", "changed") and line.case]
        _untouched(unit, batch, telling)
        undoing = _Undoing(desk, unit, batch, desk.now())
        for line in reversed(telling):
            undoing.take_back(line)
        undoing.finish()
        detail = {**record.detail, "undone_by": str(by)}
        unit.save_batch(replace(record, undone_at=desk.now(), detail=detail))
        return Undone(batch, undoing.withdrawn, undoing.put_back)


def _untouched(unit: Unit, batch: str, lines: Sequence[Line]) -> None:
    """Every case stands in the version in which the batch left it."""
    left: dict[str, int] = {}
    for line in lines:
        left.update(line.detail["after"])
    unit.cases(list(left))
    cases = ((no, unit.case(no)) for no in left)
    moved = [no for no, case in cases if case is None or case.version != left[no]]
    if moved:
        raise Refused("stale", {"batch": batch, "cases": moved}, None)


class _Undoing:
    """The rows of a batch taken back from the last to the first."""

    def __init__(self, desk: Desk, unit: Unit, batch: str, now: datetime) -> None:
        self._desk = desk
        self._unit = unit
        self._batch = batch
        self._now = now
        self._before: dict[str, Case] = {}
        self._items: list[Item] = []
        self.withdrawn = 0
        self.put_back = 0

    def take_back(self, line: Line) -> None:
        for no, document in line.detail.get("before", {}).items():
            self._before[no] = codec(Case).read(document)
        if line.result == "new" and line.case is not None:
            case = self._unit.case(line.case)
            assert case is not None
            # A later row of the same batch may have changed it: withdrawn is enough for both.
            self._before.pop(line.case, None)
            self._withdraw(case)

    def finish(self) -> None:
        """Put back what was only changed, and save everything."""
        for no, before in self._before.items():
            case = self._unit.case(no)
            assert case is not None
            self._put_back(case, before)
        self._unit.save_many(self._items)
        owe(self._unit, self._desk.ground.procedure, [item[0] for item in self._items])

    def _act(self, case: Case) -> Act:
        fields = {"batch": self._batch}
        return Act("take_back", SYSTEM, self._now, self._now, case.no, fields)

    def _withdraw(self, case: Case) -> None:
        act = self._act(case)
        context = self._desk.ground.rules(self._unit.duty(case.area), self._now)
        outcome = decide(case, act, context)
        self._items.append((outcome, facets(outcome.case, context), act))
        self.withdrawn += 1

    def _put_back(self, case: Case, before: Case) -> None:
        """The case as it was; clocks that only the batch started are ended, not forgotten."""
        known = {clock.id for clock in before.clocks}
        added = tuple(
            clock
            if clock.stopped_at is not None
            else replace(clock, stopped_at=self._now, stopped_by=case.last_seq + 1, ended=True)
            for clock in case.clocks
            if clock.id not in known
        )
        restored = replace(
            before,
            version=case.version + 1,
            last_seq=case.last_seq + 1,
            last_act_at=self._now,
            clocks=(*before.clocks, *added),
        )
        act = self._act(case)
        event = Event(
            verb=act.verb,
            at=self._now,
            recorded_at=self._now,
            by=SYSTEM,
            case=case.no,
            state=restored.state,
            seq=restored.last_seq,
            data=dict(act.fields),
            clause=self._desk.ground.procedure.cites("import_undone"),
        )
        context = self._desk.ground.rules(self._unit.duty(case.area), self._now)
        outcome = Outcome(restored, (event,), ())
        self._items.append((outcome, facets(restored, context), act))
        self.put_back += 1
