"""The growing end of the journal inside one unit: events and keys that are about to be written."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from dutydesk.storage import journal, keys
from dutydesk.workflow.cases.acts import Act, Event


class Chain:
    """Gathers events; their ids are known at once, since the unit holds the journal's lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._head: journal.Head | None = None
        self._events: list[tuple[Event, str, str | None]] = []
        self._keys: dict[str, keys.Kept] = {}

    def add(
        self, events: Sequence[Event], area: str, case: str | None, act: Act
    ) -> tuple[int, ...]:
        """Take the events of one act and its key; gives the ids they will have."""
        if self._head is None:
            self._head = journal.head(self._connection)
        last = self._head.id + len(self._events)
        ids = tuple(range(last + 1, last + 1 + len(events)))
        self._events.extend((event, area, act.seat) for event in events)
        if act.key is not None:
            self._keys[act.key] = keys.Kept(
                act.key, act.verb, case, keys.act_digest(act), last + 1, last + len(events)
            )
        return ids

    def kept(self, key: str) -> keys.Kept | None:
        """The act that was done under a key, written or about to be."""
        return self._keys.get(key) or keys.kept(self._connection, key)

    def flush(self) -> None:
        """Hash and write what was taken."""
        if self._events and self._head is not None:
            self._head, rows, secret = journal.chain(self._head, self._events)
            journal.append(self._connection, rows, secret)
            self._events = []
        if self._keys:
            keys.save(self._connection, self._keys.values())
            self._keys = {}
