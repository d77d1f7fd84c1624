"""The outbox 发件箱: what failed or is unclear, sent again by choice; what a person has to send."""

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
from dutydesk.screens.parts.copying import copy
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.queue_rows import NUMBER
from dutydesk.screens.parts.shell import shell
from dutydesk.text import one_line
from dutydesk.views.labels import N_
from dutydesk.views.numbers import short
from dutydesk.views.outbox import Outbox, OutboxList, OutboxRow
from dutydesk.workflow.time.zone import to_local

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.workflow.cases.model import Actor

READ = "outbox"
SIGNS = {
    "FAILED": ("✗", "red"),
    "UNKNOWN": ("?", "amber"),
    "REFUSED": ("✗", "red"),
    "DRAFT": ("…", "dim"),
    "SENDING": ("…", "dim"),
    "SENT": ("✓", "green"),
    "DROPPED": ("–", "faint"),
}
"""Sign and ink of a state: never colour alone."""
DECIDED = {"resend": N_("会再发一次"), "confirm": N_("已记为告知"), "give_up": N_("不再发")}


class OutboxScreen(Dialog):
    """`1` sends again, `2` says that he was told by hand, `3` gives up; Enter does what is next."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    OutboxScreen { align: center top; }
    OutboxScreen #box {
        width: 100%; max-width: 116; height: 1fr; max-height: 40; margin: 1 0 2 0;
        background: $panel; border: round $border; padding: 0 1;
    }
    OutboxScreen OutboxHead { height: 2; }
    OutboxScreen LetterText { height: 9; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("下一步：再发，或复制后确认已发")),
        Binding(twins("1"), "decide('resend')", N_("再发一次")),
        Binding(twins("2"), "decide('confirm')", N_("已由人发出或告知")),
        Binding(twins("3"), "decide('give_up')", N_("不再发")),
        plan("+", "copy", N_("复制全文")),
        plan("0", "turn", N_("全部，或只看没有办完的"), "tab"),
        plan("-", "case", N_("打开案件")),
        plan("*", "move(1)", N_("下一条"), "down", "j"),
        plan("/", "move(-1)", N_("上一条"), "up", "k"),
        plan(".", "acknowledge", N_("确认告警")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("1", N_("再发")),
        KeyHint("2", N_("已告知")),
        KeyHint("3", N_("不再发")),
        KeyHint("+", N_("复制")),
        KeyHint("-", N_("案件")),
        KeyHint("0", N_("全部")),
        KeyHint("*", N_("下一条")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self.found: OutboxList | None = None
        self.all = False
        self._asked: tuple[str, str] | None = None
        self._acting = False
        self._number = 0

    def compose_body(self) -> ComposeResult:
        """The count, the list, the text of the one under the cursor, what was done."""
        with Vertical(id="box"):
            yield OutboxHead()
            yield Listing[OutboxRow](self._line, lambda one: one.key)
            yield LetterText()
            yield Saying(id="said")

    def on_mount(self) -> None:
        """Read."""
        self._read()

    def on_moved(self) -> None:
        """The record has moved."""
        self._read()

    def _read(self) -> None:
        self.gateway.ask(Outbox(self.all), self, READ)

    @property
    def listing(self) -> Listing[OutboxRow]:
        """The messages."""
        return self.query_one(Listing)

    @property
    def here(self) -> OutboxRow | None:
        """The message under the cursor."""
        return self.listing.item

    # Answers.

    def on_answered(self, event: messages.Answered) -> None:
        """The list, or something was decided."""
        if event.slot == READ:
            self.found = event.answer
            self.listing.show(event.answer.rows)
            self._show()
            return
        self._acting = False
        verb, done = event.answer
        self._say(_(DECIDED[verb]) if done else _("这一条已发，或正在发"), "green")
        self._read()

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked; the list stands as it was."""
        self._acting = False
        self._say(f"✗ {event.sentence}", "red")

    def _say(self, text: str, ink: str = "amber") -> None:
        self.query_one("#said", Saying).say(text, ink)

    def _show(self) -> None:
        self.query_one(OutboxHead).show(self.found, self.all)
        self.query_one(LetterText).show(self.here)

    # Keys.

    def action_move(self, steps: int) -> None:
        """The message after or before."""
        self.listing.move(steps)
        self._asked = None
        self._say("")
        self._show()

    def action_turn(self) -> None:
        """Also what was sent or dropped, or only what is not finished."""
        self.all = not self.all
        self._read()

    def action_next(self) -> None:
        """What is next for this message: copied and then told, or sent again."""
        one = self.here
        if one is None or not one.needs:
            return
        if one.state != "DRAFT":
            self.action_decide("resend")
        elif self._asked == (one.key, "copied"):
            self.action_decide("confirm")
        else:
            self._asked = (one.key, "copied")
            self._say(
                _("已复制“{head}” · 发出后再按 Enter：已发").format(head=copy(self, one.text))
            )

    def action_decide(self, verb: str) -> None:
        """One decision; what may have arrived is sent again, or given up, only when asked twice."""
        one = self.here
        if one is None or self._acting:
            return
        if one.state == "REFUSED":
            self._say(_("消息都已发出；请在案件上重新发起（- 打开案件）"), "amber")
            return
        twice = verb == "give_up" or (verb == "resend" and one.state == "UNKNOWN")
        if twice and self._asked != (one.key, verb):
            self._asked = (one.key, verb)
            said = _("再按一次：不再发") if verb == "give_up" else _("他可能已收到；再按一次：再发")
            self._say(said)
            return
        self._asked, self._acting = None, True
        self._number += 1
        call = partial(_decided, verb=verb, key=one.key, by=self.gateway.actor)
        self.gateway.job(call, self, f"decide-{self._number}")

    def action_copy(self) -> None:
        """The whole text, ready to be pasted."""
        if self.here is not None and self.here.text:
            self._say(_("已复制“{head}”").format(head=copy(self, self.here.text)))

    def action_case(self) -> None:
        """The case that the message is about."""
        if self.here is not None and self.here.case:
            self.app.call_later(shell(self).desk.go_to, self.here.case)
            self.dismiss(None)

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()

    def on_listing_picked(self) -> None:
        """A click on the line under the cursor."""
        self._show()

    def _line(self, one: OutboxRow, width: int) -> list[Span]:
        sign, ink = SIGNS[one.state]
        who = f"{one.recipient} {one.person}".strip()
        no = short(one.case, self.gateway.now) if one.case else ""
        return [
            Span(f"{sign} ", ink),
            column(one.state_label, 14, ink),
            blank(1), column(one.kind_label, 8, "ink"),
            blank(1), column(one_line(who), 16, "bright"),
            blank(1), column(no, NUMBER, "dim"),
            blank(1), column(f"{to_local(one.changed_at):%H:%M}", 5, "dim"),
            blank(1), free(one_line(one.reason_label), "amber" if one.needs else "dim"),
        ]  # fmt: skip


