"""The fields of an act: raw values in, typed values or a named refusal out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dutydesk.errors import BadInput, Refused
from dutydesk.workflow.cases.misread import Bad, Missing
from dutydesk.workflow.cases.values import READERS, Ask, DutyGiven, absent
from dutydesk.workflow.matters import NO_MATTERS, Matters
from dutydesk.workflow.places import Places
from dutydesk.workflow.procedure import ActKind, Procedure

__all__ = ["FIELD_TYPES", "DutyGiven", "UnknownField", "absent", "typed"]

FIELD_TYPES = tuple(READERS)


OF_AN_IMPORT = frozenset(("batch", "row", "layout", "history"))
"""Fields by which an import says where a case came from; nobody else may write them."""


class UnknownField(BadInput):
    """An act was given a field that it does not have."""


def typed(
    kind: ActKind,
    raw: Mapping[str, object],
    procedure: Procedure,
    places: Places,
    matters: Matters = NO_MATTERS,
) -> tuple[dict[str, Any], list[Refused]]:
    """The typed values of an act's fields, and what is wrong with them.

    The refusals are ``missing_field`` and ``bad_value``, in the order of the fields. Raises
    UnknownField for a field that the act does not have.
    """
    known = {f.name for f in kind.fields}
    for name in raw:
        if name not in known:
            raise UnknownField(f"{kind.verb}: {name}", expected=", ".join(sorted(known)))
    values: dict[str, Any] = {}
    wrong: list[Refused] = []
    given = {n: v for n, v in raw.items() if not absent(v)}
    for f in kind.fields:
        if f.name not in given:
            if f.needed({**given, **values}):
                wrong.append(Refused("missing_field", {"field": f.name}))
            continue
        try:
            values[f.name] = READERS[f.type](given[f.name], Ask(f, procedure, places, matters))
        except Bad as bad:
            params = {"field": f.name, "value": _shown(given[f.name]), "expected": bad.expected}
            wrong.append(Refused("bad_value", params))
        except Missing as missing:
            wrong.append(Refused("missing_field", {"field": f"{f.name}.{missing.name}"}))
    return values, wrong


def _shown(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool)) else str(value)
