"""Whom the desk may ring: the roster and the contacts, found by letters, names or digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dutydesk.text import fold, mask_phone
from dutydesk.views.pinyin import initials
from dutydesk.views.question import Context, Reading

if TYPE_CHECKING:
    from dutydesk.storage.contacts import Contact

LEAST_DIGITS = 3
"""So many digits mean a telephone number; fewer are the number of a row in a list."""


class PersonRow(NamedTuple):
    """Somebody to ring; numbers are covered. `contact` is None for a person of the roster.

    `party` is what a call is recorded under.
    """

    contact: int | None
    unit: str
    name: str
    kind: str
    area: str | None
    grid: str | None
    phone: str
    alternate: str
    note: str
    letters: tuple[str, ...]

    @property
    def party(self) -> str:
        """The name that goes on the record."""
        if self.contact is None or not self.name:
            return self.name or self.unit
        return f"{self.unit} {self.name}"


class _Somebody(NamedTuple):
    row: PersonRow
    digits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Who answers to a text: initials, a part of unit, name or use, or digits of a number.

    Nothing typed means everybody. Those of the desk's own area come first.
    """

    text: str = ""
    limit: int = 50

    def answer(self, reading: Reading, context: Context) -> tuple[PersonRow, ...]:
        """At most `limit` people, the best match first."""
        from dutydesk.storage.contacts import everybody  # slow import

        wanted = fold(self.text).strip()
        known = [*_roster(context), *map(_listed, everybody(reading.connection))]
        ranked = [
            (rank, one.row.area not in (None, context.area), place, one.row)
            for place, one in enumerate(known)
            if (rank := _rank(one, wanted)) is not None
        ]
        ranked.sort(key=lambda found: found[:3])
        return tuple(row for *_order, row in ranked[: self.limit])


def _listed(one: Contact) -> _Somebody:
    return _Somebody(
        PersonRow(
            one.id,
            one.unit,
            one.name,
            one.kind,
            one.area,
            one.grid,
            mask_phone(one.phone or ""),
            mask_phone(one.alternate or ""),
            one.note or "",
            tuple(one.initials.split()),
        ),
        (_digits(one.phone), _digits(one.alternate)),
    )


def _roster(context: Context) -> Iterator[_Somebody]:
    for person in getattr(context.plan, "people", ()):
        unit = person.department or person.office
        yield _Somebody(
            PersonRow(
                None,
                unit,
                person.name,
                person.office,
                person.area,
                person.grid or None,
                mask_phone(person.phone),
                mask_phone(person.alternate),
                "",
                tuple(filter(None, (initials(unit), initials(person.name)))),
            ),
            (_digits(person.phone), _digits(person.alternate)),
        )


def _rank(one: _Somebody, wanted: str) -> int | None:
    """How well somebody answers: 0 begins so, 1 holds it, None not at all."""
    if not wanted:
        return 0
    if wanted.isdigit():
        hits = [number for number in one.digits if wanted in number]
        return None if not hits else 0 if any(number.endswith(wanted) for number in hits) else 1
    row = one.row
    begun = [*row.letters, "".join(row.letters)] if wanted.isascii() else []
    texts = [fold(text) for text in (row.name, row.unit, row.kind, row.grid or "", row.note)]
    if any(text.startswith(wanted) for text in (*begun, *texts[:2])):
        return 0
    joined = " ".join(texts)
    if any(wanted in letters for letters in begun) or all(w in joined for w in wanted.split()):
        return 1
    return None


def _digits(number: str | None) -> str:
    return "".join(sign for sign in number or "" if sign.isdigit())
