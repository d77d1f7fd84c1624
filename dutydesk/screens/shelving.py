"""Putting alarms aside for longer: why and how long by two digits, or in one's own words."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.line import LineEntry
from dutydesk.screens.forms.entry import Confirm
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, narrow
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank
from dutydesk.views.labels import N_
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk import Desk

SLOT = "shelve"
REASONS = (
    N_("已电话催办，等对方回电"),
    N_("等上级答复"),
    N_("人已在现场"),
    N_("等市民方便的时间"),
)
SPANS = (
    (N_("半小时"), timedelta(minutes=30)),
    (N_("一小时"), timedelta(hours=1)),
    (N_("两小时"), timedelta(hours=2)),
    (N_("四小时"), timedelta(hours=4)),
)
USUAL = timedelta(hours=1)
_MINUTES = re.compile(r"^(?P<why>.*?)\s*\+(?P<minutes>\d{1,4})$")


class Shelf(NamedTuple):
    """What the line says: why, and for how long."""

    reason: str
    span: timedelta


def read(text: str) -> Shelf:
    """`12` is the first reason for the second span; words may end in `+90` minutes."""
    said = "".join(narrow(sign) if narrow(sign).isascii() else sign for sign in text).strip()
    digits = [int(sign) for sign in said] if said.isdecimal() and said.isascii() else []
    if 1 <= len(digits) <= 2 and all(1 <= n <= 4 for n in digits):
        span = SPANS[digits[1] - 1][1] if len(digits) == 2 else USUAL
        return Shelf(_(REASONS[digits[0] - 1]), span)
    found = _MINUTES.match(said)
    if found is not None:
        return Shelf(found["why"], timedelta(minutes=int(found["minutes"])))
    return Shelf(said, USUAL)


class ShelfDialog(Dialog):
    """Shelves the alarms of `keys`, or all that stand of the case `no`; gives nothing back."""

    DEFAULT_CSS = """
    ShelfDialog #box {
        width: 64; height: auto; background: $panel; border: round $accent; padding: 0 1;
    }
    """
    hints = (
        KeyHint("12", N_("原因、多久")),
        KeyHint("Enter", N_("搁置")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(
        self, gateway: Gateway, keys: tuple[str, ...] = (), no: str = "", said: str = ""
    ) -> None:
        super().__init__(gateway)
        self._keys = keys
        self._no = no
        self._said = said or no

    def compose_body(self) -> ComposeResult:
        """Both lists over the line."""
        with Vertical(id="box"):
            yield Saying(
                _("搁置 {subject} 的告警：为什么，多久").format(subject=self._said), "accent!"
            )
            yield Spoken([_choice(n, _(why)) for n, why in enumerate(REASONS, start=1)])
            yield Spoken([[Span(_("第二位数字："), "dim"), *_spans()]])
            yield LineEntry(placeholder=_("例如 12；或写原因，末尾 +90 是分钟"))
            yield Saying(id="preview")

    def on_mount(self) -> None:
        """The line has the keys."""
        self.query_one(LineEntry).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what would be done."""
        shelf = read(event.value)
        until = self.gateway.words.when(self.gateway.now + shelf.span, self.gateway.now)
        text = _("→ {reason}；到 {time} 自动再响").format(reason=shelf.reason, time=until)
        self.query_one("#preview", Saying).say(text if event.value.strip() else "", "bright")

    def on_confirm(self, event: Confirm) -> None:
        """Do it."""
        shelf = read(self.query_one(LineEntry).value)
        until = self.gateway.now + shelf.span
        by = self.gateway.actor
        call = partial(
            _shelve, by=by, keys=self._keys, no=self._no, until=until, reason=shelf.reason
        )
        self.gateway.job(call, self, SLOT)

    def on_answered(self, event: messages.Answered) -> None:
        """It is shelved."""
        if event.slot == SLOT:
            self.dismiss(None)

    def on_failed(self, event: messages.Failed) -> None:
        """Refused: no reason, too long, or over already; what was typed stays."""
        self.query_one("#preview", Saying).say(event.sentence, "red")


def _choice(number: int, text: str) -> list[Span]:
    return [Span(str(number), "accent!"), blank(1), Span(text, "ink")]


def _spans() -> list[Span]:
    found: list[Span] = []
    for number, (name, _span) in enumerate(SPANS, start=1):
        found += [Span(str(number), "accent!"), blank(1), Span(_(name), "ink"), blank(2)]
    return found


def _shelve(
    desk: Desk, *, by: Actor, keys: tuple[str, ...], no: str, until: datetime, reason: str
) -> tuple[str, ...]:
    from dutydesk.desk import alarming  # slow import

    return alarming.shelve(desk, by, keys or alarming.of_case(desk, no), until, reason)
