"""Whether what a procedure says of the platforms makes sense: known acts, fields with a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from dutydesk.workflow.check_problem import Problem
from dutydesk.workflow.procedure_model import Procedure
from dutydesk.workflow.writeback import COPIED, Copied, WriteBack

BASES = ("text", "house")


def writeback_problems(procedure: Procedure) -> Iterator[Problem]:
    """Every name that is not known, a field without a label, an order without a field."""
    told = procedure.writeback
    if told.basis not in BASES or (told.basis == "text" and not told.clause):
        params = {"basis": told.basis, "clause": told.clause}
        yield Problem("value_not_marked", "writeback", params)
    known = procedure.acts
    for verb, act in told.acts.items():
        where = f"writeback.acts.{verb}"
        yield from _each("unknown_verb", where, [verb], known)
        yield from _each("unknown_verb", where, (*act.covers, *act.recalls), told.acts)
        yield from _order(told, where, act.fields)
    for verb, void in told.voids.items():
        yield from _each("unknown_verb", f"writeback.voids.{verb}", [verb], known)
        yield from _each("unknown_verb", f"writeback.voids.{verb}", [void], told.acts)
    yield from _each("unknown_verb", "writeback.moves_on", told.moves_on, known)
    channels = procedure.fields["channel"].choices if "channel" in procedure.fields else ()
    for channel, orders in told.channels.items():
        where = f"writeback.channels.{channel}"
        yield from _each("unknown_value", where, [channel], channels)
        yield from _each("unknown_verb", where, orders, told.acts)
        for verb, fields in orders.items():
            yield from _order(told, f"{where}.{verb}", fields)


def _order(told: WriteBack, where: str, fields: tuple[Copied, ...]) -> Iterator[Problem]:
    yield from _each("unknown_field", where, [f.name for f in fields], COPIED)
    bare = [f.name for f in fields if f.label is None]
    yield from _each("unknown_field", where, bare, told.labels)
    if not fields:
        yield Problem("order_empty", where)


def _each(code: str, where: str, names: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem(code, where, {"name": name, "known": sorted(known)})
