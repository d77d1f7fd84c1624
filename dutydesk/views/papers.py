"""Everything that a paper on one case says, and the pages of its platform as they are filled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.name_cover import name_cover
from dutydesk.views.question import Context, Reading
from dutydesk.views.why import ClockWhy, whys
from dutydesk.views.writebacks import Filling, OwedRow
from dutydesk.workflow.cases.owing import Entry


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case, the name of the area that handles it, and what its platform is told, in order.

    `pages` are empty where the case has no number from above or nothing is to be told yet;
    names and numbers of citizens are covered. `whys` are the ledgers of its clocks. `cover`
    covers the caller's full name in a text.
    """

    card: CaseCard
    office: str
    pages: tuple[OwedRow, ...]
    whys: tuple[ClockWhy, ...]
    cover: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class CasePapers:
    """What papers on a case are made from; None where there is no such case."""

    no: str

    def answer(self, reading: Reading, context: Context) -> CaseFile | None:
        """The case with its pages, whether they were entered there or not."""
        from dutydesk.views.stored import load_case  # slow import

        card, case = Card(self.no).answer(reading, context), load_case(reading, self.no)
        if card is None or case is None:
            return None
        area = context.places.area(card.area)
        office = area.name.removesuffix("网格") if area else card.area
        reasons = whys(case, context.hours.calendar)
        pages, cover = _pages(card, reading, context), name_cover(case.caller.name)
        return CaseFile(card, office, pages, reasons, cover)


def _pages(card: CaseCard, reading: Reading, context: Context) -> tuple[OwedRow, ...]:
    """The last act of each kind that the platform is told, the earliest first."""
    from dutydesk.storage.queries import writebacks  # slow import

    rules = context.procedure.writeback
    if not card.external_no:
        return ()
    said = writebacks.said(reading.connection, [card.no], tuple(rules.acts))
    cases = writebacks.cases(reading.connection, [card.no])
    filling = Filling(context, cases, said)
    told = sorted(said.items(), key=lambda one: one[1].at)
    return tuple(
        filling.row(
            Entry(card.no, card.run, card.area, card.channel, card.external_no, what, one.at, party)
        )
        for (_no, what, party), one in told
    )
