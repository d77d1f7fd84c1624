"""What a channel is given, what it answers, and what every channel can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from dutydesk.storage import Sending

Secret = Callable[[], str | None]
"""Gives a channel's secret when it is needed, from keyring or environment; never kept in a row."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message on its way: `address` is what the channel calls its recipient, empty for none."""

    key: str
    text: str
    recipient: str
    address: str = ""
    kind: str = ""
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of one letter.

    DRAFT means: certainly not delivered, try again after `retry`. `reason` is a code of
    `dutydesk.views.outbox.REASONS`, followed by a blank and a detail where there is one.
    """

    state: Sending
    reason: str | None = None
    receipt: str | None = None
    retry: timedelta | None = None
    most_tries: int = 3


SENT = Reply(Sending.SENT)


class Exchange(NamedTuple):
    """One step of a trial: what was asked, whether it went well, what came back."""

    step: str
    ok: bool
    said: str


@dataclass(frozen=True, slots=True)
class Pace:
    """How much a channel may be given: requests a minute with their spacing, messages a member.

    `avoids` are the minutes of the hour at which what comes by the clock waits for the next.
    """

    per_minute: int = 1000
    spacing: timedelta = timedelta(0)
    member_minute: int | None = None
    member_hour: int | None = None
    avoids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Post:
    """One request to a channel: letters that go together, and what to call it."""

    attempt: str
    letters: tuple[Letter, ...]


class Channel(Protocol):
    """One way out. A channel raises nothing: whatever happens is a reply."""

    name: str
    kind: str
    pace: Pace
    max_age: timedelta
    needs_address: bool

    def together(self, one: Sequence[Letter], other: Letter, *, crowded: bool) -> bool:
        """Whether a letter may go in the same request; `crowded` where more wait than may go."""
        ...

    def send(self, post: Post) -> Mapping[str, Reply]:
        """Send one request; gives what became of each letter by its key. May take its time."""
        ...

    def probe(self, text: str, to: str) -> Iterator[Exchange]:
        """Send a trial message, step by step."""
        ...


@dataclass(frozen=True)
class Channels:
    """The channels of a desk by name, and which of them carries a kind of message."""

    by_name: Mapping[str, Channel] = field(default_factory=dict)
    carries: Mapping[str, str] = field(default_factory=dict)
