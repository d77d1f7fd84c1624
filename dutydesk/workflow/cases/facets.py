"""What the queue shows of a case without reading it whole: stored beside the state."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Facets(NamedTuple):
    """The stored short answer of a case.

    ``clock`` and ``due_at`` belong to the running clock that breaches first; ``yellow_at`` is the
    first moment at which any running clock turns the light yellow, ``red_at`` the first at which
    one turns it red; ``next_due_at`` is the next moment anything about the case changes;
    ``hands`` is "mine" or "theirs"; ``waiting_for`` names parties (free names or role names);
    ``pinned`` is a case that stands on top of the queue.
    """

    clock: str | None
    clock_party: str | None
    started_at: datetime | None
    due_at: datetime | None
    yellow_at: datetime | None
    red_at: datetime | None
    next_due_at: datetime | None
    hands: str
    waiting_for: tuple[str, ...]
    waiting_since: datetime | None
    pinned: bool = False
