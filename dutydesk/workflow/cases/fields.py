"""The fields of an act: raw values in, typed values or a named refusal out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dutydesk.errors import BadInput, Refused
from dutydesk.workflow.cases.model import Actor, Attachment, Caller
from dutydesk.workflow.places import Places
from dutydesk.workflow.procedure import ActKind, Field, Procedure
from dutydesk.workflow.time.counting import NotCountedYet, due
from dutydesk.workflow.time.limits import BadLimit, Limit
from dutydesk.workflow.time.limits import parse as parse_limit
from dutydesk.workflow.time.zone import parse_instant, to_local

YES = frozenset({"true", "yes", "1", "是", "有", "y"})
NO = frozenset({"false", "no", "0", "否", "无", "n"})
SUBMIT_WORDS = {"疑难复杂": "difficult", "响应处置不力": "poor_response", "协调无果": "no_result"}
ATTACHMENT_KINDS = ("photo_before", "photo_after", "enforcement", "plan", "other")
CHECK_VALUES = ("pass", "fail", "na")
_SEPARATORS = re.compile(r"[,、;，；]+")


class UnknownField(BadInput):
    """An act was given a field that it does not have."""


@dataclass(frozen=True, slots=True)
class DutyGiven:
    """One party's duty of an outcome: what, from when, how long, and whether he leads."""

    party: str
    duty: str
    limit: Limit
    start: datetime | None
    lead: bool


class _Bad(Exception):
    """A value of the wrong kind; ``expected`` says what would be right."""

    def __init__(self, expected: object) -> None:
        self.expected = expected


class _Missing(Exception):
    def __init__(self, name: str) -> None:
        self.name = name


