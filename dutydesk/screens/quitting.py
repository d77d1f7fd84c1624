"""Leaving with clocks that run: what falls due, that nothing rings here, who holds the cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dutydesk.i18n import _, listed
from dutydesk.screens import messages
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, flow, free, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.views.claims import SeatRow
from dutydesk.views.labels import N_
from dutydesk.views.leaving import Leaving, LeavingList
from dutydesk.views.spoken import spoken

if TYPE_CHECKING:
    from dutydesk.desk import Desk

HEIGHT = 11


class Left(NamedTuple):
    """What is left behind, and which other seats are open."""

    found: LeavingList
    seats: tuple[SeatRow, ...]


def left_behind(desk: Desk, seat: str) -> Left:
    """What whoever leaves this seat leaves behind; read in the worker."""
    from dutydesk.desk.returning import open_seats  # slow import

    return Left(desk.read(Leaving()), open_seats(desk, seat))


class Parting(Painted):
    """The question with its numbers."""

    DEFAULT_CSS = f"Parting {{ width: 72; max-width: 100%; height: {HEIGHT}; }}"
    ground = "panel"
    left: Left | None = None
    trouble = ""

    def lines(self, width: int, height: int) -> list[Line]:
        """What falls due, whether anything rings, who holds the desk, and the keys."""
        gateway, said = shell(self).gateway, _("离开值班台？")
        title = [blank(2), Span(said, "accent!")]
        if gateway.ready and (gateway.drill or gateway.context.drill):
            title += [blank(2), Span(_("演练"), "amber!")]
        lines = [row(width, []), row(width, title), row(width, [])]
        if self.trouble:
            lines += _indented(self.trouble, width, "red")
        elif self.left is None:
            lines.append(row(width, [blank(2), Span(_("正在读取…"), "dim")]))
        else:
            lines += self._numbers(self.left, width)
        lines += [row(width, []) for _line in range(height - 2 - len(lines))]
        keys = _("Enter 离开　0 留下　1 先看离开前清单")
        return [*lines[: height - 2], row(width, [blank(2), free(keys, "dim")]), row(width, [])]

    def _numbers(self, left: Left, width: int) -> list[Line]:
        gateway, found = shell(self).gateway, left.found
        until = "—"
        if found.until:
            until = spoken(found.until, gateway.now, gateway.words.lang)
        counted = _("下次开班（{until}）前到期 {due} 件，现已超时 {red} 件").format(
            until=until, due=found.due, red=found.red
        )
        holds = _("这些案件由 {holder} 值守").format(holder=found.holder_label)
        return [
            *_indented(counted, width, "red" if found.red else "bright"),
            *_indented(rings(left), width, "ink" if found.kept_by or left.seats else "amber!"),
            *_indented(holds, width, "ink"),
        ]


def rings(left: Left) -> str:
    """Where alarms are heard once this desk is left."""
    said = _("离开后这里不再响铃")
    if left.seats:
        names = listed(f"{one.seat} {one.who}".strip() for one in left.seats)
        said = _("{said}；{seats} 还开着，在那里响").format(said=said, seats=names)
    if left.found.kept_by:
        return _("{said}；dutydesk watch（{name}）守着时限").format(
            said=said, name=left.found.kept_by
        )
    return said if left.seats else _("{said}，也没有别的进程守着时限").format(said=said)


def _indented(text: str, width: int, ink: str) -> list[Line]:
    return [(blank(2), *line, blank(2)) for line in flow(text, width - 4, ink)]


class Quitting(Dialog):
    """Enter leaves, Esc stays, 1 shows what is left; without running clocks it leaves at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", N_("离开")),
        Binding(f"{twins('1')},l", "list", N_("离开前")),
        plan("0", "leave", N_("留下"), "escape"),
        Binding(twins("."), "acknowledge", N_("确认全部响铃")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("离开")),
        KeyHint("1", N_("离开前")),
        KeyHint("0 Esc", N_("留下")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._waits = False

    def compose_body(self) -> ComposeResult:
        """The question."""
        yield Parting()

    def on_mount(self) -> None:
        """Read what would be left."""
        self.reread()

    def reread(self) -> None:
        """Read in the worker."""
        seat = self.gateway.seat
        self.gateway.job(lambda desk: left_behind(desk, seat), self, "left")

    def on_moved(self) -> None:
        """The record has moved."""
        self.reread()

    def on_answered(self, event: messages.Answered) -> None:
        """The numbers; where no clock runs there is nothing to ask."""
        parting = self.query_one(Parting)
        parting.left, parting.trouble = event.answer, ""
        if not event.answer.found.running:
            self.action_go()
        parting.repaint()

    def on_failed(self, event: messages.Failed) -> None:
        """The store cannot be read: said, and the choice stays."""
        parting = self.query_one(Parting)
        parting.trouble = event.sentence
        parting.repaint()

    def action_go(self) -> None:
        """Leave the desk."""
        self.app.exit(0)

    def action_list(self) -> None:
        """What is left instead."""
        app = shell(self)
        self.dismiss(None)
        self.app.call_later(app.open, "leaving")

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()
