"""The desk 值班台: the home of whoever sits here."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dutydesk.screens import messages
from dutydesk.screens.desk.board import Board, read_board, turned
from dutydesk.screens.desk.case_pane import CaseRows, TrailRows
from dutydesk.screens.desk.duty_panel import DutyRows
from dutydesk.screens.desk.first_start import first_lines
from dutydesk.screens.desk.header import Head, Header
from dutydesk.screens.desk.in_hand import InHand
from dutydesk.screens.desk.layouts import layout
from dutydesk.screens.desk.marking import Marking
from dutydesk.screens.desk.owed_list import OwedRows
from dutydesk.screens.desk.promising import Promising
from dutydesk.screens.desk.shift_ends import ShiftEnds
from dutydesk.screens.desk.side_lists import PromiseList, PromiseRule, SoonRows
from dutydesk.screens.desk.too_small import TooSmall
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import plan, twins
from dutydesk.screens.parts import cursor
from dutydesk.screens.parts.alarm_line import AlarmLine
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.parts.paint import Line
from dutydesk.screens.parts.painted import Rule, Wall
from dutydesk.screens.parts.queue import QueueView
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import N_
from dutydesk.views.queue import grid_shorts, millis

REST_S = 0.06
"""A held arrow key passes cases by; only where it stops a card is read."""


class DeskScreen(ShiftEnds, Promising, Marking, InHand):
    """Header, queue, case, people, promises, alarms; laid out by `layouts.layout`."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next_act", N_("下一步")),
        *(
            Binding(
                twins(digit), f"digit('{digit}')", N_("办理（按案件所列数字）"), show=digit == "1"
            )
            for digit in "123456789"
        ),
        plan("0", "next_mine", N_("下一件该我办的")),
        plan("*", "call", N_("电话"), "t"),
        plan("+", "register", N_("登记或粘贴"), "n"),
        plan("-", "note", N_("便签")),
        plan("/", "find", N_("查找"), "f3"),
        plan(".", "acknowledge", N_("确认全部响铃")),
        plan("?", "help", N_("帮助"), "f1"),
        Binding("right,tab,r", "roll_call", N_("点名：谁在岗")),
        Binding("left,c", "case", N_("打开案件")),
        Binding("up,k", "move(-1)", N_("上一行")),
        Binding("down,j", "move(1)", N_("下一行")),
        Binding("pageup", "page(-1)", N_("上一屏")),
        Binding("pagedown", "page(1)", N_("下一屏")),
        Binding("home", "edge(False)", N_("第一行")),
        Binding("end", "edge(True)", N_("最后一行")),
        Binding("escape", "back", N_("返回")),
        Binding("f2,f", "filter", N_("筛选")),
        Binding("f4,p,ctrl+p", "palette", N_("全部命令")),
        Binding("f5", "reread", N_("重读")),
        Binding(":,：,;,；", "command", N_("命令行")),
        Binding("i", "open('import')", N_("导入")),
        Binding("d", "open('inspect')", N_("实地督查")),
        Binding("h", "open('handover')", N_("交接班")),
        Binding("b,f6", "open('writebacks')", N_("回填")),
        Binding("a,f11", "open('alarms')", N_("告警")),
        Binding("o,f9", "open('papers')", N_("复制或打印")),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._turning = False
        self._holder = ""
        self._placed = "none"
        self._unpainted = ExitStack()

    def compose(self) -> ComposeResult:
        """Every widget once; which are shown where is the layout's to say."""
        yield Header(id="header")
        yield QueueView(id="queue")
        yield CaseRows(id="case")
        yield TrailRows(id="trail")
        yield PromiseList(id="notes")
        yield DutyRows(id="duty")
        yield OwedRows(id="owed")
        yield SoonRows(id="soon")
        for name in ("top", "case", "notes", "duty", "owed", "foot"):
            yield (PromiseRule if name == "case" else Rule)(id=f"rule-{name}")
        for name in ("queue", "case", "duty"):
            yield Wall(id=f"wall-{name}")
        alarm, keys, small = AlarmLine(), KeyLine(), TooSmall()
        alarm.id, keys.id, small.id = "alarm", "keys", "too-small"
        yield alarm
        yield keys
        yield small

    def on_mount(self) -> None:
        """Place everything for the size there is; the first paint of it is the first board's:
        painting empty rows before costs a start as much as painting the full ones."""
        self._unpainted.enter_context(self.app.batch_update())
        self._resting = self.set_interval(REST_S, self._rested, pause=True)
        self._place(self.app.size.width, self.app.size.height)

    def on_screen_resume(self) -> None:
        """The candidates of an input method open where the command bar will."""
        cursor.place(self)

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another layout."""
        cursor.place(self)
        self._place(event.size.width, event.size.height)

    def _place(self, width: int, height: int) -> None:
        found = layout(width, height)
        self._placed = found.name
        for widget in self.children:
            box = found.boxes.get(widget.id or "")
            widget.display = box is not None
            if box is not None:
                widget.styles.offset = (box.x, box.y)
                widget.styles.width, widget.styles.height = box.width, box.height
        self.show_head()
        if self.board is not None:
            self.show_promises(self.gateway.now)

    @property
    def compact(self) -> bool:
        """Whether no panel shows the posts: then the header does."""
        return self._placed == "small"

    # Reading.

    def begin(self) -> None:
        """The desk is open: read the board."""
        self._use(self.gateway.context.procedure.parts.operator)
        self.reread()

    def _use(self, holder_role: str) -> None:
        shorts = grid_shorts(self.gateway.context.places)
        self._holder = holder_role
        self.queue.use(self.gateway.words, shorts, holder_role)

    def reread(self) -> None:
        """Read the board anew in the worker."""
        self.gateway.job(
            partial(read_board, filters=self.filters, before=self.board), self, "board"
        )

    def on_moved(self) -> None:
        """The record has moved."""
        self.reread()

    def on_answered(self, event: messages.Answered) -> None:
        """A board or a card has come."""
        if event.slot == "board":
            self._turning = False
            self.show_board(event.answer)
            self._unpainted.close()
        elif event.slot == "card":
            self.show_card(event.answer)

    def on_failed(self, event: messages.Failed) -> None:
        """Something failed: a reading turns the header red, the rest is said in the key line."""
        self._turning = False
        if event.slot == "board":
            shell(self).read_failed(event.sentence)
            self._unpainted.close()
        else:
            self.give_up(event.sentence)

    def on_acted(self, event: messages.Acted) -> None:
        """An act of the desk itself is done."""
        self.said_done(event)

    def show_board(self, board: Board) -> None:
        """Show what was read."""
        now = self.gateway.now
        self.board = board
        shell(self).show_alarms(board.alarms, board.counted, board.duty.holder)
        if shell(self).holder_role != self._holder:
            self._use(shell(self).holder_role)
        self.queue.show(board.parts, now, self.beside())
        self.arrive(board)
        self.query_one("#case", CaseRows).hint = first = self.first_words(board)
        self.query_one(TrailRows).hint = [()] if first else []
        self.duty.show(board.duty)
        self.roll_strip()
        self.query_one(SoonRows).show(board.rows, self.gateway.words, now)
        self.query_one(OwedRows).show(board.owed, board.back, self.gateway.words, now)
        self.show_promises(now)
        self.show_head()
        self.ask_card()

    def first_words(self, board: Board) -> list[Line]:
        """What stands where a case would, while there is none."""
        gateway = self.gateway
        if board.rows or board.narrowed:
            return []
        place = gateway.context.places.area(gateway.context.area)
        return first_lines(place.name if place else "", gateway.operator, gateway.where)

    def on_queue_view_selected(self, event: QueueView.Selected) -> None:
        """Another case is selected: its card is asked for once the selection rests."""
        if self._wanted is not None and self._wanted[0] != event.no:
            self._wanted = None
        self._resting.reset()
        self._resting.resume()

    def _rested(self) -> None:
        self._resting.pause()
        self.ask_card()

    def on_queue_view_entered(self, event: QueueView.Entered) -> None:
        """A second click opens the case."""
        self.action_case()

    def ask_card(self) -> None:
        """Ask for the card of the selected case."""
        no = self.queue.selected
        if no is None:
            self.show_card(None)
        else:
            self.gateway.ask(Card(no, self.gateway.actor), self, "card")

    def show_card(self, card: CaseCard | None) -> None:
        """Show a card, and do what was asked for before it came."""
        if card is not None and card.no != self.queue.selected:
            return
        self.card, now, words = card, self.gateway.now, self.gateway.words
        pane = self.query_one("#case", CaseRows)
        pane.claim = shell(self).hands.others().get(card.no) if card else None
        pane.show(card, words, now)
        self.query_one(TrailRows).show(card, words, now)
        self.seen(card)
        wanted, self._wanted = self._wanted, None
        if wanted is not None and card is not None and card.no == wanted[0]:
            self.run_wanted(wanted[1], card)

    # The second hand.

    def on_tick(self, event: messages.Tick) -> None:
        """A second has passed: texts are derived anew, nothing is read."""
        self.query_one(AlarmLine).repaint()
        self.query_one(KeyLine).tick()
        self.show_head()
        if self.board is None:
            return
        self.queue.tick(event.now)
        self.query_one("#case", CaseRows).tick(event.now)
        soon = self.query_one(SoonRows)
        if soon.display:
            soon.tick(event.now)
        self.tick_promises(event.now)
        turn_at = self.board.turn_at
        if turn_at is not None and millis(event.now) >= turn_at and not self._turning:
            self._turning = True
            self.gateway.job(partial(turned, board=self.board), self, "board")

    def show_head(self) -> None:
        """Say anew who, when, and how clock and record stand."""
        gateway, app = self.gateway, shell(self)
        if not gateway.ready or app.now is None:
            return
        area = gateway.context.places.area(gateway.context.area)
        head = Head(
            area=area.name.removesuffix("网格") if area else gateway.context.area,
            operator=gateway.actor.name or "",
            drill=gateway.drill,
            now=app.now,
            health=app.health,
        )
        header = self.query_one(Header)
        header.show(head, self.board, gateway.words, posts=self.compact)

    # What no binding takes.

    def on_key(self, event: events.Key) -> None:
        """A Han character opens the command bar with it."""
        self.catch_han(event)

    def on_paste(self, event: events.Paste) -> None:
        """A paste opens the register form with it."""
        event.stop()
        if event.text.strip():
            shell(self).open_register(event.text)
