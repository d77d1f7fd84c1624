"""The one order of times that guards ask for."""

from __future__ import annotations

from datetime import datetime

from dutydesk.errors import Refused
from dutydesk.workflow.cases.asked import Asked


def between(asked: Asked, name: str, earliest: datetime | None) -> Refused | None:
    """The fact in a field lies between the fact it follows and the act's own time."""
    value: datetime | None = asked.get(name)
    if value is None:
        return None
    if value > asked.at or (earliest is not None and value < earliest):
        params = {"field": name, "value": value, "earliest": earliest, "latest": asked.at}
        return Refused("time_order", params, None)
    return None
