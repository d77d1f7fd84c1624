"""How much of an upstream limit is kept for closing a community case (A-15)."""

from __future__ import annotations

from datetime import datetime, timedelta

DAY = timedelta(hours=24)
SHORT = timedelta(hours=2)


def reserved_due(upstream_due: datetime, at: datetime) -> tuple[datetime | None, str]:
    """The disposal due of a community case and its clock's variant (A-15).

    Of the time that is left a quarter, at most 24 h, is kept for closing; two hours or less are
    given whole and without warnings; None where nothing is left.
    """
    left = upstream_due - at
    if left <= timedelta(0):
        return None, ""
    if left <= SHORT:
        return upstream_due, "short"
    return (upstream_due - min(DAY, left / 4)).replace(microsecond=0), ""
