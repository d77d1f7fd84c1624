"""Named texts about the store itself."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dutydesk.storage.tables import meta


def read(connection: Connection, name: str) -> str | None:
    """The text under a name."""
    return connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()


def write(connection: Connection, name: str, value: str | None) -> None:
    """Set the text under a name; None removes it."""
    connection.execute(meta.delete().where(meta.c.name == name))
    if value is not None:
        connection.execute(meta.insert().values(name=name, value=value))
