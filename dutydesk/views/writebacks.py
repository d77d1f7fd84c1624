"""What platforms do not know yet of the cases that came from them, ready to be copied (X-7.1.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from dutydesk.i18n import _, listed
from dutydesk.text import mask_numbers, one_line
from dutydesk.views.answers import result_of, why_refused
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Reading
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.time.zone import to_local

if TYPE_CHECKING:
    from dutydesk.storage.queries.writebacks import Said
    from dutydesk.workflow.cases.owing import Entry

MOST = 500
"""How many entries are listed at most; the count is of all."""


class PageField(NamedTuple):
    """One field of a platform's page: what it is called there, and what goes into it.

    Numbers inside free texts are covered; in a drill every value says that it is one.
    """

    name: str
    label: str
    value: str


class OwedRow(NamedTuple):
    """One thing that a platform does not know yet.

    `owes` is None where the desk has only to enter it, else the party whose result is missing:
    then there is nothing to copy, and `id` is None.
    """

    id: int | None
    case: str
    channel: str
    channel_label: str
    external_no: str
    what: str
    what_label: str
    party: str | None
    since_at: datetime
    owes: str | None
    place: str
    summary: str
    fields: tuple[PageField, ...] = ()

    @property
    def tail(self) -> str:
        return self.case[-4:]


@dataclass(frozen=True, slots=True)
class OwedList:
    """The open entries, platform by platform; `total` counts those that are not listed too.

    `awaited` are results that nobody has filed yet, so that the desk cannot enter them.
    """

    rows: tuple[OwedRow, ...]
    awaited: tuple[OwedRow, ...]
    total: int
    read_at: datetime

    @property
    def channels(self) -> tuple[str, ...]:
        """The platforms in the order of the list."""
        return tuple(dict.fromkeys(row.channel for row in (*self.rows, *self.awaited)))

    @property
    def oldest(self) -> datetime | None:
        """Since when the oldest of the listed is owed."""
        return min((row.since_at for row in self.rows), default=None)


@dataclass(frozen=True, slots=True)
class OwedCount:
    """How many entries of the area's cases no platform has yet: what the header counts."""

    def answer(self, reading: Reading, context: Context) -> int:
        """The number of rows of the ledger."""
        from dutydesk.storage.queries import writebacks  # slow import

        return writebacks.count(reading.connection, context.area, None, None)


class OwedLine(NamedTuple):
    """One thing that a platform does not know yet, in few words."""

    case: str
    channel_label: str
    what_label: str
    since_at: datetime


@dataclass(frozen=True, slots=True)
class OldestOwed:
    """What the area's cases have owed longest, whatever platform: for a list without its pages."""

    most: int

    def answer(self, reading: Reading, context: Context) -> tuple[OwedLine, ...]:
        """The oldest first."""
        from dutydesk.storage.queries import writebacks  # slow import

        words = Words(context.procedure, context.language)
        acts = words.procedure.writeback.acts
        return tuple(
            OwedLine(
                entry.case,
                words.choice("channel", entry.channel),
                acts[entry.what].label.in_(words.lang),
                entry.since_at,
            )
            for entry in writebacks.oldest(reading.connection, context.area, self.most)
        )


@dataclass(frozen=True, slots=True)
class Owed:
    """The ledger of the desk's area, of one channel or one case where given."""

    channel: str | None = None
    case: str | None = None

    def answer(self, reading: Reading, context: Context) -> OwedList:
        """The rows, each with the fields of its platform's page."""
        from dutydesk.storage.queries import writebacks  # slow import

        area, link = context.area, reading.connection
        found = writebacks.owed(link, area, self.channel, self.case, MOST)
        nos = [entry.case for entry in found]
        known = writebacks.cases(link, nos)
        said = writebacks.said(link, nos, tuple(context.procedure.writeback.acts))
        filling = Filling(context, known, said)
        total = len(found)
        if total == MOST:
            total = writebacks.count(link, area, self.channel, self.case)
        awaited = () if self.case is not None else self._awaited(reading, context)
        return OwedList(tuple(map(filling.row, found)), awaited, total, reading.now)

    def _awaited(self, reading: Reading, context: Context) -> tuple[OwedRow, ...]:
        from dutydesk.storage.queries import writebacks  # slow import

        procedure = context.procedure
        if "file_result" not in procedure.writeback.acts:
            return ()
        states = [name for name in procedure.states if procedure.steps(name, "file_result")]
        cases = writebacks.awaited(reading.connection, context.area, self.channel, states, MOST)
        words = Words(procedure, context.language)
        rows = [row for case in cases for row in _missing(case, words)]
        return tuple(sorted(rows, key=lambda row: (row.channel, row.since_at, row.case)))


