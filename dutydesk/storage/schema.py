"""What every table shares: named constraints, partial indexes, row numbers of our own."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Index, MetaData, Table, text
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
OWN_ID: dict[str, Any] = {"autoincrement": False}
"""Row numbers are given by the unit, under its lock: dense, in order, known before the insert."""


class Row(SQLModel):
    """The base of every table; its metadata names each constraint from the first revision on."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


def partial(name: str, sqlite: str, postgresql: str, *columns: str) -> Index:
    """A partial index, its condition said in SQLite's words and in PostgreSQL's."""
    return Index(name, *columns, sqlite_where=text(sqlite), postgresql_where=text(postgresql))


def table(row: type[Row]) -> Table:
    """The Core table behind a row class."""
    found = row.metadata.tables[str(row.__tablename__)]
    assert isinstance(found, Table)
    return found
