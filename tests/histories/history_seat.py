"""A seat of a history: a desk and its sender, which may be killed at the commit of any unit."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, event

from dutydesk.bootstrap import end_states, memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.books import Books
from dutydesk.desk.ground import Ground
from dutydesk.desk.pushing import settle
from dutydesk.notify.channel import SENT, Letter, Pace, Post, Reply
from dutydesk.notify.office import Office
from dutydesk.storage import Sending, Store, Unit
from dutydesk.storage import engine as engines

CHANNEL = "app"
KINDS = ("convene", "reschedule", "urge", "escalate", "supervise", "handover", "late_refusal")
OUTCOMES = ("sent", "sent", "sent", "sent", "dropped", "no_answer", "busy", "refused", "partial")
BUSY = Reply(Sending.DRAFT, "busy -1", retry=timedelta(seconds=15), most_tries=3)


START = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


class Killed(BaseException):
    """The process is gone in the middle of its work: nothing of it may catch this."""


class Platform:
    """A faulty platform of this process: what it took, in order, whatever it answered."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.faulty = True
        self.accepted: list[Letter] = []

    def take(self, post: Post) -> Mapping[str, Reply]:
        """One request; what the platform took and what the sender hears differ now and then."""
        how = self.chance.choice(OUTCOMES) if self.faulty else "sent"
        taken = post.letters[1:] if how == "partial" else post.letters
        if how in ("sent", "partial", "dropped"):
            self.accepted += taken
        replies = {
            "sent": SENT,
            "partial": SENT,
            "dropped": Reply(Sending.UNKNOWN, "no_answer timeout"),
            "no_answer": Reply(Sending.UNKNOWN, "no_answer timeout"),
            "busy": BUSY,
            "refused": Reply(Sending.FAILED, "bad_secret 40001"),
        }
        found = dict.fromkeys([one.key for one in post.letters], replies[how])
        if how == "partial":
            found[post.letters[0].key] = Reply(Sending.FAILED, "invaliduser u")
        return found


class Channel:
    """The way to the platform as a sender sees it."""

    name = kind = CHANNEL
    pace = Pace()
    max_age = timedelta(hours=2)
    needs_address = True

    def __init__(self, platform: Platform) -> None:
        self.send = platform.take

    def together(self, one: Any, other: Letter, *, crowded: bool) -> bool:
        return bool(one[0].text == other.text)

    def probe(self, text: str, to: str) -> Iterator[Any]:
        return iter(())


@cache
def ground(procedure: str) -> Ground:
    """What a desk of this procedure looks at; made once."""
    desk = memory_desk(ManualClock(START), procedure=procedure)
    desk.close()
    carries = dict.fromkeys(KINDS, CHANNEL)
    return replace(desk.ground, carries=carries if procedure == "xinchenglu" else {})


@cache
def engine(file: Path, name: str) -> Engine:
    """A seat's engine, kept for all histories, so that its statements are compiled once.

    Whoever is killed loses its connections, and the transaction that was open on one.
    """
    found = engines.connect(f"sqlite:///{file}")

    @event.listens_for(found, "connect")
    def _unwaiting(connection: Any, _record: object) -> None:
        # Processes die here, never the machine: nothing has to wait for the disk.
        connection.execute("PRAGMA synchronous=OFF")

    return found


class Seat:
    """One process: it is killed before or after the commit of its next units, and opened anew."""

    def __init__(
        self, name: str, file: Path, clock: ManualClock, platform: Platform, procedure: str
    ) -> None:
        self.name, self._file, self._clock = name, file, clock
        self._platform, self._procedure = platform, procedure
        self.die_in: int | None = None
        self.die_after = False
        self.meanwhile: Callable[[], object] | None = None
        self.posts: list[Post] = []
        """Claimed by this process and not sent yet."""
        self.swept: list[str] = []
        """The keys of alarms that this seat has been given to ring."""
        self.open()

    def open(self) -> None:
        """Start the process."""
        rules = replace(ground(self._procedure), books=Books())
        store = Store(engine(self._file, self.name), end_states(rules.procedure))
        store.unit = self._mortal(store.unit)  # type: ignore[method-assign]
        self.desk = Desk(store, self._clock, rules)
        self.office = Office(
            store, rules.area, Channel(self._platform), self._clock,
            lambda name, at: name, lambda: settle(self.desk),
        )  # fmt: skip

    def close(self) -> None:
        self.desk.close()

    def die(self) -> None:
        """Gone with everything it had in hand; the next process finds what was committed."""
        self.posts.clear()
        self.die_in = self.meanwhile = None
        self.close()
        self.open()

    def may_die(self, call: Callable[[], object], die_in: int | None, *, after: bool) -> bool:
        """Do something; with ``die_in`` the process is killed at so many units from now."""
        self.die_in, self.die_after = die_in, after
        try:
            call()
        except Killed:
            self.die()
            return False
        finally:
            self.die_in = self.meanwhile = None
        return True

    def _mortal(self, unit: Callable[[], Any]) -> Callable[[], Any]:
        @contextlib.contextmanager
        def mortal() -> Iterator[Unit]:
            meanwhile, self.meanwhile = self.meanwhile, None
            if meanwhile is not None:
                meanwhile()
            dies = self.die_in == 0
            if self.die_in is not None:
                self.die_in -= 1
            with unit() as opened:
                yield opened
                if dies and not self.die_after:
                    raise Killed
            if dies:
                raise Killed

        return mortal
