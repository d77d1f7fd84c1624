"""Who can be reached: last known logins, messages and answers of each (X-5.2.4.1, X-7.1.2)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dutydesk.i18n import _
from dutydesk.views.labels import Words
from dutydesk.views.people import party_person
from dutydesk.views.question import Context, Reading


class LoginRow(NamedTuple):
    """Whether a planned person was last known to be logged in (X-5.2.4.1).

    `state` is in, out or unknown; `source` hand or reply; `old` where the word is not of the last
    `LOGIN_HOURS`, so that it says little. `account` tells whether messages can reach him at all.
    """

    person: str
    post_label: str
    state: str
    state_label: str
    source: str
    source_label: str
    at: datetime | None
    old: bool
    account: bool
    pushed: int
    replied: int


LOGIN_HOURS = 4
"""House: how long a word about somebody's login is taken for true."""
COUNTED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Logins:
    """Whoever is planned now, with his last known login and his messages of the last 30 days."""

    def answer(self, reading: Reading, context: Context) -> tuple[LoginRow, ...]:
        """In the order of the roster; a person with two posts once."""
        from dutydesk.storage.queries import outbox  # slow import

        words = Words(context.procedure, context.language)
        known = outbox.logins(reading.connection)
        since = reading.now - timedelta(days=COUNTED_DAYS)
        counted = PushCounts(since, reading.now + timedelta(seconds=1)).answer(reading, context)
        counts: dict[str, tuple[int, int]] = {}
        for row in counted:
            person = party_person(context, reading.now, row.recipient)
            pushed, replied = counts.get(person, (0, 0))
            counts[person] = (pushed + row.pushed, replied + row.replied)
        people = {person.name: person for person in getattr(context.plan, "people", ())}
        found: dict[str, LoginRow] = {}
        for entry in context.plan.planned(reading.now):
            slot = entry.slot
            if slot.area not in (None, context.area) or entry.name in found:
                continue
            label = slot.department or words.role(slot.post)
            account = bool(getattr(people.get(entry.name), "userid", ""))
            found[entry.name] = _login(
                entry.name, label, known.get(entry.name), reading.now, account,
                counts.get(entry.name, (0, 0)),
            )  # fmt: skip
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """How many of those on duty were lately said not to be logged in: they are to be rung."""

    def answer(self, reading: Reading, context: Context) -> int:
        """The number that the header shows where it is not 0."""
        from dutydesk.storage.queries import outbox  # slow import

        since = reading.now - timedelta(hours=LOGIN_HOURS)
        known = outbox.logins(reading.connection)
        out = {name for name, row in known.items() if row.state == "out" and row.at > since}
        if not out:
            return 0
        planned = context.plan.planned(reading.now)
        here = {one.name for one in planned if one.slot.area in (None, context.area)}
        return len(out & here)


def _login(
    person: str, label: str, last: Any, now: datetime, account: bool, counts: tuple[int, int]
) -> LoginRow:
    state = last.state if last is not None else "unknown"
    states = {"in": _("已登录"), "out": _("未登录"), "unknown": _("不知")}
    sources = {"hand": _("人工记的"), "reply": _("有回应")}
    source = last.source if last is not None else ""
    at = last.at if last is not None else None
    return LoginRow(
        person=person,
        post_label=label,
        state=state,
        state_label=states.get(state, state),
        source=source,
        source_label=sources.get(source, ""),
        at=at,
        old=at is not None and now - at > timedelta(hours=LOGIN_HOURS),
        account=account,
        pushed=counts[0],
        replied=counts[1],
    )


class PushCount(NamedTuple):
    """Messages and answers of one recipient in a period (X-7.1.2)."""

    recipient: str
    pushed: int
    sent: int
    not_sent: int
    unclear: int
    replied: int


@dataclass(frozen=True, slots=True)
class PushCounts:
    """How often each was sent something and answered, from a moment until another.

    An answer is a confirmed response of that party (X-5.2.4.2); a platform's read receipts are
    not known here.
    """

    since: datetime
    until: datetime

    def answer(self, reading: Reading, context: Context) -> tuple[PushCount, ...]:
        """One row for each who was sent anything or answered, the most first."""
        from dutydesk.storage.queries import outbox  # slow import

        connection, area = reading.connection, context.area
        states: dict[str, Counter[str]] = {}
        for row in outbox.sent_to(connection, area, self.since, self.until):
            states.setdefault(row.recipient, Counter())[row.state] += row.count
        verbs = [v for v in context.procedure.acts if context.procedure.sets(v, "responded")]
        answers: Counter[str] = Counter()
        for row in outbox.replied(connection, area, verbs, self.since, self.until):
            if row.data.get("outcome") != "absent" and row.data.get("party"):
                answers[str(row.data["party"])] += 1
        names = sorted({*states, *answers})
        rows = [_count(name, states.get(name, Counter()), answers[name]) for name in names]
        return tuple(sorted(rows, key=lambda row: (-row.pushed, row.recipient)))


def _count(name: str, states: Counter[str], replied: int) -> PushCount:
    return PushCount(
        name,
        sum(states.values()) - states["DROPPED"],
        states["SENT"],
        states["FAILED"],
        states["UNKNOWN"],
        replied,
    )
