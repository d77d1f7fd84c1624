"""Whom the desk rings and who stands on no roster: written and read as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, func, select

from dutydesk.storage.tables import contact

TEXTS = ("kind", "area", "grid", "phone", "alternate", "note")
"""What a later import may say otherwise of the same unit and name."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact; numbers in full. `initials` are the first pinyin letters of unit and name.

    `id` is 0 before it is written. `area` None means both areas.
    """

    unit: str
    name: str
    kind: str = ""
    area: str | None = None
    grid: str | None = None
    phone: str | None = None
    alternate: str | None = None
    note: str | None = None
    initials: str = ""
    id: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """What tells one contact from another."""
        return self.unit, self.name

    def says(self, other: Contact) -> bool:
        """Whether both say the same of the same contact."""
        return all(getattr(self, name) == getattr(other, name) for name in TEXTS)


def everybody(connection: Connection) -> list[Contact]:
    """Every contact, by unit and name."""
    asked = select(contact).where(contact.c.removed_at.is_(None))
    found = connection.execute(asked.order_by(contact.c.unit, contact.c.name))
    return [_contact(row) for row in found]


def by_id(connection: Connection, number: int) -> Contact | None:
    """The contact of that number, None where it is gone."""
    asked = select(contact).where(contact.c.id == number, contact.c.removed_at.is_(None))
    row = connection.execute(asked).first()
    return _contact(row) if row is not None else None


def save(connection: Connection, found: Sequence[Contact], at: datetime) -> None:
    """Write contacts by unit and name: known ones anew, others with the next numbers."""
    known = {
        (unit, name): number
        for number, unit, name in connection.execute(
            select(contact.c.id, contact.c.unit, contact.c.name)
        )
    }
    last = connection.execute(select(func.max(contact.c.id))).scalar() or 0
    for one in found:
        values = {name: getattr(one, name) for name in (*TEXTS, "initials")}
        values |= {"changed_at": at, "removed_at": None}
        if one.key in known:
            where = contact.c.id == known[one.key]
            connection.execute(contact.update().where(where).values(values))
            continue
        last += 1
        known[one.key] = last
        row = {"id": last, "unit": one.unit, "name": one.name, **values}
        connection.execute(contact.insert().values(row))


def remove(connection: Connection, ids: Sequence[int], at: datetime) -> None:
    """Take contacts off the list, and what is private of them out of the store.

    Their numbers in the list are given to nobody else; an import that names them brings them back.
    """
    gone = dict.fromkeys(("phone", "alternate", "note")) | {"changed_at": at, "removed_at": at}
    for one in ids:
        connection.execute(contact.update().where(contact.c.id == one).values(gone))


def _contact(row: Row[tuple[object, ...]]) -> Contact:
    names = ("unit", "name", *TEXTS, "initials", "id")
    return Contact(**{name: getattr(row, name) for name in names})
