"""The menu of one screen 更多: back, help, and whatever letters and function keys do there."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from dutydesk.i18n import _
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.entry import take
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, narrow
from dutydesk.screens.parts.beyond import second_ways
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank, column, free
from dutydesk.screens.parts.shell import shell
from dutydesk.views.labels import N_

HELP = "9"


class Way(NamedTuple):
    """One line: its key, what it does, and the action of the screen."""

    key: str
    label: str
    action: str


def ways(screen: Screen[Any]) -> tuple[Way, ...]:
    """Back first, then what has no key on the keypad, numbered in a fixed order; help is 9."""
    more = [
        Way(str(number), label, action)
        for number, (label, action) in enumerate(second_ways(screen), start=1)
    ]
    return (Way("Enter", N_("返回"), "leave"), *more, Way(HELP, N_("帮助"), "help"))


class PageMenu(Dialog):
    """Gives the action that was chosen, None where the screen is stayed on."""

    DEFAULT_CSS = """
    PageMenu { align: left bottom; background: $background 0%; }
    PageMenu #box {
        width: 44; height: auto; max-height: 16; margin: 0 0 2 0;
        background: $panel; border: round $accent;
    }
    PageMenu Listing { height: auto; }
    """
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("返回")),
        KeyHint("1-9", N_("办理")),
        KeyHint("*", N_("下一个")),
        KeyHint("0", N_("留在这里")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, above: Screen[Any]) -> None:
        super().__init__(gateway)
        self.ways = ways(above)

    def compose_body(self) -> ComposeResult:
        """The lines."""
        with Vertical(id="box"):
            yield Saying(_("这个画面"), "accent!")
            yield Listing(_line, lambda way: way.key)

    def on_mount(self) -> None:
        """Back is under the cursor."""
        listing = self.query_one(Listing)
        listing.styles.height = len(self.ways)
        listing.show(self.ways, first=True)

    def on_key(self, event: events.Key) -> None:
        """A digit chooses, Enter takes what the cursor stands on, `0` stays."""
        sign = narrow(event.character)
        listing: Listing[Way] = self.query_one(Listing)
        found = next((way for way in self.ways if sign and way.key == sign), None)
        if event.key == "enter":
            take(event)
            self._give(listing.item)
        elif found is not None:
            take(event)
            self._give(found)
        elif sign == "0":
            take(event)
            self.dismiss(None)
        elif sign in ("*", "/") or event.key in ("down", "up"):
            take(event)
            listing.move(1 if sign == "*" or event.key == "down" else -1)
        elif sign == ".":
            take(event)
            shell(self).acknowledge()

    def opens_menu(self) -> bool:
        """Never: this is the menu."""
        return False

    def action_menu(self) -> None:
        """A second stroke shuts the menu: whoever strokes upwards once too often loses nothing."""
        self.dismiss(None)

    def on_listing_picked(self) -> None:
        """A click on the line under the cursor."""
        self._give(self.query_one(Listing).item)

    def _give(self, way: Way | None) -> None:
        if way is not None:
            self.dismiss(way.action)


def _line(way: Way, width: int) -> list[Span]:
    return [blank(1), column(way.key, 6, "accent!"), free(_(way.label), "ink")]
