"""Who rings: typed or found in the roster and the contacts by letters, digits or a row's number."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message_pump import MessagePump

from dutydesk.i18n import _
from dutydesk.screens.forms.finding import is_row_number
from dutydesk.screens.forms.rows import TextRow
from dutydesk.screens.forms.saying import Spoken
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.paint import Span, blank, free
from dutydesk.text import fold
from dutydesk.views.callers import CasesOfNumber, KnownCase, whole_number
from dutydesk.views.contacts import People, PersonRow
from dutydesk.views.numbers import short
from dutydesk.workflow.time.zone import to_local

MOST = 5
DIALLED = 7
"""So many digits that nobody answers to are a telephone number."""


class IncomingWho(TextRow):
    """A name or a number; whoever answers to it stands below, the one who is meant marked."""

    SLOT: ClassVar[str] = "who"
    CASES: ClassVar[str] = "who-cases"

    def compose_control(self) -> ComposeResult:
        """The entry, and who answers to it."""
        with Vertical(classes="body"):
            yield from super().compose_control()
            self.hits = Spoken()
            yield self.hits
        self.people: tuple[PersonRow, ...] = ()
        self.cases: tuple[KnownCase, ...] = ()
        self._asked = ""

    def look(self, gateway: Gateway, target: MessagePump) -> None:
        """Ask for whoever answers to what is typed."""
        typed = self.entry.value.strip()
        if is_row_number(typed):
            self._draw()
            return
        self._asked = typed
        gateway.ask(People(typed, MOST), target, self.SLOT)
        if self.cases or whole_number(typed) is not None:
            gateway.ask(CasesOfNumber(typed), target, self.CASES)

    def show(self, found: tuple[PersonRow, ...]) -> None:
        """The people have come."""
        self.people = found if self._asked else ()
        self._draw()

    def show_cases(self, found: tuple[KnownCase, ...]) -> None:
        """The cases of that number have come."""
        self.cases = found if self._asked else ()
        self._draw()

    @property
    def person(self) -> PersonRow | None:
        """Who is meant: the row of that number, the first for letters or digits, or the same name.

        A Chinese name that is no entry's own stays as it was typed.
        """
        typed = fold(self.entry.value.strip())
        if is_row_number(typed):
            return self.people[int(typed) - 1] if 1 <= int(typed) <= len(self.people) else None
        if not typed or not self.people:
            return None
        first = self.people[0]
        if typed.isascii():
            return first
        own = {
            fold(name) for name in (first.party, first.name, first.unit, first.party + first.name)
        }
        return first if typed in own or set(typed.split()) <= own else None

    @property
    def party(self) -> str:
        """The name that goes on the record, empty where nothing was typed."""
        found = self.person
        return found.party if found is not None else self.entry.value.strip()

    @property
    def caller(self) -> dict[str, str]:
        """The citizen of a new case: his number where a number was typed, else his name."""
        party = self.party
        if self.person is None and sum(sign.isdigit() for sign in party) >= DIALLED:
            return {"phone": party}
        return {"name": party} if party else {}

    def _draw(self) -> None:
        meant = self.person
        lines = []
        for number, one in enumerate(self.people, start=1):
            here = one is meant
            told = "  ".join(part for part in (one.phone, one.kind, one.note) if part)
            lines.append(
                [
                    Span("▌" if here else " ", "accent"),
                    Span(f"{number} ", "accent"),
                    free(one.party, "bright" if here else "ink"),
                    blank(2),
                    free(told, "dim"),
                ]
            )
        lines += [self._case(case) for case in self.cases]
        if self._asked and not lines:
            lines = [[Span(_("名册和通讯录里没有，就按所写记"), "faint")]]
        self.hits.show(lines)

    def _case(self, case: KnownCase) -> list[Span]:
        said = _("{tail} 的来电人 {name}").format(
            tail=short(case.no, self.scene.now), name=case.name
        )
        told = f"{case.state_label}  {to_local(case.received_at):%m-%d %H:%M}  {case.place}"
        return [blank(2), free(said, "amber"), blank(2), free(told, "dim")]
