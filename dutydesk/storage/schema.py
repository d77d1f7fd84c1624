"""What every table shares: named constraints, partial indexes, row numbers of our own."""

from __future__ import annotations

from importlib import import_module
from typing import Any, ClassVar

from sqlalchemy import Index, MetaData, text
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


_POSTGRESQL = "postgresql_where"


class Row(SQLModel):
    """The base of every table; its metadata names each constraint from the first revision on."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMING)


def partial(name: str, sqlite: str, postgresql: str, *columns: str) -> Index:
    """A partial index, its condition said in SQLite's words and in PostgreSQL's."""
    said = {_POSTGRESQL: postgresql}
    return Index(name, *columns, sqlite_where=text(sqlite), info=said)


def metadata(*, postgresql: bool = False) -> MetaData:
    """Every table of the store, with the partial indexes in PostgreSQL's words where asked for.

    Saying those at once would load that dialect with all its drivers wherever a store is made.
    """
    for name in ("casetables", "sidetables", "handtables", "registertables"):
        import_module(f"dutydesk.storage.{name}")
    if postgresql:
        for found in Row.metadata.tables.values():
            for index in found.indexes:
                if _POSTGRESQL in index.info:
                    options = index.dialect_options["postgresql"]
                    options["where"] = text(index.info[_POSTGRESQL])
    return Row.metadata
