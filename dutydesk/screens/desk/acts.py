"""What the keys of the desk do: moving, acts of the selected case, roll-call, other screens."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.desk.board import Board
from dutydesk.screens.desk.case_lines import next_party
from dutydesk.screens.desk.case_pane import CaseRows
from dutydesk.screens.desk.duty_panel import DutyRows, strip_lines
from dutydesk.screens.desk.duty_rows import SET, short_label
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import DESK_HINTS, ROLL_HINTS, KeyHint
from dutydesk.screens.parts.committed import Committing
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.parts.queue import QueueView
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.queue import Filters
from dutydesk.views.wording import claused
from dutydesk.workflow.cases.acts import Act


class DeskActs(Committing):
    """The desk without its drawing: every action that a key of the desk names."""

    def __init__(self, gateway: Gateway) -> None:
        super().__init__()
        self.gateway = gateway
        self.board: Board | None = None
        self.card: CaseCard | None = None
        self.filters = Filters()
        self._wanted: tuple[str, str] | None = None
        self._goto: tuple[str, datetime] | None = None

    @property
    def queue(self) -> QueueView:
        """The queue."""
        return self.query_one(QueueView)

    @property
    def duty(self) -> DutyRows:
        """The posts."""
        return self.query_one(DutyRows)

    @property
    def compact(self) -> bool:
        """Whether no panel shows the posts: then the header does."""
        raise NotImplementedError

    @property
    def selected(self) -> str | None:
        """The number of the case under the cursor."""
        return self.queue.selected

    def reread(self) -> None:
        """Read the board anew."""
        raise NotImplementedError

    def say(self, text: str, ink: str = "ink") -> None:
        """Say something in the key line for some seconds."""
        self.query_one(KeyLine).say(text, ink)

    # Moving.

    def action_move(self, steps: int) -> None:
        """Up and down: in the queue, or in the roll-call."""
        if self.duty.calling:
            self.duty.step(steps)
            self.roll_strip()
        else:
            self.queue.move(steps)

    def action_page(self, pages: int) -> None:
        """A screen up or down."""
        self.queue.page(pages)

    def action_edge(self, last: bool) -> None:
        """The first or last row."""
        self.queue.edge(last)

    def go_to(self, no: str) -> None:
        """Select a case that is new to the queue, once the board that holds it has been read."""
        self._goto = no, self.gateway.now
        self.reread()

    def arrive(self, board: Board) -> None:
        """Select the case that was asked for, unless this board is from before."""
        if self._goto is not None and board.read_at >= self._goto[1]:
            (no, _asked), self._goto = self._goto, None
            self.queue.select(no)

    # Acts of the selected case.

    def action_next_act(self) -> None:
        """Open the form of the next act; in the roll-call: present."""
        if self.duty.calling:
            self.set_presence("present")
        else:
            self._want("next")

    def action_digit(self, digit: str) -> None:
        """Open the act with this number; in the roll-call say where the holder is."""
        if self.duty.calling:
            if digit in SET:
                self.set_presence(SET[digit])
        else:
            self._want(digit)

    def action_call(self) -> None:
        """Call whoever must be rung next for this case, without one anybody; in the roll-call on to
        the next post."""
        if self.duty.calling:
            self.action_move(1)
        elif self.queue.selected is None:
            shell(self).open_act("call", None, None)
        else:
            self._want("call")

    def action_note(self) -> None:
        """A note with a time, on the selected case or on nothing."""
        if self.queue.selected is None:
            shell(self).open_act("note", None, None)
        else:
            self._want("note")

    def action_case(self) -> None:
        """Open the selected case."""
        no = self.queue.selected
        if no is not None:
            shell(self).open_case(no)

    @property
    def awaits(self) -> bool:
        """Whether a key has asked for something that opens as soon as the case's card is here."""
        return self._wanted is not None

    def _want(self, what: str) -> None:
        """Do it with the card of the selected case, as soon as that card is here."""
        no = self.queue.selected
        if no is None:
            self.say(_("没有选中的案件"), "dim")
        elif self.card is not None and self.card.no == no:
            self.run_wanted(what, self.card)
        else:
            self._wanted = (no, what)
            self.ask_card()

    def give_up(self, why: str) -> None:
        """Say why something did not come; no key waits for it any longer."""
        self._wanted = None
        self.say(why, "red")

    def ask_card(self) -> None:
        """Ask for the card of the selected case."""
        raise NotImplementedError

    def run_wanted(self, what: str, card: CaseCard) -> None:
        """Open the form that a key asked for; a closed act says why instead."""
        if what == "next":
            act = card.next_act
            if act is None:
                self.say(_("{no} 没有下一步").format(no=card.tail), "dim")
                return
        elif what == "note":
            shell(self).open_act("note", card, None)
            return
        elif what == "call":
            shell(self).open_act("call", card, _party(card, "call"))
            return
        else:
            act = next((act for act in card.acts if act.key == what), None)
            if act is None:
                self.say(_("{no} 没有 {key} 号操作").format(no=card.tail, key=what), "dim")
                return
        if act.open:
            shell(self).open_act(act.verb, card, _party(card, act.verb))
        else:
            said = _("{label}：{why}").format(label=act.label, why=act.why_not or "")
            self.say(claused(said, act.clause), "amber")

    # Who is on duty.

    def action_roll_call(self) -> None:
        """Begin or end the roll-call."""
        if self.board is not None:
            self.duty.call(not self.duty.calling)
            self.query_one(KeyLine).offer(self.hints)
            self.roll_strip()

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that work now."""
        return ROLL_HINTS if self.duty.calling else DESK_HINTS

    def roll_strip(self) -> None:
        """Where no panel stands, the roll-call takes the lines of the case for its while."""
        pane = self.query_one("#case", CaseRows)
        calling = self.compact and self.duty.calling and self.board is not None
        pane.instead = None
        if calling and self.board is not None:
            pane.instead = strip_lines(self.board.duty, self.duty.cursor, pane.size.width)
        pane.repaint()

    def set_presence(self, status: str) -> None:
        """Record where the holder of the post under the cursor is, and go on to the next."""
        post = self.duty.post
        if post is None:
            return
        now = self.gateway.now
        fields: dict[str, object] = {"post": post.department or post.post, "status": status}
        if post.name:
            fields["name"] = post.name
        verb = self.gateway.context.procedure.doing("presence")
        if verb is None:
            self.say(_("这个规程不记在岗"), "amber")
            return
        act = Act(verb, self.gateway.actor, now, now, None, fields, seat=self.gateway.seat)
        self.gateway.act(act, self, "presence")
        self.duty.step(1)
        self.roll_strip()

    def said_done(self, event: messages.Acted) -> None:
        """Say what was done, and read it back."""
        if event.act.verb == self.gateway.context.procedure.doing("presence"):
            post = str(event.act.fields.get("post"))
            row = next((r for r in self.duty.posts if post in (r.department, r.post)), None)
            label = short_label(row) if row else post
            status = self.gateway.words.choice("presence", str(event.act.fields.get("status")))
            name = str(event.act.fields.get("name") or "")
            said = _("{post} {name}：{status}，已记录")
            self.say(said.format(post=label, name=name, status=status))
        self.reread()

    # The desk as a whole.

    def action_back(self) -> None:
        """Leave the roll-call; show all cases again."""
        if self.duty.calling:
            self.action_roll_call()
        elif self.filters != Filters():
            self.filtered(Filters())

    def filtered(self, filters: Filters) -> None:
        """Narrow the queue."""
        self.filters = filters
        self.reread()
        self.say(_("已筛选；Esc 看全部") if filters != Filters() else _("全部案件"))

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()

    def action_register(self) -> None:
        """Register a case."""
        shell(self).open_register("")

    def action_find(self) -> None:
        """Find a case."""
        shell(self).open("search", text="")

    def action_command(self) -> None:
        """The command bar."""
        shell(self).open_command("")

    def action_palette(self) -> None:
        """Everything else, by name."""
        shell(self).open("palette", selected=self.queue.selected)

    def action_filter(self) -> None:
        """Narrow the queue by bay, grid, channel, track, tag or text."""
        shell(self).open("filters", filters=self.filters)

    def action_open(self, name: str) -> None:
        """Another screen by its name."""
        shell(self).open(name)

    def action_help(self) -> None:
        """The keys of this screen."""
        shell(self).open_help()

    def action_reread(self) -> None:
        """Read the board anew."""
        self.reread()
        self.say(_("已重读"), "dim")


def _party(card: CaseCard, verb: str) -> dict[str, object] | None:
    party = next_party(card, verb)
    return {"party": party} if party else None
