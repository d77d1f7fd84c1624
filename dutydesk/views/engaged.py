"""What else parties are promised to around a moment, and who is next where one declines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from dutydesk.i18n import _
from dutydesk.text import mask_numbers, one_line
from dutydesk.views.labels import Words
from dutydesk.views.people import alternates, party_person, unit_lead
from dutydesk.views.promises import StandingPromises, ours
from dutydesk.views.question import Context, Reading

AROUND = timedelta(minutes=60)
"""How near in time two things are for one to stand in the way of the other."""


TURNS = tuple(timedelta(hours=12 * n) for n in range(1, 7))
"""When the roster is looked at for whoever comes next at a post."""


class Engagement(NamedTuple):
    """One thing that a party is promised to: when, in which case (None: of the desk), what."""

    at: datetime
    case: str | None
    text: str


class EngagedParty(NamedTuple):
    """One party with what else it is promised to, the nearest in time first, and who may come
    instead."""

    party: str
    busy: tuple[Engagement, ...]
    instead: str


@dataclass(frozen=True, slots=True)
class Engaged:
    """The engagements of parties within an hour of `at`, other than those of the case `but`.

    The lead of a department is one person however he is named: 城管, 何勇, 城管何勇.
    """

    parties: tuple[str, ...]
    at: datetime
    but: str = ""

    def answer(self, reading: Reading, context: Context) -> tuple[EngagedParty, ...]:
        """A row per party, in their order."""
        from dutydesk.storage.queries import engaged  # slow import

        names = {party: aliases(context, reading.now, party) for party in self.parties}
        everybody = sorted({name for group in names.values() for name in group})
        first, last = self.at - AROUND, self.at + AROUND
        words = Words(context.procedure, context.language)
        desk = ours(context.procedure)
        said = context.procedure.values.get("meeting", {})
        meeting = engaged.Meeting(said.get("clock"), tuple(said.get("states", ())))
        runs = engaged.runs(reading.connection, everybody, first, last, self.but, meeting)
        found = [(run.party, _of_a_clock(run, words, meeting.clock)) for run in runs]
        found += [
            (row.to if row.by in ("", *desk) else row.by, Engagement(row.at, row.case, row.text))
            for row in StandingPromises().answer(reading, context)
            if not row.again and row.at and first <= row.at <= last
            and (row.case is None or row.case != self.but)
        ]  # fmt: skip
        return tuple(
            EngagedParty(
                party,
                self._nearest(e for name, e in found if name in names[party]),
                instead(context, reading.now, party),
            )
            for party in self.parties
        )

    def _nearest(self, found: Iterable[Engagement]) -> tuple[Engagement, ...]:
        return tuple(sorted(found, key=lambda one: (abs(one.at - self.at), one.case or "")))


def _of_a_clock(run: Sequence[object], words: Words, meets: str | None) -> Engagement:
    _party, name, due_at, case, place = run
    assert isinstance(due_at, datetime)
    what = _("协调") if name == meets else words.clock(str(name))
    text = _("{what}：{place}").format(what=what, place=mask_numbers(one_line(str(place))))
    return Engagement(due_at, str(case), text)


def aliases(context: Context, now: datetime, party: str) -> frozenset[str]:
    """The names under which cases know the same person."""
    for department in context.procedure.parts.units:
        name = unit_lead(context, now, department)
        group = {department, name, f"{department}{name}"} if name else {department}
        if party in group:
            return frozenset(group)
    return frozenset((party,))


def instead(context: Context, now: datetime, party: str) -> str:
    """Who is next where a party declines: a colleague of his post, else whoever the roster has
    there next; empty where there is neither."""
    names = aliases(context, now, party)
    for person in sorted({party_person(context, now, name) for name in names}):
        others = [one.name for one in alternates(context, person) if not one.own]
        if others:
            return others[0]
    for department in names & set(context.procedure.parts.units):
        for turn in TURNS:
            name = unit_lead(context, now + turn, department)
            if name and name not in names:
                return name
    return ""
