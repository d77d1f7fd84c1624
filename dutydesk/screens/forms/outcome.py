"""The rows of a call that end it: how it ended by one digit, and what was promised for when."""

from __future__ import annotations

import re
from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.timer import Timer

from dutydesk.i18n import _
from dutydesk.screens.forms.choices import Choices
from dutydesk.screens.forms.entry import take
from dutydesk.screens.forms.options import Option
from dutydesk.screens.forms.rows import ChoiceRow
from dutydesk.screens.forms.scene import Scene, options
from dutydesk.screens.forms.sheet import OWN
from dutydesk.screens.forms.submit import AT
from dutydesk.screens.forms.timerows import TimeRow
from dutydesk.screens.keys import narrow
from dutydesk.screens.parts.shell import shell

TYPING_S = 0.05
"""An input method commits several characters at once; they are collected before a list opens."""
_CLOCK = re.compile(r"\+(?:[01]\d|2[0-4])[0-5]\d")


class Outcomes(Choices):
    """A digit ends the call; every other key of the keypad leads on from here.

    `0` takes an incoming call, `-` turns to the next person, `/` or a letter finds somebody.
    """

    class Asked(Message):
        """Somebody wants something other than to end the call: `incoming`, `next` or `find`."""

        def __init__(self, what: str, text: str = "") -> None:
            super().__init__()
            self.what = what
            self.text = text

    _signs = ""
    _timer: Timer | None = None

    def on_key(self, event: events.Key) -> None:
        """The keys that are no outcome; the others are the base's."""
        sign = narrow(event.character)
        what = {"0": "incoming", "-": "next", "/": "find"}.get(sign)
        if what is not None:
            take(event)
            self.post_message(self.Asked(what))
        elif event.is_printable and sign.isalpha():
            take(event)
            self._signs += event.character or ""
            if self._timer is None:
                self._timer = self.set_timer(TYPING_S, self._find)

    def _find(self) -> None:
        text, self._signs, self._timer = self._signs, "", None
        self.post_message(self.Asked("find", text))


class OutcomeRow(ChoiceRow):
    """How the call ended; with the citizen also how satisfied he is."""

    def compose_control(self) -> ComposeResult:
        """The outcomes with their digits."""
        self.choices = Outcomes(options(self.scene, self.spec, {}))
        yield self.choices

    def offer(self, found: tuple[Option, ...]) -> None:
        """Offer the outcomes that fit the person."""
        self.choices.offer(found)


class MomentRow(TimeRow):
    """A moment that must be readable before a digit ends the call."""

    @property
    def moment(self) -> datetime | None:
        """The moment, None where nothing stands."""
        value = self.value
        return value if isinstance(value, datetime) else None

    def fits(self) -> bool:
        """Whether it can be taken as it stands; else why not is said here, and the keys come."""
        if not self.bad:
            return True
        self.refuse(self.bad)
        self.entry.focus()
        return False


class CallTimeRow(MomentRow):
    """When the call was; empty is now. What lies back is entered late."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene, OWN[AT], _("通话时间"))

    @property
    def bad(self) -> str:
        """What cannot be read, or lies ahead."""
        wrong, value = super().bad, self.value
        if not wrong and isinstance(value, datetime) and value > self.now:
            return _("通话时间还没到：改一改，或清空")
        return wrong


class PromiseRow(MomentRow):
    """For when something was promised: `+20` is in twenty minutes, `+1430` at half past two.

    A second plus begins anew: the keypad has no key that takes a digit away.
    """

    def compose_control(self) -> ComposeResult:
        """The entry keeps the plus that led into it."""
        yield from super().compose_control()
        self.entry.select_on_focus = False

    def _parsed(self, text: str) -> datetime:
        plain = "".join(narrow(sign) for sign in text).strip()
        head, plus, last = plain.rpartition("+")
        if plus and (head.startswith("+") or not head):
            plain = plus + last
        return super()._parsed(plain[1:] if _CLOCK.fullmatch(plain) else plain)

    @property
    def bad(self) -> str:
        """What cannot be read, or lies in the past."""
        wrong = super().bad
        value = self.value
        if not wrong and isinstance(value, datetime) and value < self.now:
            return _("答应的时间已经过去：改一改，或清空")
        return wrong

    def begin(self) -> None:
        """Take the keys, the plus that led here already typed."""
        self.entry.focus()
        self.entry.value = "+"
        self.entry.typed = True
        self.entry.cursor_position = 1


def lead_on(event: events.Key, promised: PromiseRow) -> None:
    """The keys beside the fields of a call: `+` asks for the promised time, `.` acknowledges."""
    sign = narrow(event.character)
    if sign == "+":
        take(event)
        promised.begin()
    elif sign == ".":
        take(event)
        shell(promised).acknowledge()
