"""What a platform does not know yet of a case that came from it: what adds to it, what ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dutydesk.workflow.cases.acts import Event, Outcome
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.writeback import Told

SYSTEM = "system"
"""Who ends an entry that nobody entered: it has come to nothing."""
EVERYTHING = ("all", "全部")
"""Words of `what` that mean all that is owed of a case."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of a case that the platform has to be told; `id` None until it is stored."""

    case: str
    run: int
    area: str
    channel: str
    external_no: str
    what: str
    since_at: datetime
    party: str | None = None
    ticked_at: datetime | None = None
    ticked_by: str | None = None
    receipt: str | None = None
    batch: str | None = None
    id: int | None = None

    @property
    def open(self) -> bool:
        return self.ticked_at is None

    def same(self, other: Entry) -> bool:
        """Whether both are about the same act of the same party in the same run."""
        mine = (self.case, self.run, self.what, self.party)
        return mine == (other.case, other.run, other.what, other.party)


@dataclass(frozen=True, slots=True)
class Owe:
    """An entry, unless an open one of the same act stands already.

    With `recalls` an open entry of such an act in the same run ends instead: the platform never
    heard of it.
    """

    entry: Entry
    recalls: tuple[str, ...] = ()

    @property
    def case(self) -> str:
        return self.entry.case

    def apply(self, book: Sequence[Entry]) -> list[Entry]:
        """The entries of the case after it."""
        mine = self.entry
        if any(old.same(mine) and old.open for old in book):
            return list(book)
        recalled = [e for e in book if e.open and e.run == mine.run and e.what in self.recalls]
        if recalled:
            end = Tick(mine.case, mine.since_at, SYSTEM, mine.what, run=mine.run)
            return [end.on(e) if e in recalled else e for e in book]
        return [*book, mine]


@dataclass(frozen=True, slots=True)
class Tick:
    """Open entries are entered; None as run, acts or party means any.

    A result without a party is that of the one who handles the case, by whatever name.
    """

    case: str
    at: datetime
    by: str
    receipt: str | None = None
    batch: str | None = None
    run: int | None = None
    acts: frozenset[str] | None = None
    party: str | None = None

    def apply(self, book: Sequence[Entry]) -> list[Entry]:
        """The entries of the case after it."""
        return [self.on(entry) if self.means(entry) else entry for entry in book]

    def means(self, entry: Entry) -> bool:
        """Whether it ticks this entry."""
        return (
            entry.open
            and self.run in (None, entry.run)
            and (self.acts is None or entry.what in self.acts)
            and (self.party is None or entry.party in (None, self.party))
        )

    def on(self, entry: Entry) -> Entry:
        """The entry, ticked."""
        return replace(
            entry, ticked_at=self.at, ticked_by=self.by, receipt=self.receipt, batch=self.batch
        )


@dataclass(frozen=True, slots=True)
class Restore:
    """What a batch ended is owed again: the batch was taken back."""

    case: str
    batch: str

    def apply(self, book: Sequence[Entry]) -> list[Entry]:
        """The entries of the case after it."""
        return [
            replace(e, ticked_at=None, ticked_by=None, receipt=None, batch=None)
            if e.batch == self.batch
            else e
            for e in book
        ]


Change = Owe | Tick | Restore


def changes(
    outcome: Outcome,
    procedure: Procedure,
    case_of: Callable[[str], Case | None],
    batch: str | None = None,
) -> list[Change]:
    """What an act changes in the ledger; `case_of` gives the cases merged into this one.

    What the act of a `batch` ends is owed again when that batch is taken back.

    An act of the system is what the platform itself has said: it is never owed back.
    """
    found: list[Change] = []
    for event in outcome.events:
        case = outcome.case
        if event.verb == "write_back":
            found += _entered(case, event, procedure)
        elif event.verb == "take_back":
            found += _taken_back(case, event)
        elif event.verb in procedure.writeback.concerns:
            found += _ended(case, event, procedure, batch)
            found += _owed(case, event, procedure, case_of)
    return found


