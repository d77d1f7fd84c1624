"""A random history of two seats on one store: acts, time, kills, and a faulty platform."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from history_fields import first_steps, registered, some_act
from history_seat import START, Platform, Seat, ground

from dutydesk.clock import ManualClock
from dutydesk.desk import alarming, outboxing
from dutydesk.desk.pushing import settle
from dutydesk.errors import BadInput, Refused
from dutydesk.notify.one_post import _claimed, one_post
from dutydesk.notify.record import record
from dutydesk.notify.send import send
from dutydesk.storage import Store, cases, duty
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor, Case

OPERATOR = Actor("commander", "陈安")
DIES, BETWEEN = 0.12, 0.25
"""How often a process is killed at what it does, and how often the other comes between."""
MOST_REQUESTS = 30
"""More than any history leaves to be sent; a sender that never ends is stopped there."""
FORWARD = (1, 5, 20, 60, 130, 600, 1500, 4000)
LONG, BACK = (9_000, 40_000, 90_000), (3, 90, 400, 2_400)
Red = tuple[str, int, int]
"""Case, number of the clock run, and the moment (ms) of a red rung that has come."""


def template(folder: Path) -> Path:
    """An empty store, of which every history has a copy."""
    file = folder / "empty.sqlite3"
    Store.open(f"sqlite:///{file}", create=True).close()
    return file


class History:
    """What happens, what was told of it, and what must be found afterwards."""

    def __init__(self, seed: int, empty: Path) -> None:
        self.chance = Random(seed)
        self.procedure = "baoshan" if seed % 5 == 4 else "xinchenglu"
        self.platform = Platform(self.chance)
        self.clock = ManualClock(START)
        file = empty.with_name("desk.sqlite3")
        shutil.copyfile(empty, file)
        given = (file, self.clock, self.platform, self.procedure)
        self.seats = [Seat(name, *given) for name in ("one", "two")]
        self.raw = sqlite3.connect(file, isolation_level=None)
        self.nos: list[str] = []
        self.told: list[str] = []
        """What happened, for whoever has to find out why."""
        self.reds: set[Red] = set()
        self.done: list[tuple[str, str]] = []
        """Case and key of each act that was confirmed to whoever did it."""
        self.marked: Counter[str] = Counter()
        """How often somebody chose to send a message once more, by its key."""
        self._keys = 0

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def rows(self, asked: str) -> list[Any]:
        """What the file says, as bare values."""
        return self.raw.execute(asked).fetchall()

    def close(self) -> None:
        self.raw.close()
        for seat in self.seats:
            seat.close()

    # ── what may happen ──

    def play(self, steps: int) -> None:
        """Two cases on their way, so many things that happen, and a quiet end."""
        for _each in range(2):
            self._register(self.seats[0])
        kinds: list[tuple[int, Callable[[Seat], object]]] = [
            (1, self._register), (4, self._act), (4, self._sweep), (1, self._claim),
            (5, self._send), (3, self._pass), (1, self._leap), (1, self._back), (2, self._hand),
            (1, self._choose), (1, self._power),
        ]  # fmt: skip
        every = [kind for weight, kind in kinds for _each in range(weight)]
        for _step in range(steps):
            self.chance.choice(every)(self.chance.choice(self.seats))
        self._settle()

    def _say(self, *said: object) -> None:
        self.told.append(f"{self.now:%d %H:%M:%S} " + " ".join(str(one) for one in said))

    def _mortally(self, seat: Seat, what: str, call: Callable[[], object]) -> bool:
        """Do it; now and then the process dies at it, or the other sweeps in the midst of it."""
        dies = self.chance.randrange(3) if self.chance.random() < DIES else None
        after = self.chance.random() < 0.5
        if self.chance.random() < BETWEEN:
            other = self.seats[1 - self.seats.index(seat)]
            seat.meanwhile = lambda: other.swept.extend(_swept(other))
        lived = seat.may_die(call, dies, after=after)
        self._say(seat.name, what, "" if lived else f"KILLED at unit {dies}, after={after}")
        return lived

    def _register(self, seat: Seat) -> None:
        found = self._do(seat, registered(self.procedure, self.chance, self.now))
        if found is not None:
            self.nos.append(found.no)
            for act in first_steps(self.procedure, found.no, self.chance, self.now):
                self._do(seat, act)

    def _act(self, seat: Seat) -> None:
        """One to three acts on one case, some seconds apart."""
        if not self.nos:
            return
        no = self.chance.choice(self.nos)
        for _each in range(self.chance.randrange(1, 4)):
            known = {case.no: case for case in self._cases(seat)}
            with seat.desk.store.reading() as connection:
                state = duty.load(connection, seat.desk.ground.area)
            rules = seat.desk.ground.rules(state, self.now)
            act = some_act(known[no], known, self.chance, self.now, rules)
            if act is not None:
                self._do(seat, act)
            self.clock.advance(seconds=self.chance.randrange(9))

    def _do(self, seat: Seat, act: Act) -> Case | None:
        """An act; whoever's process dies at it asks once more, with the same key."""
        self._keys += 1
        keyed = replace(act, key=f"k{self._keys}")
        for _try in range(2):
            answer: list[Case | None] = []
            try:
                lived = self._mortally(
                    seat, f"{act.verb} {act.case or ''}", partial(self._one, seat, keyed, answer)
                )
            except (Refused, BadInput) as refused:
                self._say("  refused", getattr(refused, "code", refused))
                return None
            if lived:
                return answer[0]
        return None

    def _one(self, seat: Seat, act: Act, answer: list[Case | None]) -> None:
        done = seat.desk.execute(act)
        if not done.pushed:
            self.done.append((act.case or "", act.key or ""))
        answer.append(done.case)

    def _sweep(self, seat: Seat) -> None:
        if self._mortally(seat, "sweep", lambda: seat.swept.extend(_swept(seat))):
            self._expect(seat)

    def _claim(self, seat: Seat) -> None:
        """Intent noted; what it claimed is sent later, or never, if the process dies before."""

        def claim() -> None:
            post = _claimed(seat.office)
            if post is not None:
                seat.posts.append(post)

        self._mortally(seat, "claim", claim)

    def _send(self, seat: Seat) -> None:
        """What was claimed, and more, is sent and recorded; killed between in one of six."""
        for _request in range(3):
            if not seat.posts:
                self._claim(seat)
            if not seat.posts:
                return
            post = seat.posts.pop(0)
            replies = send(seat.office.channel, post)
            keys = [one.key for one in post.letters]
            if self.chance.random() < 1 / 6:
                self._say(seat.name, "KILLED after sending", keys)
                seat.die()
                return
            self._mortally(seat, f"sent {keys}", partial(record, seat.office, post, replies))
        self._mortally(seat, "settle", lambda: settle(seat.desk))

    def _pass(self, seat: Seat) -> None:
        self.clock.advance(seconds=self.chance.choice(FORWARD))

    def _leap(self, seat: Seat) -> None:
        self.clock.advance(seconds=self.chance.choice(LONG))
        self._say("nobody was here")

    def _back(self, seat: Seat) -> None:
        self.clock.set(self.now - timedelta(seconds=self.chance.choice(BACK)))
        self._say("the clock was set back")

    def _hand(self, seat: Seat) -> None:
        """Somebody acknowledges, shelves, or wants to be called again."""
        keys = [row[0] for row in self.rows("SELECT key FROM alarm WHERE ended_at IS NULL")]
        if not keys:
            return
        some = self.chance.sample(sorted(keys), min(2, len(keys)))
        desk, until = seat.desk, self.now + timedelta(minutes=self.chance.choice([5, 50]))
        calls: list[Callable[[], object]] = [
            lambda: alarming.acknowledge(desk, OPERATOR, some),
            lambda: alarming.acknowledge(desk, OPERATOR),
            lambda: alarming.shelve(desk, OPERATOR, some, until, "等"),
            lambda: alarming.unshelve(desk, OPERATOR, some),
        ]
        try:
            self._mortally(seat, f"hand {some}", self.chance.choice(calls))
        except Refused as refused:
            self._say("  refused", refused.code)

    def _choose(self, seat: Seat) -> None:
        """A person decides what becomes of a message that was not surely sent."""
        asked = "SELECT key FROM outbox WHERE state IN ('UNKNOWN', 'FAILED') ORDER BY key"
        keys = [row[0] for row in self.rows(asked)]
        if not keys:
            return
        key = self.chance.choice(keys)
        how = self.chance.choice([outboxing.resend, outboxing.confirm, outboxing.give_up])
        if how is outboxing.resend:
            self.marked[key] += 1
        self._mortally(seat, f"{how.__name__} {key}", lambda: how(seat.desk, [key], OPERATOR))

    def _power(self, seat: Seat) -> None:
        """All processes die at once."""
        self._say("power cut")
        for each in self.seats:
            each.die()

    # ── the end ──

    def _settle(self) -> None:
        """Both sweep and send, in the end to a platform that is well: nothing waits any more."""
        for seat in self.seats:
            while seat.posts:
                post = seat.posts.pop(0)
                record(seat.office, post, send(seat.office.channel, post))
        # Later than anything that the clock has said before it was set back.
        last = self.rows("SELECT max(created_at), max(next_at) FROM outbox")[0]
        late = max((one for one in last if one), default=0) / 1000
        self.clock.set(max(self.now, datetime.fromtimestamp(late, self.now.tzinfo)))
        for step, seat in zip((121, 660), self.seats, strict=True):
            self.clock.advance(seconds=step)
            seat.swept.extend(_swept(seat))
            for _request in range(MOST_REQUESTS):
                if not one_post(seat.office):
                    break
            settle(seat.desk)
            self.platform.faulty = False
        self._expect(self.seats[0])
        self._say("settled")

    def _cases(self, seat: Seat) -> list[Case]:
        with seat.desk.store.reading() as connection:
            return [case for _row, case in cases.many(connection, self.nos)]

    def _expect(self, seat: Seat) -> None:
        """A pass of the clock is over: every red rung that has come by now must be on record."""
        now = int(self.now.timestamp() * 1000)
        procedure = ground(self.procedure).procedure
        asked = (
            "SELECT r.case_no, r.id, r.name, r.variant, r.due_at FROM clock_run r "
            "JOIN case_row c ON c.no = r.case_no "
            f"WHERE c.is_open AND r.stopped_at IS NULL AND r.due_at <= {now}"
        )
        for no, run, name, variant, due in self.rows(asked):
            for rung in procedure.clock(name, variant).ladder:
                if rung.light != "red" or rung.opening or rung.share is not None or rung.when:
                    continue
                at = due + (rung.after_s or 0) * 1000
                if at <= now:
                    self.reds.add((no, run, at))


def _swept(seat: Seat) -> list[str]:
    return [alarm.key for alarm in seat.desk.sweep().alarms]
