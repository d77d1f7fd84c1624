"""Counts that lead to their rows: per bay and light, per tag, flag and way of finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading
from dutydesk.views.queue import millis


class FacetCount(NamedTuple):
    """How many cases carry one value: `facet` is flag, pain_points, key_work, kind, discovered_by.

    `value` serves as the filter `tag` of the queue for flags, pain points and key work.
    """

    facet: str
    value: str
    label: str
    number: int


FIXED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("flag", ("cross_level", "cross_grid", "cross_domain", "legacy")),
    ("pain_points", ("热点", "难点", "堵点")),
    ("kind", ("component", "event")),
    ("discovered_by", ("people", "technology")),
)
"""Values that are counted even where there is none of them."""


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """Cases per tag (X-1.4), flag (X-2.5) and way of finding (X-7.1.4).

    Received from `from_at` (inside) to `to_at` (outside); open cases only with `open_only`.
    """

    area: str | None = None
    from_at: datetime | None = None
    to_at: datetime | None = None
    open_only: bool = False

    def answer(self, reading: Reading, context: Context) -> tuple[FacetCount, ...]:
        """The counts: fixed values in their order, then the others, the most frequent first."""
        from dutydesk.storage.queries import counts  # slow import

        within = counts.received_within(
            self.area,
            None if self.from_at is None else millis(self.from_at),
            None if self.to_at is None else millis(self.to_at),
            open_only=self.open_only,
        )
        found = counts.by_facet(reading.connection, within)
        words = Words(context.procedure, context.language)
        rows = []
        for facet, values in FIXED:
            for value in values:
                label = words.choice("tag" if facet == "flag" else facet, value)
                rows.append(FacetCount(facet, value, label, found.pop((facet, value), 0)))
        rest = sorted(found.items(), key=lambda entry: (entry[0][0], -entry[1], entry[0][1]))
        rows += [FacetCount(facet, value, value, count) for (facet, value), count in rest]
        return tuple(rows)
