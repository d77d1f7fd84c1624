"""Results go back: closed and refused cases of a channel, each once, in the layout they came in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.desk.comparing import normal_name
from dutydesk.desk.owing import carried
from dutydesk.desk.results import column_of, outcome_of, value_of
from dutydesk.desk.sheets import form_of, written
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.intake import OWN, Layout, load_layouts
from dutydesk.storage import Batch, Unit
from dutydesk.storage.queries.arrivals import Arrival, last_of
from dutydesk.storage.queries.exports import finished, refusals
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.procedure import Procedure

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

_REPEATED = re.compile(r"(.*)#(\d+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Exported:
    """One way back: the batch and its counts; without rows nothing was written."""

    batch: str | None
    file: str | None
    channel: str
    layout: str | None
    rows: int
    closed: int
    refused: int
    message: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The layout of the file, its columns, and what fills them."""

    layout: Layout
    header: tuple[str, ...]
    rows: list[list[str]]


def export(desk: Desk, channel: str, out: Path, *, all_: bool = False, by: Actor) -> Exported:
    """Write the results of a channel that have not gone back yet (with `all_`: all) into a file.

    The file is there only when the record says so, and the other way round. Raises BadInput for
    an ending other than csv, tsv, xlsx, jsonl, an unknown channel, or a file that is there
    already and holds something (with `all_` it is replaced).
    """
    form_of(out)
    choices = desk.ground.procedure.fields["channel"].choices
    if channel not in choices:
        message = _("没有来源渠道 {channel}").format(channel=channel)
        raise BadInput(message, expected=", ".join(choices))
    with desk.store.unit() as unit:
        procedure = desk.ground.procedure
        closed, refused = procedure.led_to("closed"), procedure.led_to("refused")
        found = finished(unit.connection, channel, closed=closed, refused=refused, everything=all_)
        if not found:
            said = _("{channel} 没有要写回的案件").format(channel=channel)
            return Exported(None, None, channel, None, 0, 0, 0, said)
        if not all_ and out.exists() and out.stat().st_size:
            raise BadInput(
                _("文件已经在那里，里面可能是还没有交出去的结果"),
                file=str(out),
                expected=_("另一个文件名"),
            )
        sheet = _sheet(unit, found, procedure)
        number = unit.next_batch(desk.now().date())
        with written(out, sheet.header, sheet.rows):
            exported = _counted(number, out, channel, sheet.layout, found, closed)
            _record(desk, unit, exported, found, by)
    return exported


def _counted(
    number: str,
    out: Path,
    channel: str,
    layout: Layout,
    found: Sequence[Case],
    ended: Collection[str],
) -> Exported:
    closed = sum(1 for case in found if case.state in ended)
    said = _("写回 {rows} 件，批次 {batch}").format(rows=len(found), batch=number)
    return Exported(
        batch=number,
        file=str(out),
        channel=channel,
        layout=layout.name,
        rows=len(found),
        closed=closed,
        refused=len(found) - closed,
        message=said,
    )


def _record(desk: Desk, unit: Unit, exported: Exported, found: Sequence[Case], by: Actor) -> None:
    assert exported.batch is not None
    now = desk.now()
    batch = Batch(
        id=exported.batch,
        kind="export",
        area=desk.ground.area,
        file=Path(exported.file or "").name,
        at=now,
        by=str(by),
        layout=exported.layout,
        channel=exported.channel,
        rows=exported.rows,
        detail={"closed": exported.closed, "refused": exported.refused},
    )
    unit.save_batch(batch)
    unit.mark_returned(exported.batch, [(case.no, case.run) for case in found], now)
    carried(unit, exported.batch, found, by, now)


def _sheet(unit: Unit, found: Sequence[Case], procedure: Procedure) -> _Sheet:
    """The cases in the layout of the newest import among them; cases by hand in dutydesk's own."""
    nos = [case.no for case in found]
    arrivals = last_of(unit.connection, nos)
    turned = procedure.led_to("refused")
    ended = [case.no for case in found if case.state in turned]
    said = refusals(unit.connection, ended, procedure.doing_to_case("refused"))
    layouts = {layout.name: layout for layout in load_layouts()}
    newest = max(
        arrivals.values(), key=lambda a: (a.at, len(a.batch), a.batch, a.row), default=None
    )
    layout = layouts[OWN] if newest is None else layouts.get(newest.layout or "", layouts[OWN])
    columns = newest.columns if newest is not None else layout.columns
    returns = {name: column_of(layout, name) for name in _returning(layout)}
    present = {normal_name(column) for column in columns}
    extra = [c for c in dict.fromkeys(returns.values()) if normal_name(c) not in present]
    header = (*(_own_name(c, i) for i, c in enumerate(columns, start=1)), *extra)
    keys = (*columns, *extra)
    said = {no: said.get(no, {}) for no in ended}
    rows = [
        _row(case, arrivals.get(case.no), layout, keys, returns, said.get(case.no))
        for case in found
    ]
    return _Sheet(layout, header, rows)


def _returning(layout: Layout) -> tuple[str, ...]:
    """The results that the layout has a column for."""
    return tuple(n for n in ("result", "closed_at", "status", "reason") if n in layout.returns)


def _row(
    case: Case,
    arrival: Arrival | None,
    layout: Layout,
    keys: Sequence[str],
    returns: Mapping[str, str],
    refusal: Mapping[str, object] | None,
) -> list[str]:
    """What came in, column by column, with what became of it laid over.

    `refusal` is None for a case that was closed.
    """
    raw: Mapping[str, str] = arrival.raw if arrival is not None else {}
    by_name = {normal_name(key): value for key, value in raw.items()}
    over = {
        normal_name(returns[name]): text
        for name, text in outcome_of(case, layout, refusal, set(returns)).items()
    }
    cells: list[str] = []
    for key in keys:
        name = normal_name(key)
        if name in over:
            cells.append(over[name])
        elif key in raw:
            cells.append(raw[key])
        else:
            cells.append(by_name[name] if name in by_name else value_of(case, layout, name))
    return cells


def _own_name(key: str, position: int) -> str:
    """A column's name as the file had it: without the position that told it from another."""
    found = _REPEATED.fullmatch(key)
    return found[1] if found is not None and int(found[2]) == position else key
