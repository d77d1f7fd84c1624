"""What every table shares: named constraints, partial indexes, row numbers of our own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Index, Insert, MetaData, Table, Text, bindparam, text
from sqlalchemy.types import TypeEngine
from sqlmodel import SQLModel

from dutydesk.storage.types import Instant, JsonText, RowId

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
OWN_ID: dict[str, Any] = {"autoincrement": False}
"""Row numbers are given by the unit, under its lock: dense, in order, known before the insert."""


_POSTGRESQL = "postgresql_where"


class Row(SQLModel):
    """The base of every table; its metadata names each constraint from the first revision on."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


def partial(name: str, sqlite: str, postgresql: str, *columns: str) -> Index:
    """A partial index, its condition said in SQLite's words and in PostgreSQL's."""
    said = {_POSTGRESQL: postgresql}
    return Index(name, *columns, sqlite_where=text(sqlite), info=said)


def for_postgresql(known: MetaData) -> None:
    """Give the partial indexes their condition in PostgreSQL's words.

    Saying it at once would load that dialect with all its drivers at every start.
    """
    for found in known.tables.values():
        for index in found.indexes:
            if _POSTGRESQL in index.info:
                options = index.dialect_options["postgresql"]
                options["where"] = text(index.info[_POSTGRESQL])


def table(row: type[Row]) -> Table:
    """The Core table behind a row class."""
    found = row.metadata.tables[str(row.__tablename__)]
    assert isinstance(found, Table)
    return found


def raw_type(column: Column[Any]) -> TypeEngine[Any]:
    """The bare type under a column, for values that are ready for the driver."""
    kind = column.type
    if isinstance(kind, Instant | RowId):
        return BigInteger()
    return Text() if isinstance(kind, JsonText) else kind


def bare_insert(target: Table, *, without: frozenset[str] = frozenset()) -> Insert:
    """An insert of every column from `v_NAME`, its values ready for the driver."""
    return target.insert().values(bare_values(target, without=without))


def bare_values(target: Table, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Each column's bind parameter `v_NAME`, past its type."""
    return {
        c.name: bindparam(f"v_{c.name}", type_=raw_type(c))
        for c in target.columns
        if c.name not in without
    }


def bare(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values under the names that `bare_insert` and `bare_values` ask for."""
    return {f"v_{name}": value for name, value in values.items()}
