"""The sign of life of whoever keeps the clock."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Beat(NamedTuple):
    """Who keeps the clock, and when he last gave a sign that it goes."""

    holder: str
    ticked_at: datetime | None
