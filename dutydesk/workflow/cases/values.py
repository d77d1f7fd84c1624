"""One raw value of an act's field read by its type: a typed value, or what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dutydesk.workflow.cases.attached import attachment
from dutydesk.workflow.cases.misread import Bad, Missing
from dutydesk.workflow.cases.model import Actor, Attachment, Caller
from dutydesk.workflow.grid_codes import fits, form
from dutydesk.workflow.matters import NO_MATTERS, Matters
from dutydesk.workflow.places import Places
from dutydesk.workflow.procedure import Field, Procedure
from dutydesk.workflow.time.limits import (
    LONGEST_DAYS,
    BadLimit,
    Limit,
    LimitReason,
    parse_given,
)
from dutydesk.workflow.time.zone import parse_instant, to_local

YES = frozenset({"true", "yes", "1", "是", "有", "y"})
NO = frozenset({"false", "no", "0", "否", "无", "n"})
SUBMIT_WORDS = {"疑难复杂": "difficult", "响应处置不力": "poor_response", "协调无果": "no_result"}
CHECK_VALUES = ("pass", "fail", "na")
_SEPARATORS = re.compile(r"[,、;，；]+")


@dataclass(frozen=True, slots=True)
class DutyGiven:
    """One party's duty of an outcome: what, from when, how long, and whether he leads."""

    party: str
    duty: str
    limit: Limit
    start: datetime | None
    lead: bool


