"""Heard? Asked once when somebody sits down, so that no alarm of the day is silent."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dutydesk.i18n import _
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.views.labels import N_


class _Words(Painted):
    DEFAULT_CSS = "_Words { width: 68; max-width: 100%; height: 7; }"
    ground = "panel"

    def lines(self, width: int, height: int) -> list[Line]:
        """The question."""
        said = [
            _("刚才试了一次响铃。听到了吗？"),
            "",
            _("没听到：查音量，或改 [alarm] 的 bell / command"),
            "",
        ]
        keys = row(width, [blank(2), Span(_("Enter 听到了　0 没听到　. 再响一次"), "dim")])
        return [row(width, []), *(row(width, [blank(2), Span(text)]) for text in said), keys]


class SoundCheck(Dialog):
    """Rings when it opens, unless it has just rung; Enter says heard, 0 says not heard."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", N_("听到了")),
        Binding("0,０", "answer(False)", N_("没听到")),
        Binding(".,．,。", "again", N_("再响一次")),
    ]
    hints = (
        KeyHint("Enter", N_("听到了")),
        KeyHint("0", N_("没听到")),
        KeyHint(".", N_("再响一次")),
        KeyHint("Esc", N_("跳过")),
    )

    def __init__(self, gateway: Gateway, *, rung: bool = False) -> None:
        super().__init__(gateway)
        self._rung = rung

    def compose_body(self) -> ComposeResult:
        """The question."""
        yield _Words()

    def on_mount(self) -> None:
        """Ring as an alarm would."""
        if not self._rung:
            self.action_again()

    def action_again(self) -> None:
        """Ring once more."""
        shell(self).ring()

    def action_answer(self, heard: bool) -> None:
        """Heard or not."""
        self.dismiss(heard)
