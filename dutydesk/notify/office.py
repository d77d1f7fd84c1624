"""What every stage of a sending looks at: one channel of one desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dutydesk.clock import Clock
from dutydesk.notify.channel import Channel
from dutydesk.storage import Store

Address = Callable[[str, datetime], str]
"""What a channel calls a recipient at a moment: the account of whoever stands behind it now."""


@dataclass(frozen=True, slots=True)
class Office:
    """A store, an area, a channel, the clock, and where recipients are to be found.

    ``settle`` does the acts that waited until all their messages were sent.
    """

    store: Store
    area: str
    channel: Channel
    clock: Clock
    address: Address
    settle: Callable[[], object]