def _ended(case: Case, event: Event, procedure: Procedure, batch: str | None) -> Iterable[Change]:
    """What need not be entered any more after this event."""
    rules = procedure.writeback
    told = rules.acts.get(event.verb)
    end = Tick(case.no, event.at, SYSTEM, event.verb, batch)
    if event.verb in rules.moves_on or (told is not None and told.clears):
        yield end
    if event.verb in rules.voids:
        acts, party = frozenset((rules.voids[event.verb],)), event.data.get("party")
        yield replace(end, run=case.run, acts=acts, party=str(party) if party else None)


def _owed(
    case: Case, event: Event, procedure: Procedure, case_of: Callable[[str], Case | None]
) -> Iterable[Change]:
    """What the platform has to be told of this event."""
    told = procedure.writeback.acts.get(event.verb)
    if told is None or event.by.role == SYSTEM:
        return
    for one in (case, *(_merged(case, case_of) if told.linked else ())):
        if one.external_no is not None:
            yield Owe(_entry(one, event), told.recalls)


def _merged(case: Case, case_of: Callable[[str], Case | None]) -> list[Case]:
    found = (case_of(no) for no in case.linked)
    return [one for one in found if one is not None and one.merged_into == case.no]


def _entry(case: Case, event: Event) -> Entry:
    party = event.data.get("party")
    return Entry(
        case=case.no,
        run=case.run,
        area=case.area,
        channel=case.channel,
        external_no=case.external_no or "",
        what=event.verb,
        since_at=event.at,
        party=str(party) if party else None,
    )


def _taken_back(case: Case, event: Event) -> Iterable[Change]:
    batch = str(event.data.get("batch") or "")
    if case.batch == batch:
        yield Tick(case.no, event.at, SYSTEM, event.verb, batch)
    else:
        yield Restore(case.no, batch)


def _entered(case: Case, event: Event, procedure: Procedure) -> Iterable[Change]:
    named = meant(str(event.data.get("what") or ""), procedure)
    if named is None:
        return
    acts, party = named
    receipt = str(event.data.get("receipt") or "") or None
    tick = Tick(case.no, event.at, str(event.by), receipt, acts=acts, party=party)
    yield tick
    covered = _covered(procedure.writeback.acts, acts)
    if covered:
        yield replace(tick, acts=covered, party=None, run=case.run)


def _covered(acts: Mapping[str, Told], named: frozenset[str] | None) -> frozenset[str]:
    return frozenset(verb for name in named or () for verb in acts[name].covers)


def meant(what: str, procedure: Procedure) -> tuple[frozenset[str] | None, str | None] | None:
    """The acts and the party that the words of a `write_back` name; acts None = all of them.

    An act answers to its verb, to its name in the ledger or in the procedure in either language,
    and to the state it leads to; a party may follow it. None for words that name nothing: such a
    write-back is on the record and ticks nothing.
    """
    said = what.strip()
    if said in EVERYTHING:
        return None, None
    for verb in procedure.writeback.acts:
        for name in _names(verb, procedure):
            rest = said.removeprefix(name)
            if rest == said:
                continue
            if not rest.strip(" :：·"):
                return frozenset((verb,)), None
            if rest[0] in " :：·":
                return frozenset((verb,)), rest.strip(" :：·")
    return None


def _names(verb: str, procedure: Procedure) -> list[str]:
    labels = [procedure.writeback.acts[verb].label, procedure.acts[verb].label]
    ends = {row.to for row in procedure.transitions if row.verb == verb and row.to}
    labels += [s.label for s in procedure.states.values() if s.name in ends and s.end]
    names = [verb, *(text for label in labels for text in (label.zh, label.en))]
    return sorted(dict.fromkeys(names), key=len, reverse=True)