class OutboxHead(Painted):
    """How many need a person."""

    ground = "panel"

    def __init__(self) -> None:
        super().__init__()
        self.found: OutboxList | None = None
        self.all = False

    def show(self, found: OutboxList | None, all_: bool) -> None:
        """Show these counts."""
        self.found, self.all = found, all_
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """The title with its counts, and a rule."""
        left = [blank(1), Span(_("发件箱"), "accent!"), blank(2)]
        if self.found is None:
            return [row(width, [*left, Span(_("正在读取…"), "dim")]), rule(width)]
        needs = self.found.needs
        said = _("要人处理 {needs} 条").format(needs=needs) if needs else _("没有要人处理的消息")
        left.append(Span(said, "amber" if needs else "green"))
        if self.all:
            left += [blank(2), Span(_("连已发的"), "dim")]
        return [row(width, left), rule(width)]


class LetterText(Painted):
    """The text of one message, its numbers covered, and what became of it."""

    ground = "panel"

    def __init__(self) -> None:
        super().__init__()
        self.one: OutboxRow | None = None

    def show(self, one: OutboxRow | None) -> None:
        """Show this message."""
        self.one = one
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """A rule with channel, tries and reason, then the text."""
        one = self.one
        if one is None:
            return [rule(width)]
        said = [one.channel, _("试过 {count} 次").format(count=one.tries) if one.tries else ""]
        said += [one.by or "", one.reason_label]
        head = rule(width, [free(" · ".join(part for part in said if part), "dim")])
        text = [row(width, [blank(1), free(line, "ink")]) for line in one.text.split("\n")]
        return [head, *text][:height]


def _decided(desk: Desk, *, verb: str, key: str, by: Actor) -> tuple[str, int]:
    from dutydesk.desk import outboxing  # slow import

    work = {
        "resend": outboxing.resend,
        "confirm": outboxing.confirm,
        "give_up": outboxing.give_up,
    }[verb]
    return verb, work(desk, [key], by)
