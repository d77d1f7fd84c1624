"""The frame of every other screen: alarm line and keys at the foot, the clock runs on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from dutydesk.screens import messages
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import FORM_HINTS, KeyHint, plan
from dutydesk.screens.openers import screen_class
from dutydesk.screens.parts import beyond, cursor
from dutydesk.screens.parts.alarm_line import AlarmLine
from dutydesk.screens.parts.committed import Committing
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


class Framed(Committing):
    """What a dialog and a page have in common: body, foot, ticks, and Esc to leave."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("返回"), show=True),
        plan("?", "help", N_("帮助"), "f1"),
    ]
    hints: tuple[KeyHint, ...] = FORM_HINTS

    def __init__(self, gateway: Gateway) -> None:
        super().__init__()
        self.gateway = gateway
        beyond.listen(self)

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
        """What is typed before a field has the focus goes into the first field.

        Where there is none, what an input method commits opens the command bar.
        """
        if not catch_typing(self, event):
            self.catch_han(event)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """The candidates of an input method open where the keys go."""
        self.call_after_refresh(cursor.place, self)
        self.call_after_refresh(self.look_keys)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The same when the keys go elsewhere, and `/` may open the menu there or not."""
        self.call_after_refresh(cursor.place, self)
        self.call_after_refresh(self.look_keys)

    def look_keys(self) -> None:
        """Let the key line see whether `/` opens the menu."""
        for key_line in self.query(KeyLine):
            key_line.look()

    def action_leave(self) -> None:
        """Close without doing anything."""
        self.dismiss(None)

    def action_stroke(self) -> None:
        """`/` with nothing before it opens the menu; anywhere else it is the field's or list's."""
        if not self.at_first():
            raise SkipAction
        self.action_menu()

    def at_first(self) -> bool:
        """Whether nothing comes before what has the keys."""
        return beyond.at_first(self)

    def opens_menu(self) -> bool:
        """Whether `/` opens the menu of this screen now."""
        return self.at_first()

    def action_menu(self) -> None:
        """Back, help, and what has no key of its own on the keypad, by numbers."""
        self.app.push_screen(screen_class("page-menu")(self.gateway, above=self), self.chosen)

    async def chosen(self, action: str | None) -> None:
        """Do what the menu gave."""
        if action is not None:
            await self.app.run_action(action, self)

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


def catch_typing(screen: Screen[Any], event: events.Key) -> bool:
    """Put a printable key into the first field of a screen that has nothing in focus."""
    if screen.focused is not None or not event.is_printable or event.character is None:
        return False
    field = next(iter(screen.query(Input)), None)
    if field is None:
        return False
    event.stop()
    field.focus()
    field.insert_text_at_cursor(event.character)
    return True
