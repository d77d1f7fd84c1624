"""Convening: the message as it will go out, copied with one key, sent with a second (A-32)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.reports.notice import Meeting, notice
from dutydesk.screens.forms import refusing
from dutydesk.screens.forms.engaged import EngagedForm
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.copying import copy, save
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.views.labels import N_

BY_CHANNEL = (
    KeyHint("Enter", N_("发出")),
    KeyHint("Esc", N_("离开（留稿）")),
    KeyHint("*", N_("下一项")),
    KeyHint("?", N_("帮助")),
)
"""The keys where a channel carries the message: there is nothing to copy."""


class ConveneForm(EngagedForm):
    """The first Enter copies the message, the second says that it is sent: that is the act."""

    DEFAULT_CSS = """
    ConveneForm #message { height: auto; max-height: 12; background: $background; padding: 0 1;
        margin: 1 1 0 1; }
    ConveneForm #message Saying { color: $foreground; }
    ConveneForm #sending { padding: 0 1; }
    """
    hints = (
        KeyHint("Enter", N_("复制 → 已发出")),
        KeyHint("Esc", N_("离开（留稿）")),
        KeyHint("*", N_("下一项")),
        KeyHint("F4", N_("存成文件")),
        KeyHint("F5", N_("再复制")),
        KeyHint("?", N_("帮助")),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "save", N_("存成文件")),
        Binding("f5", "copy", N_("再复制")),
    ]
    copied = ""

    def compose_below(self) -> ComposeResult:
        """What else the parties are promised to, and the message, word for word."""
        yield from super().compose_below()
        with VerticalScroll(id="message", can_focus=False):
            yield _Message(ink="ink", id="text")
        yield Saying(id="sending")

    def start(self) -> None:
        """The time is what changes most often; parties first where none are known."""
        if not self.sheet.focus_missing():
            self.sheet.rows["time"].take_focus()

    def make_room(self) -> None:
        """On a low screen the message shows its beginning, and scrolls."""
        low = self.size.height < 34
        self.query_one("#message").styles.max_height = 4 if low else 12
        super().make_room()

    def message(self) -> str:
        """The message of what stands in the form now; empty while it cannot be written."""
        held: Mapping[str, object] = self.sheet.held()
        time, card = held.get("time"), self.scene.card
        parties = held.get("parties")
        if card is None or not isinstance(time, datetime) or not isinstance(parties, list):
            return ""
        first = self.scene.context.procedure.sets(self.scene.verb, "convened")
        reason = "" if first else str(held.get("reason") or "")
        place, mode = str(held.get("location") or ""), str(held.get("mode"))
        meeting = Meeting(time, place, mode, parties, reason)
        kind = "convene" if first else "reschedule"
        drill = self.scene.context.drill
        return notice(card, meeting, self.scene.words, drill=drill, kind=kind)

    @property
    def channel(self) -> str:
        """The channel that carries this message; empty where the operator sends it (A-32)."""
        context = self.scene.context
        first = context.procedure.sets(self.scene.verb, "convened")
        return context.carries.get("convene" if first else "reschedule", "")

    def settled(self) -> None:
        """The message follows what stands in the form."""
        super().settled()
        text = self.message()
        self.query_one("#text", Saying).say(text or _("时间或参与方还没有写全"), "ink")
        if self.channel:
            said = _("Enter 由渠道 {channel} 发出；人人送达后才生效，时限到那时停")
            self._sending(said.format(channel=self.channel), "dim")
            self.query_one(KeyLine).offer(BY_CHANNEL)
        elif self.copied and self.copied != text:
            self._sending(_("内容改过了：按 Enter 重新复制"), "amber")
        elif not self.copied:
            self._sending(_("Enter 复制这段文字，到政务微信粘贴发出"), "dim")

    def _sending(self, text: str, ink: str) -> None:
        self.query_one("#sending", Saying).say(text, ink)

    def action_copy(self) -> None:
        """Give the message to the terminal's clipboard, and say how it begins."""
        text = self.message()
        if not text:
            return
        self.copied = text
        head = copy(self, text)
        said = _("已复制“{head}” · 贴不出来就按 F4 存成文件 · 发出后按 Enter：已发出")
        self._sending(said.format(head=head), "amber")

    def action_save(self) -> None:
        """Write the message to a file, for terminals that give nothing to the clipboard."""
        text = self.message()
        if not text or self.scene.card is None:
            return
        self.copied = text
        try:
            file = save(self.gateway, f"notice-{self.scene.card.tail}.txt", text)
        except DeskError as error:
            refusing.say(self, self.gateway.sentence(error))
            return
        self._sending(_("已存到 {file} · 发出后按 Enter：已发出").format(file=file), "amber")

    def submit(self) -> None:
        """Copy first; once this very text is copied, Enter says that it went out.

        What a channel carries is seen here and leaves with the first Enter.
        """
        if not self.channel and self.copied != self.message():
            self.action_copy()
            return
        super().submit()


class _Message(Saying):
    """The message on the darker ground of a paper."""

    ground = "ground"
