"""Registering a case by hand: place and matter first; grid and duplicates are found meanwhile."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.timer import Timer

from dutydesk.i18n import _, listed
from dutydesk.screens import messages
from dutydesk.screens.forms.form import ActForm
from dutydesk.screens.forms.saying import Spoken
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.paint import Span, blank, free
from dutydesk.screens.parts.shell import shell
from dutydesk.views.duplicates import SameMatter, Similar
from dutydesk.views.labels import N_
from dutydesk.views.numbers import short

LOOK_AFTER_S = 0.35
SAME = "same"


class RegisterForm(ActForm):
    """A new case; likely duplicates are hinted while it is typed, never merged by themselves."""

    DEFAULT_CSS = "RegisterForm #same { padding: 0 1; margin: 1 0 0 0; }"
    hints = (
        KeyHint("Enter", N_("登记")),
        KeyHint("Esc", N_("离开（留稿）")),
        KeyHint("↓ *", N_("下一项")),
        KeyHint("+ F3", N_("更多")),
        KeyHint("F8", N_("清空")),
        KeyHint("?", N_("帮助")),
    )

    _look: Timer | None = None
    _asked: tuple[str, str] = ("", "")

    @property
    def recognises(self) -> bool:
        """Whether a paste of three lines or more is read as a message: nothing stands here yet."""
        typed = self.sheet.typed().values()
        return type(self) is RegisterForm and not self.sheet.given and not any(typed)

    def on_paste(self, event: events.Paste) -> None:
        """A message pasted into the empty form is recognised, as one pasted on the desk."""
        if not self.recognises:
            super().on_paste(event)
            return
        event.stop()
        app = shell(self)
        self.action_leave()
        self.app.call_later(app.open_register, event.text)

    def compose_below(self) -> ComposeResult:
        """What may be the same matter."""
        yield Spoken(id="same")

    def settled(self) -> None:
        """Look for the same matter a moment after the last key."""
        held = self.sheet.held()
        typed = (str(held.get("place") or ""), str(held.get("description") or ""))
        if typed == self._asked:
            return
        self._asked = typed
        if self._look is not None:
            self._look.stop()
        self._look = self.set_timer(LOOK_AFTER_S, self.look)

    def look(self) -> None:
        """Ask which cases may be the same matter."""
        place, description = self._asked
        self.gateway.ask(SameMatter(place, description, limit=3), self, SAME)

    async def on_answered(self, event: messages.Answered) -> None:
        """The likely duplicates have come."""
        if event.slot == SAME:
            self.query_one("#same", Spoken).show([self._similar(one) for one in event.answer])

    async def on_failed(self, event: messages.Failed) -> None:
        """A hint that cannot be had is no reason to stop: the refusal is shown by the form."""

    def _similar(self, one: Similar) -> list[Span]:
        words = self.scene.words
        why = {"place": _("地点"), "category": _("类别"), "text": _("事由")}
        reasons = listed(why.get(name, name) for name in one.why)
        state = words.state(one.state)
        return [
            Span(_("可能重复 "), "amber"),
            Span(short(one.no, self.gateway.now), "bright"),
            blank(1),
            free(f"{state}  {one.place} {one.summary}", "dim"),
            blank(1),
            free(_("（{reasons}）").format(reasons=reasons), "amber"),
        ]
