"""The frame of every other screen: alarm line and keys at the foot, the clock runs on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from dutydesk.screens import messages
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import FORM_HINTS, KeyHint, plan
from dutydesk.screens.parts.alarm_line import AlarmLine
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.parts.shell import shell
from dutydesk.views.labels import N_


class Foot(Vertical):
    """Alarm line and key line, at the same two rows of every screen."""

    DEFAULT_CSS = "Foot { dock: bottom; height: 2; width: 100%; }"

    def __init__(self, hints: tuple[KeyHint, ...]) -> None:
        super().__init__()
        self.hints = hints

    def compose(self) -> ComposeResult:
        """The two lines."""
        yield AlarmLine()
        yield KeyLine(self.hints)


def tick_foot(screen: Screen[Any]) -> None:
    """Let the foot of a screen know that a second has passed."""
    for alarm_line in screen.query(AlarmLine):
        alarm_line.repaint()
    for key_line in screen.query(KeyLine):
        key_line.tick()


class Framed(Screen[Any]):
    """What a dialog and a page have in common: body, foot, ticks, and Esc to leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("返回"), show=True),
        plan("?", "help", N_("帮助"), "f1"),
    ]
    hints: tuple[KeyHint, ...] = FORM_HINTS

    def __init__(self, gateway: Gateway) -> None:
        super().__init__()
        self.gateway = gateway

    def compose(self) -> ComposeResult:
        """The body, and the foot that every screen has."""
        yield from self.compose_body()
        yield Foot(self.hints)

    def compose_body(self) -> ComposeResult:
        """The widgets of the screen itself."""
        yield from ()

    def say(self, text: str, ink: str = "ink") -> None:
        """Say something in the key line for some seconds."""
        self.query_one(KeyLine).say(text, ink)

    def on_tick(self, event: messages.Tick) -> None:
        """A second has passed."""
        tick_foot(self)
        self.tick(event.now)

    def tick(self, now: datetime) -> None:
        """For screens that count something down."""

    def on_key(self, event: events.Key) -> None:
        """What is typed before a field has the focus goes into the first field."""
        catch_typing(self, event)

    def action_leave(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)

    def action_help(self) -> None:
        """The keys of this screen."""
        shell(self).open_help()

    def on_unmount(self) -> None:
        """No answer is waited for any more."""
        self.gateway.forget(self)


class Page(Framed):
    """A screen of its own; subclasses override `compose_body`."""


class Dialog(Framed, ModalScreen[Any]):
    """A screen over the desk; subclasses override `compose_body`."""

    DEFAULT_CSS = "Dialog { background: $background 60%; align: center middle; }"


def catch_typing(screen: Screen[Any], event: events.Key) -> None:
    """Put a printable key into the first field of a screen that has nothing in focus."""
    if screen.focused is not None or not event.is_printable or event.character is None:
        return
    field = next(iter(screen.query(Input)), None)
    if field is None:
        return
    event.stop()
    field.focus()
    field.insert_text_at_cursor(event.character)