def absent(value: object) -> bool:
    """Whether a raw value counts as not given: None, blank text, an empty list or table."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, (list, tuple, dict)) and not value


@dataclass(frozen=True, slots=True)
class Ask:
    field: Field
    procedure: Procedure
    places: Places
    matters: Matters = NO_MATTERS


def _text(value: object, ask: Ask) -> str:
    if isinstance(value, (dict, list, tuple, bool)):
        raise Bad("text")
    return str(value).strip()


def _bool(value: object, ask: Ask) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise Bad("true | false")


def _time(value: object, ask: Ask) -> datetime:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return to_local(value)
    if not isinstance(value, str):
        raise Bad("2026-11-20T18:55:00+08:00")
    try:
        return parse_instant(value)
    except ValueError:
        raise Bad("2026-11-20T18:55:00+08:00") from None


def _choice(value: object, ask: Ask) -> str:
    word = _text(value, ask)
    if word not in ask.field.choices:
        raise Bad(list(ask.field.choices))
    return word


def _list(value: object) -> list[object]:
    if isinstance(value, str):
        return [part.strip() for part in _SEPARATORS.split(value) if part.strip()]
    if isinstance(value, (list, tuple)):
        return list(value)
    raise Bad("list")


def _texts(value: object, ask: Ask) -> tuple[str, ...]:
    words = [_text(item, ask) for item in _list(value)]
    return tuple(dict.fromkeys(w for w in words if w))


def _choices(value: object, ask: Ask) -> tuple[str, ...]:
    words = _texts(value, ask)
    if any(word not in ask.field.choices for word in words):
        raise Bad(list(ask.field.choices))
    return words


def _parties(value: object, ask: Ask) -> tuple[str, ...]:
    words = _texts(value, ask)
    if not words:
        raise Missing("0")
    return words


def _role(value: object, ask: Ask) -> Actor:
    actor = Actor.parse(_text(value, ask))
    if actor.role not in ask.procedure.roles:
        raise Bad(list(ask.procedure.roles))
    return actor


def _grid_code(value: object, ask: Ask) -> str:
    word, rule = _text(value, ask), ask.procedure.values.get("grid_code", {})
    if not fits(word, rule):
        raise Bad(form(rule))
    return word


def _matter(value: object, ask: Ask) -> str:
    """As a case keeps it, code and name; what the table does not know stays as it was said."""
    word = _text(value, ask)
    found = ask.matters.find(word)
    return found[0].text if len(found) == 1 else word


def _grid(value: object, ask: Ask) -> str:
    grid = ask.places.grid(_text(value, ask))
    if grid is None:
        raise Bad([g.name for g in ask.places.grids])
    return grid.name


def _grids(value: object, ask: Ask) -> tuple[str, ...]:
    return tuple(_grid(item, ask) for item in _list(value))


def _station(value: object, ask: Ask) -> str:
    grid = ask.places.station(_text(value, ask))
    if grid is None:
        raise Bad([g.name for g in ask.places.grids])
    return grid.name


def _area(value: object, ask: Ask) -> str:
    area = ask.places.area(_text(value, ask))
    if area is None:
        raise Bad([a.code for a in ask.places.areas])
    return area.code


def _caller(value: object, ask: Ask) -> Caller:
    if isinstance(value, Caller):
        return value
    if isinstance(value, str):
        return Caller(name=value.strip())
    if not isinstance(value, dict) or set(value) - {"name", "phone"}:
        raise Bad({"name": "…", "phone": "…"})
    name, phone = value.get("name"), value.get("phone")
    return Caller(str(name) if name else None, str(phone) if phone else None)


def _limit(value: object, ask: Ask) -> Limit:
    try:
        return parse_given(_text(value, ask))
    except BadLimit as bad:
        if bad.reason is LimitReason.ABSURD:
            raise Bad(f"≤ {LONGEST_DAYS} natural days") from None
        raise Bad(bad.expected) from None


def _duties(value: object, ask: Ask) -> tuple[DutyGiven, ...]:
    if not isinstance(value, (list, tuple)):
        raise Bad([{"party": "…", "duty": "…", "limit": "2 h", "lead": True}])
    return tuple(_duty(item, ask) for item in value)


def _duty(item: object, ask: Ask) -> DutyGiven:
    if isinstance(item, DutyGiven):
        return item
    if not isinstance(item, dict) or set(item) - {"party", "duty", "limit", "start", "lead"}:
        raise Bad({"party": "…", "duty": "…", "limit": "2 h", "start": "…", "lead": True})
    for name in ("party", "duty", "limit"):
        if absent(item.get(name)):
            raise Missing(name)
    start = None if absent(item.get("start")) else _time(item["start"], ask)
    lead = False if absent(item.get("lead")) else _bool(item["lead"], ask)
    return DutyGiven(
        _text(item["party"], ask), _text(item["duty"], ask), _limit(item["limit"], ask), start, lead
    )


def _attachments(value: object, ask: Ask) -> tuple[Attachment, ...]:
    return tuple(attachment(item) for item in _list(value))


def _checks(value: object, ask: Ask) -> dict[str, str]:
    table = _map(value, ask)
    expected = dict.fromkeys(ask.field.choices, " | ".join(CHECK_VALUES))
    if any(v not in CHECK_VALUES for v in table.values() if not absent(v)):
        raise Bad(expected)
    if any(name not in ask.field.choices for name in table):
        raise Bad(expected)
    return {name: str(v) for name, v in table.items() if not absent(v)}


def _notes(value: object, ask: Ask) -> dict[str, str]:
    return {name: str(v).strip() for name, v in _map(value, ask).items() if not absent(v)}


def _map(value: object, ask: Ask) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Bad({"…": "…"})
    return {str(k): v for k, v in value.items()}


def _number(value: object, ask: Ask) -> int:
    if isinstance(value, bool):
        raise Bad("number")
    try:
        return int(str(value).strip())
    except ValueError:
        raise Bad("number") from None


def _submit_reason(value: object, ask: Ask) -> str:
    word = _text(value, ask)
    for zh, code in SUBMIT_WORDS.items():
        if word == zh:
            return code
    head = word.replace("：", ":").partition(":")[0].strip()
    if head in ("other", "其他"):
        rest = word.replace("：", ":").partition(":")[2].strip()
        return f"other: {rest}" if rest else "other"
    if word not in ask.field.choices:
        raise Bad([*ask.field.choices[:-1], "other: …"])
    return word


def _any(value: object, ask: Ask) -> object:
    return value


READERS: dict[str, Callable[[object, Ask], Any]] = {
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
    "grid_code": _grid_code,
    "grids": _grids,
    "matter": _matter,
    "category": _text,
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
    "run": _text,
    "submit_reason": _submit_reason,
    "any": _any,
}
