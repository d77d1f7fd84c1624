"""A case as one row and back, exactly; and the text under which it is found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, type_coerce

from dutydesk.storage.bare import raw_type
from dutydesk.storage.codec import Codec
from dutydesk.storage.tables import NEVER, case_row
from dutydesk.storage.types import dump, from_ms, to_ms
from dutydesk.text import fold
from dutydesk.workflow.cases.facets import Facets
from dutydesk.workflow.cases.model import Caller, Case, Clock

BETWEEN: Final = "\ue000"
"""Stands between two fields of the searched text: a token of its own, so no phrase crosses it."""

_PLAIN: Final = (
    *("no", "area", "channel", "state", "description", "place", "external_no", "grid"),
    *("category", "urgent", "kind", "discovered_by", "cross_level", "cross_domain", "legacy"),
    *("holder", "run", "version", "merged_into", "urged", "satisfaction", "last_seq"),
)
_FLAGS: Final = ("urgent", "cross_level", "cross_domain", "legacy")
_INSTANTS: Final = (
    *("received_at", "upstream_due", "reported_at", "occurred_at"),
    *("since_at", "last_act_at", "closed_at"),
)
_LISTS: Final = ("cross_grids", "pain_points", "key_work", "marks")
_OF_COURSE: Final = ("class_", "track", "difficulty", "lead", "station")
_FACET_INSTANTS: Final = (
    *("started_at", "due_at", "yellow_at", "red_at", "next_due_at", "waiting_since"),
)
_FACTS: Final = Codec(Case, without=frozenset((*_PLAIN, *_INSTANTS, *_LISTS, "caller")))

_READ: Final = ("id", *_PLAIN, *_INSTANTS, *_LISTS, "caller_name", "caller_phone", "facts")
CASE_COLUMNS: Final[tuple[ColumnElement[Any], ...]] = tuple(
    type_coerce(case_row.c[name], raw_type(case_row.c[name])).label(name) for name in _READ
)
"""What `read_case` wants, in its order, untouched by column types."""

_P_END = 1 + len(_PLAIN)
_I_END = _P_END + len(_INSTANTS)
_L_END = _I_END + len(_LISTS)


def _ms(at: datetime | None) -> int | None:
    return None if at is None else to_ms(at)


def case_values(case: Case, *, is_open: bool, folded: str | None) -> dict[str, Any]:
    """The row of a case without its id and facets, ready for the driver; `folded` is searched."""
    row: dict[str, Any] = {name: getattr(case, name) for name in _PLAIN}
    for name in _INSTANTS:
        row[name] = _ms(getattr(case, name))
    for name in _LISTS:
        held = getattr(case, name)
        row[name] = dump(held) if held else "[]"
    for name in _OF_COURSE:
        row[name] = getattr(case.course, name)
    row["caller_name"] = case.caller.name
    row["caller_phone"] = case.caller.phone
    row["is_open"] = is_open
    row["search_text"] = folded
    row["facts"] = dump(_FACTS.write(case))
    return row


def facet_values(facets: Facets) -> dict[str, Any]:
    """The stored short answer beside the case, and the key by which the queue sorts."""
    due = _ms(facets.due_at)
    row: dict[str, Any] = {name: _ms(getattr(facets, name)) for name in _FACET_INSTANTS}
    row["clock"] = facets.clock
    row["clock_party"] = facets.clock_party
    row["hands"] = facets.hands
    row["waiting_for"] = dump(facets.waiting_for) if facets.waiting_for else "[]"
    row["queue_rank"] = 0 if facets.pinned else 1
    row["queue_at"] = NEVER if due is None else due
    return row


def facts_text(case: Case) -> str:
    """The document of everything about a case that has no column of its own."""
    return dump(_FACTS.write(case))


def read_case(row: Sequence[Any]) -> tuple[int, Case]:
    """Row id and case behind one row of `CASE_COLUMNS`."""
    held: dict[str, Any] = dict(zip(_PLAIN, row[1:_P_END], strict=True))
    for name in _FLAGS:
        held[name] = bool(held[name])
    for name, ms in zip(_INSTANTS, row[_P_END:_I_END], strict=True):
        held[name] = None if ms is None else from_ms(ms)
    for name, text in zip(_LISTS, row[_I_END:_L_END], strict=True):
        held[name] = () if text == "[]" else tuple(json.loads(text))
    held["caller"] = Caller(row[_L_END], row[_L_END + 1])
    held.update(_FACTS.arguments(json.loads(row[_L_END + 2])))
    return int(row[0]), Case(**held)


def clock_values(case: Case, clock: Clock) -> dict[str, Any]:
    """The row of one clock run."""
    return {
        "case_no": case.no,
        "id": clock.id,
        "name": clock.name,
        "party": clock.party,
        "variant": clock.variant,
        "started_at": to_ms(clock.started_at),
        "limit_s": clock.limit_s,
        "due_at": _ms(clock.due_at),
        "stopped_at": _ms(clock.stopped_at),
        "ended": clock.ended,
        "on_time": clock.on_time,
        "exempt": clock.exempt,
        "rule": clock.rule,
        "holder": case.holder,
        "run": case.run,
    }


def search_text(case: Case) -> str:
    """The folded text under which a case is found: numbers, place, category, grid, description."""
    parts = (case.no, case.external_no, case.place, case.category, case.grid, case.description)
    return fold(BETWEEN.join(part for part in parts if part))


def spaced(folded: str) -> str:
    """A folded text with a blank between all its characters: one token each."""
    return " ".join(folded)
