"""The second screen: whose seat it follows, and the case selected there with all that is known."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.case import parts
from dutydesk.screens.follow.heading import SeatLine, empty_lines
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, twins
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.parts.paint import Line
from dutydesk.screens.parts.painted import Rule, Wall
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.claims import Claims, SeatRow, Seats, followed, in_hand
from dutydesk.views.labels import N_, Words
from dutydesk.workflow.duty.claims import Claim

WIDE = 100
HINTS = (
    KeyHint("↑↓", N_("上下")),
    KeyHint("* /", N_("翻页")),
    KeyHint("←→", N_("换栏")),
    KeyHint("Esc", N_("退出")),
)


class FollowScreen(Screen[None]):
    """One seat's selected case; every key that would act says that nothing is done here."""

    DEFAULT_CSS = """
    FollowScreen { layout: vertical; overflow: hidden; }
    FollowScreen #seat, FollowScreen KeyLine { height: 1; }
    FollowScreen #follow-body { height: 1fr; }
    FollowScreen #head { height: auto; }
    FollowScreen #columns { height: 1fr; }
    FollowScreen #left, FollowScreen #right { width: 1fr; }
    """
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll(1)", N_("往下")),
        Binding("k,up", "scroll(-1)", N_("往上")),
        Binding(f"pagedown,space,{twins('*')}", "scroll(10)", N_("下一页")),
        Binding(f"pageup,{twins('/')}", "scroll(-10)", N_("上一页")),
        Binding("home", "scroll(-9999)", show=False),
        Binding("end", "scroll(9999)", show=False),
        Binding(f"left,right,{twins('+')}", "other", N_("换栏")),
        Binding(f"escape,q,{twins('0')}", "leave", N_("退出")),
    ]

    def __init__(self, gateway: Gateway, seat: str) -> None:
        super().__init__()
        self.gateway = gateway
        self.asked_seat = seat
        self.row: SeatRow | None = None
        self.card: CaseCard | None = None
        self.claim: Claim | None = None
        self.seat_line = SeatLine(seat)
        self.head = parts.CasePart(self.head_lines, id="head")
        self.left = parts.CasePart(parts.beside, id="left")
        self.right = parts.CasePart(parts.right, id="right")
        self.wall = Wall()
        self.scrolled = self.right

    def compose(self) -> ComposeResult:
        """Whose seat; the case in two columns; the keys."""
        yield self.seat_line
        yield Rule()
        with Vertical(id="follow-body"):
            yield self.head
            with Horizontal(id="columns"):
                yield self.left
                yield self.wall
                yield self.right
        yield KeyLine(HINTS)

    def head_lines(self, card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
        """The head of the case; in whose hands it is where that is not the seat followed."""
        return parts.head(card, self.claim, words, now, width)

    @property
    def case_parts(self) -> tuple[parts.CasePart, ...]:
        """Every part that shows the card."""
        return (self.head, self.left, self.right)

    # Asking.

    def second(self) -> None:
        """A second has passed: ask what the seat looks at, let the clocks run on."""
        self.gateway.ask(Seats(), self, "seats")
        now = self.gateway.now
        self.seat_line.show(self.row, self.gateway.words, now)
        self.query_one(KeyLine).tick()
        for part in (self.head, self.left):
            part.tick(now)

    def moved(self) -> None:
        """The record has moved: the case may be another one now."""
        self.gateway.ask(Claims(), self, "claims")
        if self.row is not None and self.row.case_no is not None:
            self.gateway.ask(Card(self.row.case_no), self, "card")

    def on_answered(self, event: messages.Answered) -> None:
        """What the seat looks at, or the case itself."""
        self.seat_line.trouble = None
        if event.slot == "seats":
            self._seated(event.answer)
        elif event.slot == "claims":
            self._in_hands(event.answer)
        else:
            self._show(event.answer)

    def on_failed(self, event: messages.Failed) -> None:
        """Nothing could be read: what is shown is old."""
        self.failed(event.sentence)

    def failed(self, sentence: str) -> None:
        """Say so in the first line until something is read again."""
        self.seat_line.trouble = sentence
        self.seat_line.repaint()

    def _seated(self, rows: tuple[SeatRow, ...]) -> None:
        before = self.row
        self.row = found = followed(rows, self.asked_seat, before, self.gateway.now)
        self.seat_line.others = tuple(row.seat for row in rows)
        self.seat_line.show(found, self.gateway.words, self.gateway.now)
        no = found.case_no if found is not None else None
        if no is None:
            self._show(None)
        elif before is None or before.case_no != no:
            self.moved()

    def _in_hands(self, claims: tuple[Claim, ...]) -> None:
        if self.row is not None and self.row.case_no is not None:
            held = in_hand(claims, self.row.seat, self.gateway.now)
            self.claim = held.get(self.row.case_no)
            self.lay_out()

    def _show(self, card: CaseCard | None) -> None:
        other = (card.no if card else None) != (self.card.no if self.card else None)
        self.card = card
        for part in self.case_parts:
            if other:
                part.top = 0
            part.instead = None if card is not None else list(empty_lines(self.row))
            part.show(card, self.gateway.words, self.gateway.now)
        self.lay_out()

    # Its size.

    def on_resize(self) -> None:
        """Other sizes have other columns."""
        self.lay_out()

    def lay_out(self) -> None:
        """Two columns where there is room, else everything in one that scrolls."""
        wide = self.size.width >= WIDE
        self.left.maker = parts.beside if wide else parts.both
        self.right.display = self.wall.display = wide
        self.scrolled = self.scrolled if wide else self.left
        self.head.styles.height = max(1, len(self.head.made(self.size.width)))
        for part in self.case_parts:
            part.repaint()

    # Keys.

    def action_scroll(self, by: int) -> None:
        """Up and down in the column that was chosen."""
        self.scrolled.move(by)

    def action_other(self) -> None:
        """The other column scrolls."""
        if self.right.display:
            self.scrolled = self.left if self.scrolled is self.right else self.right

    def action_leave(self) -> None:
        """Close the second screen; the seat goes on."""
        self.app.exit(0)

    def on_key(self, event: events.Key) -> None:
        """Any other key would act, and nothing is done here."""
        if event.is_printable or event.key in ("enter", "insert"):
            event.stop()
            seat = self.row.seat if self.row is not None else self.asked_seat
            said = _("第二屏只看不办；请在 {seat} 办理").format(seat=seat or _("值班台"))
            self.query_one(KeyLine).say(said, "amber")
