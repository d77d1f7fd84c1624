"""Who is logged in 登录, of those planned now: with source and age, or said by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank, column, free
from dutydesk.screens.parts.shell import shell
from dutydesk.views.labels import N_
from dutydesk.views.reached import LoginRow, Logins
from dutydesk.workflow.time.zone import to_local

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.workflow.cases.model import Actor

READ = "logins"
SIGNS = {"in": ("●", "green"), "out": ("○", "red"), "unknown": ("?", "dim")}


class LoginScreen(Dialog):
    """`1` is logged in, `2` is not; what he answers says so by itself."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    LoginScreen { align: center top; }
    LoginScreen #box {
        width: 100%; max-width: 100; height: 1fr; max-height: 30; margin: 1 0 2 0;
        background: $panel; border: round $border; padding: 0 1;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(twins("1"), "say_login('in')", N_("已登录")),
        Binding(twins("2"), "say_login('out')", N_("未登录")),
        plan("*", "move(1)", N_("下一人"), "down", "j"),
        plan("/", "move(-1)", N_("上一人"), "up", "k"),
        plan(".", "acknowledge", N_("确认告警")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("1", N_("已登录")),
        KeyHint("2", N_("未登录")),
        KeyHint("*", N_("下一人")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._number = 0

    def compose_body(self) -> ComposeResult:
        """The people."""
        with Vertical(id="box"):
            yield Saying(_("政务微信登录 · 近 30 天推送与回应"), "accent!")
            yield Listing[LoginRow](_line, lambda one: one.person)
            yield Saying(id="said")

    def on_mount(self) -> None:
        """Read."""
        self._read()

    def on_moved(self) -> None:
        """The record has moved."""
        self._read()

    def _read(self) -> None:
        self.gateway.ask(Logins(), self, READ)

    @property
    def listing(self) -> Listing[LoginRow]:
        """The people."""
        return self.query_one(Listing)

    def on_answered(self, event: messages.Answered) -> None:
        """The list, or a word was noted."""
        if event.slot == READ:
            self.listing.show(event.answer)
            none = "" if event.answer else _("现在没有排到人")
            self.query_one("#said", Saying).say(none)
        else:
            self._read()

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked."""
        self.query_one("#said", Saying).say(f"✗ {event.sentence}", "red")

    def action_move(self, steps: int) -> None:
        """The person after or before."""
        self.listing.move(steps)

    def action_say_login(self, state: str) -> None:
        """Note it for the person under the cursor."""
        one = self.listing.item
        if one is not None:
            self._number += 1
            call = partial(_noted, person=one.person, state=state, by=self.gateway.actor)
            self.gateway.job(call, self, f"login-{self._number}")

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()


def _line(one: LoginRow, width: int) -> list[Span]:
    sign, ink = SIGNS[one.state]
    when = f"{to_local(one.at):%m-%d %H:%M}" if one.at is not None else ""
    known = f"{one.source_label} {when}".strip() + (_("（已久）") if one.old else "")
    spans = [
        Span(f"{sign} ", ink),
        column(one.post_label, 12, "dim"),
        blank(1), column(one.person, 10, "bright"),
        blank(1), column(one.state_label, 8, ink),
        blank(1), column(known, 24, "dim"),
        blank(1), column(_("推送 {pushed} 回应 {replied}").format(
            pushed=one.pushed, replied=one.replied), 18, "dim"),
    ]  # fmt: skip
    return spans if one.account else [*spans, blank(1), free(_("没有账号"), "amber")]


def _noted(desk: Desk, *, person: str, state: str, by: Actor) -> None:
    from dutydesk.desk.outboxing import note_login  # slow import

    note_login(desk, person, state, by)
