"""The matter table: which small class is filed and closed when, and within which limit."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dutydesk.workflow.time.limits import Limit, parse

FIELDS = (
    *("kind", "big_code", "big", "small_code", "small", "unit", "owner"),
    *("filing", "closing", "limit", "basis"),
)
"""What a standard says, in the order of a case standards table; `limit` parses by the grammar."""


@dataclass(frozen=True, slots=True)
class Standard:
    """One line of a case standards table: a small class under one filing condition (B-3.4.3.2).

    `code` is ours and never given to another; `basis` is the law or rule behind it, blank where
    the table has none.
    """

    code: str
    kind: str = ""
    big_code: str = ""
    big: str = ""
    small_code: str = ""
    small: str = ""
    unit: str = ""
    owner: str = ""
    filing: str = ""
    closing: str = ""
    limit: str = ""
    basis: str = ""

    @property
    def text(self) -> str:
        """How a case keeps it: readable and found again even when the table has moved on."""
        return f"{self.code} {self.small}"

    @property
    def counted(self) -> Limit:
        """Its limit; the table holds none that does not parse."""
        return parse(self.limit)


@dataclass(frozen=True, slots=True)
class Matters:
    """One edition of the matter table; `edition` 0 is the table that nobody has loaded."""

    edition: int = 0
    standards: tuple[Standard, ...] = ()
    _by_name: Mapping[str, tuple[Standard, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[str, list[Standard]] = {}
        for one in self.standards:
            names = (one.code, one.small, one.text, f"{one.small_code} {one.small}", stem(one))
            for name in dict.fromkeys(folded(name) for name in names):
                found.setdefault(name, []).append(one)
        object.__setattr__(self, "_by_name", {name: tuple(v) for name, v in found.items()})

    def find(self, text: str) -> tuple[Standard, ...]:
        """The standards that a text names: by code, by small class, or as a case keeps it."""
        wanted = folded(text)
        if not wanted:
            return ()
        head = folded(text.split()[0])
        return self._by_name.get(wanted) or self._coded(head)

    def one(self, text: str | None) -> Standard | None:
        """The standard that a text names; of several that allow the same time, the first.

        None where nothing is named, or where several limits would be possible.
        """
        found = self.find(text) if text else ()
        limits = {one.counted for one in found}
        return found[0] if len(limits) == 1 else None

    def _coded(self, head: str) -> tuple[Standard, ...]:
        return tuple(one for one in self._by_name.get(head, ()) if folded(one.code) == head)


NO_MATTERS = Matters()


def folded(text: str) -> str:
    """A name as it is compared: NFKC, one case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def stem(one: Standard) -> str:
    """What the codes of one small class have in common: 部件0101, or its name without codes."""
    coded = f"{one.big_code}{one.small_code}"
    return f"{one.kind}{coded}" if one.small_code else f"{one.kind}{one.small}"


def identity(one: Standard) -> tuple[str, str, str]:
    """What makes a line of the file the same line of the table: class and filing condition."""
    return stem(one), folded(one.small), folded(one.filing)


def coded(given: Iterable[Standard], known: Sequence[Standard]) -> tuple[Standard, ...]:
    """The given lines under the codes they have in the table, new ones under the next free.

    A code that was ever given is not given again: a case may name it.
    """
    codes = {identity(one): one.code for one in known}
    taken: dict[str, int] = {}
    for one in known:
        head, _, number = one.code.rpartition("-")
        taken[head] = max(taken.get(head, 0), int(number))
    found = []
    for one in given:
        code = codes.get(identity(one))
        if code is None:
            head = stem(one)
            taken[head] = taken.get(head, 0) + 1
            code = f"{head}-{taken[head]}"
        found.append(replace(one, code=code))
    return tuple(found)