def _missing(case: Case, words: Words) -> list[OwedRow]:
    """A row for each party that owes its result; the station's where no party has a duty."""
    since, course = case.since_at or case.received_at, case.course
    owing = [(p.name, p.given_at or since) for p in course.parties if p.required]
    done = {p.name for p in course.parties if p.filed_at is not None}
    if not owing and course.station is not None:
        owing = [(course.station, since)]
    return [
        OwedRow(
            id=None,
            owes=words.party(name),
            fields=(),
            since_at=at,
            what="file_result",
            party=name,
            **_about(case, words, "file_result"),
        )
        for name, at in owing
        if name not in done
    ]


def _about(case: Case, words: Words, what: str) -> dict[str, str]:
    return {
        "case": case.no,
        "channel": case.channel,
        "channel_label": words.choice("channel", case.channel),
        "external_no": case.external_no or "",
        "what_label": words.procedure.writeback.acts[what].label.in_(words.lang),
        "place": mask_numbers(one_line(case.place)),
        "summary": mask_numbers(one_line(case.description)),
    }


class Filling:
    """Fills the pages of platforms from cases and what their acts said."""

    def __init__(
        self,
        context: Context,
        cases: Mapping[str, Case],
        said: Mapping[tuple[str, str, str | None], Said],
    ) -> None:
        self._context = context
        self._cases = cases
        self._said = said
        self._words = Words(context.procedure, context.language)

    def row(self, entry: Entry) -> OwedRow:
        """One entry with its fields."""
        case = self._cases[entry.case]
        about = _about(case, self._words, entry.what)
        return OwedRow(
            id=entry.id,
            what=entry.what,
            party=entry.party,
            since_at=entry.since_at,
            owes=None,
            fields=self._fields(entry, case),
            **about,
        )

    def _fields(self, entry: Entry, case: Case) -> tuple[PageField, ...]:
        rules, lang = self._context.procedure.writeback, self._words.lang
        # A case that was merged has the result of the one that it is in.
        told = self._cases.get(case.merged_into or "", case)
        said = self._said.get((told.no, entry.what, entry.party))
        filled = fill(entry, told, said, self._words)
        filled["external_no"] = case.external_no or entry.external_no
        found = []
        for name, label in rules.order(entry.channel, entry.what):
            value = filled.get(name) or ""
            if self._context.drill:
                value = _("【演练】{value}").format(value=value)
            found.append(PageField(name, label or rules.labels[name].in_(lang), value))
        return tuple(found)


def fill(entry: Entry, case: Case, said: Said | None, words: Words) -> dict[str, str]:
    """Every value that can be copied but the number, by its name in `workflow.writeback.COPIED`.

    `case` is the one whose course tells what became of the matter.
    """
    course, data = case.course, said.data if said is not None else {}
    party = next((p for p in course.parties if p.name == entry.party), None)
    at = to_local(said.at if said is not None else entry.since_at)
    filed = party.result if party is not None else None
    texts = {
        "state": words.procedure.writeback.acts[entry.what].label.in_(words.lang),
        "unit": course.lead or course.station or case.grid or "",
        "grid": case.grid or "",
        "category": case.category or "",
        "party": words.party(entry.party or course.station or ""),
        "result": filed or result_of(case) or str(data.get("text") or ""),
        "report": course.report or "",
        "reason": _reason(entry, data),
        "belongs_to": str(data.get("belongs_to") or ""),
        "satisfaction": words.choice("satisfaction", case.satisfaction),
        "attachments": listed(_files(case, entry.party)),
        "by": words.actor(Actor.parse(said.by)) if said is not None else "",
    }
    covered = {name: mask_numbers(text) for name, text in texts.items()}
    return covered | {"at": f"{at:%Y-%m-%d %H:%M}"}


def _reason(entry: Entry, data: Mapping[str, object]) -> str:
    return why_refused(data) if entry.what == "refuse" else str(data.get("reason") or "")


def _files(case: Case, party: str | None) -> Sequence[str]:
    names = [a.file.replace("\\", "/").rsplit("/", 1)[-1] for a in case.attachments
             if party is None or a.party == party]  # fmt: skip
    return list(dict.fromkeys(names))
