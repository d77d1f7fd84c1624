"""Cases that may be the matter being typed: hinted, never merged by themselves (A-19)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from dutydesk.text import fold
from dutydesk.views.question import Context, Reading
from dutydesk.views.queue import millis

WINDOW = timedelta(days=30)
"""How far back a case may lie (A-19; house)."""
ALIKE = 70.0
"""From which likeness of two texts on, of 100, they may tell of the same matter (house)."""
MOST_COMPARED = 3000
SHORTEST_TEXT = 4

_NOT_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")


class Similar(NamedTuple):
    """One case that may be the same matter; `score` is of 100, `why` names what fits.

    `why` holds place, category, text in this order; `received_at` is UTC milliseconds; `open` is 1
    or 0.
    """

    no: str
    external_no: str | None
    score: int
    why: tuple[str, ...]
    state: str
    open: int
    grid: str | None
    category: str | None
    place: str
    summary: str
    received_at: int


@dataclass(frozen=True, slots=True)
class SameMatter:
    """Possible duplicates of what is being typed, or of the case `exclude`."""

    place: str = ""
    description: str = ""
    grid: str | None = None
    category: str | None = None
    exclude: str | None = None
    limit: int = 5

    def answer(self, reading: Reading, context: Context) -> tuple[Similar, ...]:
        """The candidates, the likeliest first."""
        from dutydesk.storage.queries import duplicates  # slow import

        if not place_key(self.place) and len(text_key(self.description)) < SHORTEST_TEXT:
            return ()
        grid = context.places.grid(self.grid) if self.grid else None
        found = duplicates.recent(
            reading.connection,
            millis(reading.now - WINDOW),
            grid.name if grid else self.grid,
            self.exclude,
            MOST_COMPARED,
        )
        return judge(self, found)


def text_key(text: str) -> str:
    """The text as it is compared: folded, nothing but letters, Han and digits."""
    return _NOT_WORD.sub("", fold(text))


def place_key(place: str) -> str:
    """The place as it is compared: folded, without blanks, signs and words that say nothing."""
    key = text_key(place)
    for word in ("上海市", "嘉定区", "新成路街道"):
        key = key.replace(word, "")
    return key


def same_place(one: str, other: str) -> bool:
    """Whether two places name the same spot: one begins the other, and their numbers agree."""
    a, b = place_key(one), place_key(other)
    if not a or not b or _NUMBER.findall(a) != _NUMBER.findall(b):
        return False
    return a.startswith(b) or b.startswith(a)


def judge(asked: SameMatter, rows: Iterable[Sequence[Any]]) -> tuple[Similar, ...]:
    """The rows that may be the same matter, scored.

    The same category (where both are known) is a must; beside it the same place, or a like text
    that no differing house number contradicts.
    """
    from rapidfuzz import fuzz  # slow import

    wanted = text_key(asked.description)
    numbers = _NUMBER.findall(place_key(asked.place))
    found = []
    for no, external_no, state, is_open, grid, category, place, description, received in rows:
        if asked.category and category and asked.category != category:
            continue
        placed = same_place(asked.place, place)
        likeness = 0.0
        if len(wanted) >= SHORTEST_TEXT:
            likeness = fuzz.partial_ratio(wanted, text_key(description), score_cutoff=ALIKE)
        theirs = _NUMBER.findall(place_key(place))
        elsewhere = bool(numbers and theirs and numbers != theirs)
        if not placed and (likeness < ALIKE or elsewhere):
            continue
        fits = {"place": placed, "category": bool(asked.category and category), "text": likeness}
        score = int(50 * placed + 15 * bool(fits["category"]) + likeness * 0.35)
        found.append(
            Similar(
                no, external_no, score, tuple(name for name, fit in fits.items() if fit), state,
                int(is_open), grid, category, place, description[:120], received,
            )
        )  # fmt: skip
    found.sort(key=lambda row: (-row.score, -row.open, -row.received_at, row.no))
    return tuple(found[: asked.limit])
