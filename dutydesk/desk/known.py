"""Which cases the rows of a file speak of: by the number from above, or by our own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dutydesk.intake import OWN, Layout, Row
from dutydesk.storage import Unit
from dutydesk.workflow.cases.model import Case

Known = dict[tuple[object, object], Case]
"""Cases by the channel and the number under which a row names them."""


def known_cases(unit: Unit, rows: Sequence[Row], layout: Layout) -> Known:
    """The cases that are there already; in our own layout our own number names one too."""
    by_channel: dict[str, list[str]] = {}
    for row in rows:
        numbers = by_channel.setdefault(str(row.fields["channel"]), [])
        numbers.append(str(row.fields["external_no"]))
    found: Known = {
        (channel, number): case
        for channel, numbers in by_channel.items()
        for number, case in unit.cases_by_external(channel, numbers).items()
    }
    return found | (_by_own_number(unit, by_channel) if layout.name == OWN else {})


def _by_own_number(unit: Unit, by_channel: Mapping[str, Sequence[str]]) -> Known:
    """Cases without a number from above: they leave under our own (`results.value_of`)."""
    asked = [number for numbers in by_channel.values() for number in numbers]
    return {
        (case.channel, case.no): case
        for case in unit.cases(asked)
        if case.external_no is None and case.no in by_channel.get(case.channel, ())
    }
