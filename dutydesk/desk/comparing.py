"""What a row says of its case, compared with what was said before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dutydesk.intake import Row
from dutydesk.intake.headings import normal
from dutydesk.text import mask_name, mask_phone
from dutydesk.workflow.cases.decide import plain
from dutydesk.workflow.cases.model import Case

KEYS = frozenset({"channel", "external_no"})
_GUARDED = re.compile(r"(^|\n)'(?=[=+\-@])")


def unguarded(text: str) -> str:
    """The text without the apostrophes by which an export guards formulas."""
    return _GUARDED.sub(r"\1", text) if "'" in text else text


def said(row: Row) -> dict[str, object]:
    """What a row says of its case, as JSON carries it, without channel and number.

    An apostrophe that guards a formula (exports write it) is no part of a text.
    """
    found: dict[str, object] = {}
    for name, value in row.fields.items():
        if name in KEYS or value is None:
            continue
        if isinstance(value, str):
            found[name] = unguarded(value)
        else:
            found[name] = plain(value)
    return found


def said_of(case: Case) -> dict[str, object]:
    """What a file would say of a case that no file has brought."""
    found: dict[str, object] = {
        "reported_at": case.reported_at or case.received_at,
        "occurred_at": case.occurred_at,
        "upstream_due": case.upstream_due,
        "description": case.description,
        "place": case.place,
        "category": case.category,
        "area": case.area,
        "grid": case.grid,
        "kind": case.kind,
        "discovered_by": case.discovered_by,
        "pain_points": case.pain_points,
        "key_work": case.key_work,
        "cross_grids": case.cross_grids,
        "caller": {"name": case.caller.name, "phone": case.caller.phone},
    }
    for name in ("urgent", "cross_level", "cross_domain", "legacy"):
        found[name] = getattr(case, name)
    return {name: plain(value) for name, value in found.items()}


def same(old: object, new: object) -> bool:
    """Whether two values say the same; nothing, no and an empty list are all nothing."""
    if isinstance(old, Mapping) or isinstance(new, Mapping):
        left, right = (v if isinstance(v, Mapping) else {} for v in (old, new))
        return all(same(left.get(k), right.get(k)) for k in {*left, *right})
    return old == new or (not old and not new)


def normal_name(name: str) -> str:
    """A column name as layouts compare it; a repeated one without its position."""
    from_header = name.partition("#")[0] or name
    return normal(from_header)


def shown(name: str, value: Any) -> object:
    """A value as it may be listed: a person's name and number covered."""
    if name != "caller" or not isinstance(value, Mapping):
        return value
    covered = (mask_name(str(value.get("name") or "")), mask_phone(str(value.get("phone") or "")))
    return " ".join(part for part in covered if part)
