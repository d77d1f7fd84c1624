"""One case on the whole screen: what, how long, who, what happened, what can be done."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.case import parts
from dutydesk.screens.case.undo import undo
from dutydesk.screens.desk.case_lines import next_party
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan
from dutydesk.screens.parts.dialog import Page
from dutydesk.screens.parts.paint import Line
from dutydesk.screens.parts.painted import Wall
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import ActRow, CaseCard
from dutydesk.views.labels import N_, Words
from dutydesk.views.wording import claused
from dutydesk.workflow.duty.claims import Claim

WIDE = 100


class CaseScreen(Page):
    """Shows one case by its number; the acts go by the same keys as on the desk."""

    DEFAULT_CSS = """
    CaseScreen { layout: vertical; }
    CaseScreen #body { height: 1fr; }
    CaseScreen #head, CaseScreen #acts { height: auto; }
    CaseScreen #columns { height: 1fr; }
    CaseScreen #left { width: 1fr; }
    CaseScreen #right { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next_act", N_("下一步")),
        *(
            Binding(f"{d},{chr(ord(d) + 0xFEE0)}", f"digit('{d}')", N_("办理"), show=False)
            for d in "123456789"
        ),
        plan("*", "call", N_("电话")),
        plan("-", "note", N_("便签")),
        plan(".", "acknowledge", N_("确认告警")),
        Binding("j,down", "scroll(1)", N_("往下")),
        Binding("k,up", "scroll(-1)", N_("往上")),
        Binding("pagedown,space", "scroll(10)", N_("下一页"), show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("home", "scroll(-9999)", show=False),
        Binding("end", "scroll(9999)", show=False),
        Binding("left,right", "other", N_("换栏"), show=False),
        Binding("u", "undo", N_("撤销")),
        Binding("c", "correct", N_("更正")),
        Binding("t", "why", N_("时限依据")),
        Binding("a", "ladder", N_("不办会告诉谁；搁置")),
        plan("0", "menu", N_("更多")),
        plan("/", "files", N_("附件")),
        plan("+", "papers", N_("复制或打印"), "o", "f9"),
    ]
    hints = (
        KeyHint("Enter", N_("下一步")),
        KeyHint("1-9", N_("办理")),
        KeyHint("*", N_("电话")),
        KeyHint("-", N_("便签")),
        KeyHint("0", N_("更多")),
        KeyHint("/", N_("附件")),
        KeyHint("+", N_("复制打印")),
        KeyHint("j k", N_("上下")),
        KeyHint("u", N_("撤销")),
        KeyHint("c", N_("更正")),
        KeyHint("t", N_("时限依据")),
        KeyHint(".", N_("确认")),
        KeyHint("Esc", N_("返回")),
    )

    def __init__(self, gateway: Gateway, no: str) -> None:
        super().__init__(gateway)
        self.no = no
        self.card: CaseCard | None = None
        self.claim: Claim | None = None
        self.head = parts.CasePart(self.head_lines, id="head")
        self.left = parts.CasePart(parts.left, id="left")
        self.right = parts.CasePart(parts.right, id="right")
        self.acts = parts.CasePart(parts.acts_low, id="acts")
        self.wall = Wall()
        self.scrolled = self.right
        self._wanted: str | None = None

    def compose_body(self) -> ComposeResult:
        """Head over two columns over the acts."""
        with Vertical(id="body"):
            yield self.head
            with Horizontal(id="columns"):
                yield self.left
                yield self.wall
                yield self.right
            yield self.acts

    def on_mount(self) -> None:
        """Ask for the case."""
        self.lay_out()
        self.ask()

    def ask(self) -> None:
        """Ask for the case as it is now."""
        self.gateway.ask(Card(self.no), self, "card")

    def on_resize(self) -> None:
        """Other sizes have other columns."""
        self.lay_out()

    def lay_out(self) -> None:
        """Two columns where there is room, else everything in one that scrolls."""
        wide = self.size.width >= WIDE
        self.left.maker = parts.left if wide else parts.both
        self.acts.display = not wide
        self.right.display = self.wall.display = wide
        self.scrolled = self.scrolled if wide else self.left
        for part in (self.head, self.acts):
            part.styles.height = max(1, len(part.made(self.size.width)))
        for part in self.all_parts:
            part.repaint()

    @property
    def all_parts(self) -> tuple[parts.CasePart, ...]:
        """Every part that shows the card."""
        return (self.head, self.left, self.right, self.acts)

    def head_lines(self, card: CaseCard, words: Words, now: datetime, width: int) -> list[Line]:
        """The head of the case, with whom it is under it."""
        return parts.head(card, self.claim, words, now, width)

    def see_hands(self) -> None:
        """In whose hands it is, where another seat has it."""
        claim = shell(self).hands.others().get(self.no)
        if claim != self.claim:
            self.claim = claim
            self.lay_out()

    # Answers and time.

    def on_answered(self, event: messages.Answered) -> None:
        """The case as it is now."""
        if event.answer is None:
            self.say(_("没有编号为 {no} 的案件").format(no=self.no), "red")
            return
        self.card = event.answer
        self.see_hands()
        for part in self.all_parts:
            part.show(event.answer, self.gateway.words, self.gateway.now)
        self.lay_out()
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.do(wanted)

    def on_failed(self, event: messages.Failed) -> None:
        """The case could not be read."""
        self.say(event.sentence, "red")

    def on_moved(self) -> None:
        """The record has moved."""
        self.ask()

    def on_screen_resume(self) -> None:
        """A form has closed over the case: it may be another one now."""
        if self.card is not None:
            self.ask()

    def tick(self, now: datetime) -> None:
        """The clocks run on."""
        self.see_hands()
        for part in (self.head, self.left):
            part.tick(now)

    # Keys.

    def at_first(self) -> bool:
        """Never: the stroke opens the files here, `0` the menu."""
        return False

    def action_scroll(self, by: int) -> None:
        """Up and down in the column that was chosen."""
        self.scrolled.move(by)

    def action_other(self) -> None:
        """The other column scrolls."""
        if self.right.display:
            self.scrolled = self.left if self.scrolled is self.right else self.right
            name = _("经过") if self.scrolled is self.right else _("案情")
            self.say(_("j k 滚动：{column}").format(column=name), "dim")

    def action_next_act(self) -> None:
        """The form of the next act."""
        self.do("next")

    def action_digit(self, digit: str) -> None:
        """The form of the act with this number."""
        self.do(digit)

    def action_call(self) -> None:
        """Ring whoever must be rung next."""
        self.do("call")

    def action_note(self) -> None:
        """A note on the case."""
        self.do("note")

    def action_correct(self) -> None:
        """Put a field of an earlier event right."""
        self.do("correct")

    def action_files(self) -> None:
        """The files of the case, each checked."""
        shell(self).open("files", no=self.no)

    def action_papers(self) -> None:
        """A paper on the case."""
        shell(self).open("papers", no=self.no)

    def action_why(self) -> None:
        """Why its clocks are due when they are."""
        shell(self).open("papers", no=self.no, kind="why")

    def action_acknowledge(self) -> None:
        """Acknowledge what rings."""
        shell(self).acknowledge()

    def action_ladder(self) -> None:
        """Who would be told, if nobody acts; its alarms are shelved from there."""
        shell(self).open("ladder", no=self.no)

    def action_undo(self) -> None:
        """Take the last act back, by a correcting act."""
        if self.card is None:
            return
        found = undo(self.card, self.gateway.words)
        self.say(found.said, "ink" if found.verb else "amber")
        if found.verb is not None:
            shell(self).open_act(found.verb, self.card, found.given)

    def do(self, what: str) -> None:
        """Open the form that a key asked for; a closed act says why instead."""
        card = self.card
        if card is None:
            self._wanted = what
            return
        wanted = what if what == "note" else shell(self).hands.cleared(card.no, what)
        if wanted is not None:
            self._do(wanted, card)

    def _do(self, what: str, card: CaseCard) -> None:
        if what in ("call", "note", "correct"):
            shell(self).open_act(what, card, _given(card, what))
            return
        act = card.next_act if what == "next" else _by_key(card, what)
        if act is None:
            self.say(_("没有这一步"), "dim")
        elif act.open:
            shell(self).open_act(act.verb, card, _given(card, act.verb))
        else:
            said = _("{label}：{why}").format(label=act.label, why=act.why_not or "")
            self.say(claused(said, act.clause), "amber")


def _by_key(card: CaseCard, key: str) -> ActRow | None:
    return next((act for act in card.acts if act.key == key), None)


def _given(card: CaseCard, verb: str) -> dict[str, object] | None:
    party = next_party(card, verb)
    return {"party": party} if party else None
