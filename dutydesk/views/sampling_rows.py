"""The rows of a month's quality sample, and its JSON (X-4.2.2.6, A-18)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from dutydesk.i18n import _
from dutydesk.views.labels import N_
from dutydesk.workflow.sampling import BOTH, CLOSED, REPORTED

STRATUM_WORDS: Mapping[str, str] = {
    REPORTED: N_("只在当月上报"),
    CLOSED: N_("只在当月结案"),
    BOTH: N_("当月上报并结案"),
}
"""What each stratum is called."""


def stratum_words(stratum: str) -> str:
    """A stratum in the language in use."""
    return _(STRATUM_WORDS[stratum])


class Member(NamedTuple):
    """One case of the month's population: what of it fell into the month, and when it closed."""

    no: str
    stratum: str
    closed_at: datetime | None


class Draw(NamedTuple):
    """What the store keeps of a month: the seed, when each case was drawn, and, once the month
    has ended and the rest was drawn, the population as it stood then."""

    seed: int
    drawn: Mapping[str, datetime]
    tranches: int
    frozen: tuple[Member, ...] | None


class StratumRow(NamedTuple):
    """One stratum: how many cases, how many are wanted, drawn and judged of them."""

    stratum: str
    population: int
    wanted: int
    drawn: int
    done: int


class SampleRow(NamedTuple):
    """One drawn case; `done_at` and `verdict` once it was judged."""

    no: str
    grid: str | None
    stratum: str
    drawn_at: datetime
    done_at: datetime | None
    verdict: str | None
    by: str | None


class MonthSample(NamedTuple):
    """One area's month; `beyond` are cases that were checked beside the sample (X-4.2.2.5).

    `seed` is None before the first draw, `light` is what `workflow.sampling.light` says.
    """

    month: str
    area: str
    ratio: float
    clause: str | None
    from_at: datetime
    to_at: datetime
    due_at: datetime
    seed: int | None
    tranches: int
    frozen: bool
    light: str
    strata: tuple[StratumRow, ...]
    rows: tuple[SampleRow, ...]
    beyond: tuple[str, ...]

    @property
    def population(self) -> int:
        """How many cases the month has."""
        return sum(row.population for row in self.strata)

    @property
    def wanted(self) -> int:
        """How many are wanted of all strata together."""
        return sum(row.wanted for row in self.strata)

    @property
    def drawn(self) -> int:
        """How many were drawn."""
        return sum(row.drawn for row in self.strata)

    @property
    def done(self) -> int:
        """How many of the drawn were judged."""
        return sum(row.done for row in self.strata)

    @property
    def left(self) -> tuple[SampleRow, ...]:
        """What is drawn and not judged yet, by grid."""
        open_ = (row for row in self.rows if row.done_at is None)
        return tuple(sorted(open_, key=lambda row: (row.grid or "", row.no)))

    @property
    def complete(self) -> bool:
        """Whether each stratum is fulfilled; an empty one is."""
        return all(row.done >= row.wanted for row in self.strata)


def as_document(sample: MonthSample) -> dict[str, Any]:
    """The sample as JSON."""
    from dutydesk.views.jsonable import plain  # slow import

    found = sample._asdict() | {
        "population": sample.population,
        "wanted": sample.wanted,
        "drawn": sample.drawn,
        "done": sample.done,
        "complete": sample.complete,
        "strata": [row._asdict() for row in sample.strata],
        "cases": [row._asdict() for row in sample.rows],
    }
    del found["rows"]
    document: dict[str, Any] = plain(found)
    return document
