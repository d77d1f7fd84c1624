"""The only way to write: one unit, one transaction, one lock until its commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection

from dutydesk.storage import (
    alarms,
    batches,
    by_hand,
    cases,
    contacts,
    duty,
    holding,
    inspections,
    journal,
    lease,
    outbox,
    takeback,
)
from dutydesk.storage import meta as texts
from dutydesk.storage.batches import Batch, Line
from dutydesk.storage.contacts import Contact
from dutydesk.storage.inspections import Inspection
from dutydesk.storage.keys import Kept
from dutydesk.storage.outbox import Message
from dutydesk.storage.saving import Item, Saving
from dutydesk.workflow.alarms.flood import Heard
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.cases.acts import Act, Event, Outcome
from dutydesk.workflow.cases.facets import Facets
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.duty.model import DutyState

if TYPE_CHECKING:
    from dutydesk.storage.writebacks import Ledger
    from dutydesk.workflow.cases.owing import Change

T = TypeVar("T")
MOST_CANDIDATES = 20
"""How many numbers an ambiguous tail is answered with."""


class Unit:
    """One transaction that holds the journal's lock; opened by `Store.unit` only.

    What it gives is what it last saved; nothing of it is in the store before the block ends.
    """

    def __init__(self, connection: Connection, end_states: frozenset[str]) -> None:
        self._connection = connection
        self._saving = Saving(connection, end_states)
        self._duty: dict[str, DutyState] = {}
        self._ledger: Ledger | None = None

    @property
    def connection(self) -> Connection:
        """The unit's connection, everything saved so far written to it."""
        self._saving.flush()
        if self._ledger is not None:
            self._ledger.flush()
        return self._connection

    # ── cases ──
    def case(self, no: str) -> Case | None:
        """The case of a full number."""
        return self._saving.case(no)

    def cases(self, nos: Sequence[str]) -> list[Case]:
        """The cases of full numbers, in that order; unknown ones are left out."""
        return self._saving.many(nos)

    def resolve(self, tail: str, area: str | None = None) -> tuple[str, ...]:
        """Up to 20 numbers that end with `tail`: open cases first, then the newest."""
        return cases.ending_with(self.connection, tail, area, MOST_CANDIDATES)

    def case_by_external(self, channel: str, external_no: str) -> Case | None:
        """The case that came through a channel under this number."""
        return self.cases_by_external(channel, [external_no]).get(external_no)

    def cases_by_external(self, channel: str, numbers: Sequence[str]) -> dict[str, Case]:
        """The cases that came through a channel under these numbers, by that number."""
        return self._saving.by_external(channel, cases.numbers(numbers))

    def next_no(self, area: str, day: date) -> str:
        """A new case number: area + yyMMdd + 4 digits (5 from the 10,000th of a day on)."""
        return self._saving.next_no(area, day)

    def due_cases(self, now: datetime, limit: int) -> list[Case]:
        """At most `limit` open cases whose next moment has come, earliest first."""
        return self._saving.hold(cases.due(self.connection, now, limit))

    def next_due_at(self) -> datetime | None:
        """The next moment at which anything about any open case changes."""
        return cases.next_due_at(self.connection)

    def save(self, outcome: Outcome, facets: Facets, act: Act) -> tuple[int, ...]:
        """Write an outcome; gives its event ids. Raises Stale when its case has moved on.

        Ends the case's alarms when it comes into an end state.
        """
        return self._saving.save([(outcome, facets, act)])[0]

    def save_many(self, items: Sequence[Item]) -> list[tuple[int, ...]]:
        """Write up to 500 outcomes in few round trips; gives the event ids of each."""
        return self._saving.save(items)

    def save_swept(self, case: Case, facets: Facets) -> None:
        """Write rungs and facets that time moved: no event, the version stays."""
        self._saving.save_swept([(case, facets)])

    def save_swept_many(self, items: Sequence[tuple[Case, Facets]]) -> None:
        """`save_swept` for many cases in one round trip."""
        self._saving.save_swept(items)

    def take_back(self, nos: Sequence[str]) -> int:
        """Remove imported cases again (an undone batch); the journal keeps their events."""
        self._saving.unfind(nos)
        gone = takeback.remove(self.connection, nos)
        self._saving.forget(nos)
        return gone

    def owe(self, changes: Sequence[Change]) -> None:
        """Change what platforms have to be told of cases."""
        from dutydesk.storage.writebacks import Ledger  # slow import

        if self._ledger is None:
            self._ledger = Ledger(self._connection)
        self._ledger.take(changes)

    # ── keys ──
    def kept(self, key: str) -> Kept | None:
        """The act that was done under a key."""
        return self._saving.kept(key)

    def events(self, first: int, last: int) -> list[Event]:
        """The events with ids from `first` to `last`, as they were written."""
        return journal.events(self.connection, first, last)

    def next_event(self) -> int:
        """The id of the event that is written next."""
        return journal.head(self.connection).id + 1

    # ── the desk ──
    def duty(self, area: str) -> DutyState:
        """Who holds an area's desk, presence and standing instructions."""
        if area not in self._duty:
            self._duty[area] = duty.load(self._connection, area)
        return self._duty[area]

    def save_duty(self, state: DutyState, events: Sequence[Event], act: Act) -> tuple[int, ...]:
        """Write a duty state and the events of a desk act; an unchanged state is left alone."""
        duty.save(self._connection, state)
        self._duty[state.area] = state
        return self._saving.add_events(events, state.area, act)

    def red_count(self, area: str, at: datetime) -> int:
        """How many open cases of an area are red at a moment."""
        return holding.red_count(self.connection, area, at)

    def open_count(self, area: str) -> int:
        """How many cases of an area are open."""
        return holding.open_count(self.connection, area)

    def due_between(
        self,
        area: str,
        from_at: datetime,
        to_at: datetime,
        ringing: Sequence[str],
        urgent: str | None = None,
    ) -> tuple[str, ...]:
        """Open cases that breach in a stretch in which they will not ring."""
        return holding.due_between(self.connection, area, from_at, to_at, ringing, urgent)

    def change_holder(self, area: str, holder: str, waiting: tuple[str, str], at: datetime) -> int:
        """Give the open cases of an area to a holder; gives how many."""
        self._saving.forget(None)
        return holding.change_holder(self.connection, area, holder, waiting, at)

    # ── alarms ──
    def raise_alarms(self, found: Sequence[Alarm]) -> list[Alarm]:
        """Claim alarms by their key; gives only those that this unit really raised."""
        raised = alarms.raise_new(self.connection, found)
        return self._touched(raised, bool(raised))

    def heard(self, area: str, since: datetime) -> list[Heard]:
        """What the desk of an area has heard since a moment, to tell a flood by."""
        return alarms.heard(self.connection, area, since)

    # ── messages ──
    def put_message(self, message: Message) -> bool:
        """Put a message into the outbox; False where its key is there already."""
        put = outbox.put(self.connection, message)
        return self._touched(put, put)

    def logged_in(self, person: str, event: Event) -> None:
        """Note that somebody answered: he was logged in then."""
        by_hand.known_login(self.connection, person, "in", "reply", event.at, str(event.by))

    # ── batches, spot-checks, the rest ──
    def next_batch(self, day: date) -> str:
        """A new batch number: yyMMdd-n."""
        stem = f"{day:%y%m%d}"
        return f"{stem}-{self._saving.next_number(f'batch:{stem}')}"

    def save_batch(self, batch: Batch, lines: Sequence[Line] = ()) -> None:
        """Write a batch, or its new counts, and add rows to it."""
        batches.save(self.connection, batch, lines)
        self._saving.touch()

    def batch(self, number: str) -> tuple[Batch, list[Line]] | None:
        """A batch and its rows in order."""
        return batches.load(self.connection, number)

    def batch_of_file(self, digest: str) -> str | None:
        """The newest import of a file with these bytes that was not undone."""
        return batches.last_of_file(self.connection, digest)

    def look(self, case: str, at: datetime) -> int:
        """Say that someone looked at what imports changed in a case; gives how many rows."""
        done = batches.look(self.connection, case, at)
        return self._touched(done, done > 0)

    def mark_returned(self, batch: str, cases: Sequence[tuple[str, int]], at: datetime) -> int:
        """Record that (case, episode) went back with a batch; gives how many had not yet."""
        done = batches.mark_returned(self.connection, batch, cases, at)
        return self._touched(done, done > 0)

    def save_inspection(self, record: Inspection) -> int:
        """Write a spot-check and give its number."""
        return self._touched(inspections.save(self.connection, record), True)

    def save_contacts(self, found: Sequence[Contact], at: datetime) -> None:
        """Write contacts, each by its unit and name."""
        contacts.save(self.connection, found, at)
        self._touched(None, bool(found))

    def remove_contacts(self, ids: Sequence[int], at: datetime) -> None:
        """Take contacts off the list by their numbers in it."""
        contacts.remove(self.connection, ids, at)
        self._touched(None, bool(ids))

    def lease(self, name: str, holder: str, now: datetime, seconds: int) -> bool:
        """Take or prolong a lease; False while another holder's runs."""
        return lease.take(self.connection, name, holder, now, timedelta(seconds=seconds))

    def text(self, name: str) -> str | None:
        """A named text about the store itself."""
        return texts.read(self.connection, name)

    def save_text(self, name: str, value: str | None) -> None:
        """Write a named text, or remove it with None."""
        texts.write(self.connection, name, value)

    def touch(self) -> None:
        """Let every screen read anew, although no act was done."""
        self._saving.touch()

    def finish(self) -> None:
        """Write the counters; `Store.unit` calls it before the commit."""
        self._saving.finish()
        if self._ledger is not None:
            self._ledger.flush()

    def _touched(self, answer: T, wrote: bool) -> T:
        if wrote:
            self._saving.touch()
        return answer
