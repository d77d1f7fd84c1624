"""A spot-check on site goes on the record: where, when, what was looked at, and the verdict."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Required, TypedDict

from dutydesk.errors import Refused
from dutydesk.storage import Inspection, Unit
from dutydesk.workflow.cases.acts import Act, Event
from dutydesk.workflow.cases.decide import LATE_ENTRY, plain
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.places import Grid
from dutydesk.workflow.time.zone import to_local

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk
    from dutydesk.workflow.procedure import Procedure

REASONS = {
    "repeated": "重复案件",
    "category": "类别与描述明显不符",
    "result": "上报或处置结果不符合标准",
}
"""Why a case is picked (X-4.2.2.5): the code that is kept, and the words that are taken for it."""


CLAUSE = "inspection"
REASON_CLAUSE = "inspection_reason"
"""What the procedure's `[clauses]` cites for a spot-check and for its reason."""


class Found(TypedDict, total=False):
    """What an inspector says of a spot-check: what he looked at, his verdict, when and where.

    `case` is a number, or `none_open` that no case was open there; `reason` one of REASONS by code
    or in words; `at` is now where it is not given.
    """

    case: str | None
    none_open: bool
    reason: str | None
    verdict: Required[str | None]
    at: datetime | None
    place: str | None


def inspect(desk: Desk, grid: str, by: Actor, found: Found) -> Inspection:
    """Record one spot-check of a grid of this area by its inspector (A-17).

    It looks at one case, or says that none was open there. Raises Refused: not_your_role,
    missing_field, bad_value (grid of this area, case, reason), time_order.
    """
    now, at, case = desk.now(), found.get("at"), found.get("case")
    procedure = desk.ground.procedure
    none_open = found.get("none_open", False)
    moment = to_local(at) if at is not None else now
    said = (found["verdict"] or "").strip()
    _complete(by, procedure, said, looked=bool(case) or none_open)
    where, code = _grid(desk, grid), _reason(procedure, found.get("reason"))
    if moment > now:
        params = {"field": "at", "value": moment, "latest": now}
        raise Refused("time_order", params, procedure.cites(CLAUSE))
    with desk.store.unit() as unit:
        clause = procedure.cites(CLAUSE)
        looked_at = _case(unit.case(case), case, none_open, where, moment, clause) if case else None
        record = Inspection(
            area=where.area,
            grid=where.name,
            at=moment,
            recorded_at=now,
            by=str(by),
            verdict=said,
            case=looked_at.no if looked_at is not None else None,
            none_open=none_open,
            reason=code,
            place=(found.get("place") or "").strip() or None,
        )
        _save(unit, record, by, clause)
    return record


def _save(unit: Unit, record: Inspection, by: Actor, clause: str | None) -> None:
    """The record and its event of the journal."""
    number = unit.save_inspection(record)
    act = Act("inspect", by, record.at, record.recorded_at, fields=_data(record, number))
    unit.save_duty(unit.duty(record.area), (_event(act, number, clause),), act)


def _complete(by: Actor, procedure: Procedure, verdict: str, *, looked: bool) -> None:
    """Only the inspector gives a verdict, and he says on what."""
    inspector, clause = procedure.parts.inspector, procedure.cites(CLAUSE)
    if inspector is None or by.role != inspector:
        allowed = [inspector] if inspector else []
        raise Refused("not_your_role", {"role": by.role, "allowed": allowed}, clause)
    for name, given in (("verdict", verdict), ("case", looked)):
        if not given:
            raise Refused("missing_field", {"field": name}, clause)


def _grid(desk: Desk, text: str) -> Grid:
    """The grid named; it lies in the area of this desk."""
    places = desk.ground.places
    found = places.grid(text)
    mine = [grid.short for grid in places.grids if grid.area == desk.ground.area]
    if found is None or found.area != desk.ground.area:
        params = {"field": "grid", "value": text, "expected": mine}
        raise Refused("bad_value", params, desk.ground.procedure.cites(CLAUSE))
    return found


def _reason(procedure: Procedure, text: str | None) -> str | None:
    """The code of a reason given as code or in words; None where none is given."""
    said = (text or "").strip()
    if not said:
        return None
    for code, words in REASONS.items():
        if said in (code, words):
            return code
    params = {"field": "reason", "value": said, "expected": list(REASONS)}
    raise Refused("bad_value", params, procedure.cites(REASON_CLAUSE))


def _case(
    found: Case | None, no: str, none_open: bool, grid: Grid, at: datetime, clause: str | None
) -> Case:
    """The case that was looked at: known, received by then, and not of another grid."""
    if found is None or none_open:
        params = {"field": "case", "value": no, "expected": "a case, or none open"}
        raise Refused("bad_value", params, clause)
    if found.grid is not None and found.grid != grid.name:
        params = {"field": "grid", "value": grid.name, "expected": found.grid}
        raise Refused("bad_value", params, clause)
    if at < found.received_at:
        moments: dict[str, object] = {"value": at, "earliest": found.received_at}
        raise Refused("time_order", {"field": "at", **moments}, clause)
    return found


def _data(record: Inspection, number: int) -> dict[str, object]:
    """What the event says beyond who and when."""
    names = ("grid", "case", "none_open", "reason", "verdict", "place")
    given = {name: plain(getattr(record, name)) for name in names}
    return {"inspection": number, **{n: v for n, v in given.items() if v not in (None, False)}}


def _event(act: Act, number: int, clause: str | None) -> Event:
    return Event(
        verb=act.verb,
        at=act.at,
        recorded_at=act.recorded_at,
        by=act.by,
        case=None,
        state=None,
        seq=number,
        data=act.fields,
        clause=clause,
        late_entry=act.recorded_at - act.at > LATE_ENTRY,
    )
