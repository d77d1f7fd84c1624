"""How an instant, a document and a row number lie in a column, the same in every store."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from dutydesk.clock import ZONE

_EPOCH = datetime(1970, 1, 1, 8, tzinfo=ZONE)
_MILLISECOND = timedelta(milliseconds=1)
_dump = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def to_ms(at: datetime) -> int:
    """The instant as whole UTC milliseconds since 1970; raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError(f"naive datetime: {at!r}")
    return (at - _EPOCH) // _MILLISECOND


def from_ms(ms: int) -> datetime:
    """The instant behind UTC milliseconds, aware, in the counting zone."""
    return _EPOCH + timedelta(milliseconds=ms)


def dump(value: object) -> str:
    """Canonical JSON: sorted keys, no blanks, Chinese as it is; raises TypeError or ValueError."""
    return _dump(value)


class Instant(TypeDecorator[datetime]):
    """An aware datetime, stored as integer UTC milliseconds; a naive one is an error."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_ms(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else from_ms(value)


class JsonText(TypeDecorator[Any]):
    """A document of plain lists, maps, texts and numbers, stored as canonical JSON text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:
        return None if value is None else _dump(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class RowId(TypeDecorator[int]):
    """A row number: 64 bits everywhere, and SQLite's own rowid there."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        kind = Integer() if dialect.name == "sqlite" else BigInteger()
        return dialect.type_descriptor(kind)
