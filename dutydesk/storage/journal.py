"""The journal: events as rows of one hash chain, each holding the hash of the row before."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from hashlib import sha256
from json import JSONEncoder
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, func, select

from dutydesk.clock import ZONE
from dutydesk.storage.bare import bare_insert
from dutydesk.storage.prepared import Prepared
from dutydesk.storage.tables import event, personal
from dutydesk.storage.types import dump, to_ms
from dutydesk.workflow.cases.acts import Event
from dutydesk.workflow.cases.model import Actor

GENESIS: Final = "0" * 64
"""What stands before the first row."""

BODY: Final = (
    *("id", "case_no", "area", "seq", "verb", "at", "recorded_at", "by_role", "by_name"),
    *("on_behalf", "channel", "state", "data", "clause", "late_entry", "seat", "personal"),
)
"""The columns that a row's hash covers, in this order."""

_INSERT = Prepared(bare_insert(event))
_INSERT_PERSONAL = Prepared(bare_insert(personal))
_LAST = select(func.max(event.c.id)).scalar_subquery()
_HEAD = Prepared(select(event.c.id, event.c.hash).where(event.c.id == _LAST))


class Head(NamedTuple):
    """The last row of the chain."""

    id: int
    hash: str


def _plain(value: object) -> object:
    """What JSON does not know, in its written form."""
    if isinstance(value, datetime):
        return value.astimezone(ZONE).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Actor):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"no journal form for {type(value).__name__}")


_encode = JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_plain
).encode


def document(data: Mapping[str, object]) -> str:
    """The data of an event as canonical JSON; instants as ISO 8601 with +08:00."""
    return _encode(data if isinstance(data, dict) else dict(data))


def chained(prev_hash: str, body: Iterable[object]) -> str:
    """SHA-256 in hex over the hash before and the canonical JSON of the `BODY` values."""
    return sha256((prev_hash + dump(list(body))).encode()).hexdigest()


def personal_digest(salt: str, body: str) -> str:
    """What the chain keeps of personal fields; the salt keeps a phone number from being guessed."""
    return sha256((salt + body).encode()).hexdigest()


def head(connection: Connection) -> Head:
    """The last row of the chain, `GENESIS` before the first."""
    row = _HEAD.row(connection, {})
    return Head(0, GENESIS) if row is None else Head(*row)


def chain(
    start: Head, events: Iterable[tuple[Event, str, str | None]]
) -> tuple[Head, list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows behind (event, area, seat), hashed on from `start`: new head, events, personal."""
    number, last = start
    rows: list[dict[str, Any]] = []
    secret: list[dict[str, Any]] = []
    for fact, area, seat in events:
        number += 1
        digest = _keep(fact.personal, secret)
        body = (
            *(number, fact.case, area, fact.seq, fact.verb, to_ms(fact.at)),
            *(to_ms(fact.recorded_at), fact.by.role, fact.by.name),
            *(str(fact.on_behalf) if fact.on_behalf else None, fact.channel, fact.state),
            *(document(fact.data), fact.clause, fact.late_entry, seat, digest),
        )
        row: dict[str, Any] = dict(zip(_NAMES, body, strict=True))
        row["v_prev_hash"] = last
        row["v_hash"] = last = chained(last, body)
        rows.append(row)
    return Head(number, last), rows, secret


def append(
    connection: Connection, rows: list[dict[str, Any]], secret: list[dict[str, Any]]
) -> None:
    """Write rows that `chain` made, personal fields first."""
    if secret:
        _INSERT_PERSONAL.write(connection, secret)
    if rows:
        _INSERT.write(connection, rows)


def events(connection: Connection, first: int, last: int) -> list[Event]:
    """The events with ids from `first` to `last`; their data as plain JSON values."""
    asked = select(event).where(event.c.id.between(first, last)).order_by(event.c.id)
    return [
        Event(
            verb=row.verb,
            at=row.at,
            recorded_at=row.recorded_at,
            by=Actor(row.by_role, row.by_name),
            case=row.case_no,
            state=row.state,
            seq=row.seq,
            data=row.data,
            on_behalf=Actor.parse(row.on_behalf) if row.on_behalf else None,
            channel=row.channel,
            clause=row.clause,
            late_entry=row.late_entry,
        )
        for row in connection.execute(asked)
    ]


def _keep(fields: Mapping[str, object] | None, secret: list[dict[str, Any]]) -> str | None:
    if not fields:
        return None
    salt, body = secrets.token_hex(16), document(fields)
    digest = personal_digest(salt, body)
    secret.append({"v_digest": digest, "v_salt": salt, "v_body": body, "v_erased_at": None})
    return digest


_NAMES = tuple(f"v_{name}" for name in BODY)