def absent(value: object) -> bool:
    """Whether a raw value counts as not given: None, blank text, an empty list or table."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, (list, tuple, dict)) and not value


def typed(
    kind: ActKind, raw: Mapping[str, object], procedure: Procedure, places: Places
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
            values[f.name] = _READERS[f.type](given[f.name], _Ask(f, procedure, places))
        except _Bad as bad:
            params = {"field": f.name, "value": _shown(given[f.name]), "expected": bad.expected}
            wrong.append(Refused("bad_value", params))
        except _Missing as missing:
            wrong.append(Refused("missing_field", {"field": f"{f.name}.{missing.name}"}))
    return values, wrong


def _shown(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool)) else str(value)


@dataclass(frozen=True, slots=True)
class _Ask:
    field: Field
    procedure: Procedure
    places: Places


def _text(value: object, ask: _Ask) -> str:
    if isinstance(value, (dict, list, tuple, bool)):
        raise _Bad("text")
    return str(value).strip()


def _bool(value: object, ask: _Ask) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise _Bad("true | false")


def _time(value: object, ask: _Ask) -> datetime:
    if isinstance(value, datetime):
        return to_local(value).replace(microsecond=0)
    if not isinstance(value, str):
        raise _Bad("2026-11-20T18:55:00+08:00")
    try:
        return parse_instant(value)
    except ValueError:
        raise _Bad("2026-11-20T18:55:00+08:00") from None


def _choice(value: object, ask: _Ask) -> str:
    word = _text(value, ask)
    if word not in ask.field.choices:
        raise _Bad(list(ask.field.choices))
    return word


def _list(value: object) -> list[object]:
    if isinstance(value, str):
        return [part.strip() for part in _SEPARATORS.split(value) if part.strip()]
    if isinstance(value, (list, tuple)):
        return list(value)
    raise _Bad("list")


def _texts(value: object, ask: _Ask) -> tuple[str, ...]:
    words = [_text(item, ask) for item in _list(value)]
    return tuple(dict.fromkeys(w for w in words if w))


def _choices(value: object, ask: _Ask) -> tuple[str, ...]:
    words = _texts(value, ask)
    if any(word not in ask.field.choices for word in words):
        raise _Bad(list(ask.field.choices))
    return words


def _parties(value: object, ask: _Ask) -> tuple[str, ...]:
    words = _texts(value, ask)
    if not words:
        raise _Missing("0")
    return words


def _role(value: object, ask: _Ask) -> Actor:
    actor = Actor.parse(_text(value, ask))
    if actor.role not in ask.procedure.roles:
        raise _Bad(list(ask.procedure.roles))
    return actor


def _grid(value: object, ask: _Ask) -> str:
    grid = ask.places.grid(_text(value, ask))
    if grid is None:
        raise _Bad([g.name for g in ask.places.grids])
    return grid.name


def _grids(value: object, ask: _Ask) -> tuple[str, ...]:
    return tuple(_grid(item, ask) for item in _list(value))


def _station(value: object, ask: _Ask) -> str:
    grid = ask.places.station(_text(value, ask))
    if grid is None:
        raise _Bad([g.name for g in ask.places.grids])
    return grid.name


def _area(value: object, ask: _Ask) -> str:
    area = ask.places.area(_text(value, ask))
    if area is None:
        raise _Bad([a.code for a in ask.places.areas])
    return area.code


def _caller(value: object, ask: _Ask) -> Caller:
    if isinstance(value, Caller):
        return value
    if isinstance(value, str):
        return Caller(name=value.strip())
    if not isinstance(value, dict) or set(value) - {"name", "phone"}:
        raise _Bad({"name": "…", "phone": "…"})
    name, phone = value.get("name"), value.get("phone")
    return Caller(str(name) if name else None, str(phone) if phone else None)


def _limit(value: object, ask: _Ask) -> Limit:
    try:
        limit = parse_limit(_text(value, ask))
        due(limit, datetime.fromisoformat("2026-01-01T00:00:00+08:00"))
    except (BadLimit, NotCountedYet) as bad:
        raise _Bad(bad.expected) from None
    return limit


def _duties(value: object, ask: _Ask) -> tuple[DutyGiven, ...]:
    if not isinstance(value, (list, tuple)):
        raise _Bad([{"party": "…", "duty": "…", "limit": "2 h", "lead": True}])
    return tuple(_duty(item, ask) for item in value)


def _duty(item: object, ask: _Ask) -> DutyGiven:
    if isinstance(item, DutyGiven):
        return item
    if not isinstance(item, dict) or set(item) - {"party", "duty", "limit", "start", "lead"}:
        raise _Bad({"party": "…", "duty": "…", "limit": "2 h", "start": "…", "lead": True})
    for name in ("party", "duty", "limit"):
        if absent(item.get(name)):
            raise _Missing(name)
    start = None if absent(item.get("start")) else _time(item["start"], ask)
    lead = False if absent(item.get("lead")) else _bool(item["lead"], ask)
    return DutyGiven(
        _text(item["party"], ask), _text(item["duty"], ask), _limit(item["limit"], ask), start, lead
    )


def _attachments(value: object, ask: _Ask) -> tuple[Attachment, ...]:
    return tuple(_attachment(item) for item in _list(value))


def _attachment(item: object) -> Attachment:
    if isinstance(item, Attachment):
        return item
    if not isinstance(item, dict) or set(item) - {"kind", "file", "digest"}:
        raise _Bad({"kind": " | ".join(ATTACHMENT_KINDS), "file": "…"})
    if item.get("kind") not in ATTACHMENT_KINDS or absent(item.get("file")):
        raise _Bad({"kind": " | ".join(ATTACHMENT_KINDS), "file": "…"})
    return Attachment(str(item["kind"]), str(item["file"]), str(item.get("digest") or ""))


def _checks(value: object, ask: _Ask) -> dict[str, str]:
    table = _map(value, ask)
    expected = dict.fromkeys(ask.field.choices, " | ".join(CHECK_VALUES))
    if any(v not in CHECK_VALUES for v in table.values() if not absent(v)):
        raise _Bad(expected)
    if any(name not in ask.field.choices for name in table):
        raise _Bad(expected)
    return {name: str(v) for name, v in table.items() if not absent(v)}


def _notes(value: object, ask: _Ask) -> dict[str, str]:
    return {name: str(v).strip() for name, v in _map(value, ask).items() if not absent(v)}


def _map(value: object, ask: _Ask) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Bad({"…": "…"})
    return {str(k): v for k, v in value.items()}


def _number(value: object, ask: _Ask) -> int:
    if isinstance(value, bool):
        raise _Bad("number")
    try:
        return int(str(value).strip())
    except ValueError:
        raise _Bad("number") from None


def _submit_reason(value: object, ask: _Ask) -> str:
    word = _text(value, ask)
    for zh, code in SUBMIT_WORDS.items():
        if word == zh:
            return code
    head = word.replace("：", ":").partition(":")[0].strip()
    if head in ("other", "其他"):
        rest = word.replace("：", ":").partition(":")[2].strip()
        return f"other: {rest}" if rest else "other"
    if word not in ask.field.choices:
        raise _Bad([*ask.field.choices[:-1], "other: …"])
    return word


def _any(value: object, ask: _Ask) -> object:
    return value


_READERS: dict[str, Callable[[object, _Ask], Any]] = {
    "text": _text,
    "long_text": _text,
    "party": _text,
    "case": _text,
    "bool": _bool,
    "time": _time,
    "choice": _choice,
    "choices": _choices,
    "texts": _texts,
    "parties": _parties,
    "role": _role,
    "grid": _grid,
    "grids": _grids,
    "station": _station,
    "area": _area,
    "caller": _caller,
    "limit": _limit,
    "duties": _duties,
    "attachments": _attachments,
    "checks": _checks,
    "notes": _notes,
    "map": _map,
    "number": _number,
    "submit_reason": _submit_reason,
    "any": _any,
}
FIELD_TYPES = tuple(_READERS)
