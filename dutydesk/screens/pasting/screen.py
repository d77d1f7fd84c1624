"""What a paste was recognised as: new orders go to their forms, known ones to their cases."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.intake.pasting import refuse_unfit
from dutydesk.screens import messages
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.opening import drafts_of
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.forms.submit import Filed
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, plan, twins
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.shell import shell
from dutydesk.screens.pasting import asking, lines, waiting
from dutydesk.screens.pasting.form import open_pasted
from dutydesk.screens.pasting.lines import Item
from dutydesk.views.labels import N_

if TYPE_CHECKING:
    from dutydesk.desk.pasting import Told

LOOK, TAKE = "look", "take"


class PasteScreen(Dialog):
    """The orders of a paste, or those that still wait; a single new one goes straight to its form.

    Raises BadInput for a paste that is no text or too large: nothing is taken of it.
    """

    DEFAULT_CSS = """
    PasteScreen #box {
        width: 100%; max-width: 116; height: auto; max-height: 100%; margin: 0 0 2 0;
        background: $panel; border: round $border; padding: 0 1;
    }
    PasteScreen Listing { height: auto; min-height: 1; max-height: 14; }
    PasteScreen #details { margin: 1 0 0 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", N_("登记 / 记入")),
        *(Binding(twins(digit), f"pick({digit})", show=False) for digit in "123456789"),
        plan("*", "move(1)", N_("下一件"), "down,j"),
        plan("/", "move(-1)", N_("上一件"), "up,k"),
        plan("+", "new", N_("空白登记"), "n"),
        plan("-", "discard", N_("删掉这件"), "delete"),
        plan(".", "acknowledge", N_("确认告警")),
        Binding("left,c", "case", N_("打开案件")),
    ]
    hints = (
        KeyHint("Enter", N_("登记 / 记入")),
        KeyHint("1-9 *", N_("选择")),
        KeyHint("-", N_("删掉")),
        KeyHint("+", N_("空白登记")),
        KeyHint("Esc", N_("离开（其余留着）")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, text: str = "", told: Told | None = None) -> None:
        super().__init__(gateway)
        refuse_unfit(text)
        self.text = text
        self.drafts = drafts_of(gateway)
        self.items: list[Item] = []
        self.alone = told is not None
        self._told = told
        self._busy = False
        self._discarding: str | None = None

    def compose_body(self) -> ComposeResult:
        """How many, the list, and what was recognised of the one under the cursor."""
        with Vertical(id="box"):
            yield Saying(_("正在认…"), id="head")
            yield Listing(
                lambda item, _w: lines.drawn(item, self.gateway.words), lambda i: i.number
            )
            yield Spoken(id="details")
            yield Saying(id="error")

    def on_mount(self) -> None:
        """Ask what the text holds; without one show what waits."""
        if self._told is not None:
            self.show_items([self._told])
        elif self.text.strip():
            self.gateway.job(partial(asking.look, text=self.text), self, LOOK)
        else:
            self.show_items([])

    @property
    def listing(self) -> Listing[Item]:
        """The orders."""
        return self.query_one(Listing)

    # What comes.

    def on_answered(self, event: messages.Answered) -> None:
        """What the text holds, or that a case has taken what it says."""
        if event.slot == LOOK:
            self.looked(event.answer)
        elif event.slot == TAKE:
            self._busy = False
            self.taken(event.answer)

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked: said here, nothing is lost."""
        self._busy = False
        self.query_one("#error", Saying).say(f"✗ {event.sentence}", "red")
        if event.slot == LOOK:
            self.query_one("#head", Saying).say(_("没有收下；Esc 返回"), "dim")

    def looked(self, found: tuple[Told, ...]) -> None:
        """One order goes where it belongs at once, several are listed."""
        if not found:
            self.dismiss(None)
            self.app.call_later(shell(self).say, _("粘贴的内容里没有文字"), "amber")
            return
        if len(found) == 1 and found[0].case is not None:
            self.leave_for(found[0])
            return
        self.alone = len(found) == 1 and not waiting.all_of(self.drafts)
        self.show_items(list(found))
        first = next((i for i in self.items if i.order is not None), None)
        if len(found) == 1 and first is not None:
            self.go_to(self.items[-1])
            self.open_form(self.items[-1])

    def leave_for(self, told: Told) -> None:
        """Open the case of a known order, and over it what happened; unchanged is only said."""
        app, no = shell(self), told.case or ""
        self.dismiss(None)
        self.app.call_later(app.open_case, no)
        if told.unchanged:
            said = _("{no} 已在案：与上次所说相同，没有变化").format(no=no[-4:])
            self.app.call_later(app.say, said, "amber")
        else:
            self.app.call_later(partial(app.open, "paste", told=told))

    def show_items(self, found: list[Told]) -> None:
        """List what waits from before, then what came now."""
        held = [one for one in waiting.all_of(self.drafts) if self._told is None]
        self.items = [Item(at, order=one) for at, one in enumerate(held, 1)]
        known = {one.key for one in held}
        for told in found:
            item = Item(len(self.items) + 1, told=None if told.kind == "new" else told)
            if told.kind == "new":
                item.order = waiting.put(self.drafts, told.pasted)
                if item.order.key in known:
                    continue
                known.add(item.order.key)
            self.items.append(item)
        self.listing.show(self.items, first=True)
        self.next_open()
        self.reshow()

    def reshow(self) -> None:
        """Say anew how many there are and what is under the cursor."""
        said = lines.counted(self.items)
        head = self.query_one("#head", Saying)
        if self._told is not None:
            head.say(_("这个编号已在案；Enter 记入，Esc 不记"), "bright")
        else:
            head.say(_("粘贴：{parts}").format(parts=said), "bright")
        self.listing.styles.height = max(1, min(14, len(self.items)))
        self.listing.repaint()
        self.query_one("#details", Spoken).show(
            lines.details(self.listing.item, self.gateway.words, self.gateway.now)
        )

    # Moving.

    def go_to(self, item: Item) -> None:
        """The cursor to this order."""
        self.listing.move(self.items.index(item) - self.listing.cursor)

    def next_open(self) -> bool:
        """The cursor to the next order with something to do; False without one."""
        at = self.listing.cursor
        later = [*self.items[at:], *self.items[:at]]
        found = next((item for item in later if item.open), None)
        if found is not None:
            self.go_to(found)
        return found is not None

    def action_move(self, steps: int) -> None:
        """Up or down."""
        self._discarding = None
        self.listing.move(steps)
        self.reshow()

    def action_pick(self, number: int) -> None:
        """The order with this digit."""
        if number <= len(self.items):
            self.go_to(self.items[number - 1])
            self.reshow()

    def on_listing_picked(self) -> None:
        """A second click."""
        self.action_open()

    # Doing.

    def action_open(self) -> None:
        """Enter: the form of a new order; a known one takes what it says, else its case opens."""
        item = self.listing.item
        if item is None or self._busy:
            return
        if item.order is not None and not item.done:
            self.open_form(item)
        elif item.told is not None and item.told.kinds and not item.done:
            self._busy = True
            by, pasted = self.gateway.actor, item.told.pasted
            self.gateway.job(partial(asking.take, pasted=pasted, by=by), self, TAKE)
        else:
            self.action_case()

    def open_form(self, item: Item) -> None:
        """The filled form over the list; what comes of it is seen to in `filed`."""
        assert item.order is not None
        left = [one for one in self.items if one.order is not None and not one.done]
        note = ""
        if len(left) > 1:
            note = _("还有 {count} 件；").format(count=len(left) - 1)
        form = open_pasted(self.gateway, item.order.key, note)
        self.app.push_screen(form, partial(self.filed, item))

    def filed(self, item: Item, filed: Filed | None) -> None:
        """Registered: on to the form of the next new order. Left: back to the list."""
        if filed is None:
            if self.alone:
                self.dismiss(None)
            return
        item.done = _("已登记 {no}").format(no=(filed.case_no or "")[-4:])
        more = self.next_open()
        self.reshow()
        following = self.listing.item
        if not any(one.open for one in self.items) or not more:
            self.dismiss(filed)
        elif following is not None and following.order is not None:
            self.open_form(following)

    def taken(self, told: Told) -> None:
        """The case has taken what the paste says."""
        item = self.listing.item
        if self._told is not None:
            self.dismiss(told)
            said = _("{no} 已记入").format(no=(told.case or "")[-4:])
            self.app.call_later(shell(self).say, said, "green")
        elif item is not None:
            item.done = _("已记入 {no}").format(no=(told.case or "")[-4:])
            if not self.next_open():
                self.dismiss(told)
            self.reshow()

    def action_case(self) -> None:
        """Open the case of a known order; the others wait."""
        item = self.listing.item
        if item is not None and item.case is not None:
            self.dismiss(item.case)

    def action_new(self) -> None:
        """An empty form; what waits goes on waiting."""
        self.dismiss(None)
        self.app.call_later(shell(self).open, "register")

    def action_discard(self) -> None:
        """Throw an order away, asked twice: it was never registered."""
        item = self.listing.item
        if item is None or item.order is None or item.done:
            self.say(_("只有没登记的可以删"), "dim")
        elif self._discarding != item.order.key:
            self._discarding = item.order.key
            self.say(_("再按一次 -，删掉这件粘贴"), "amber")
        else:
            waiting.drop(self.drafts, item.order.key)
            item.done = _("已删掉")
            self._discarding = None
            if not self.next_open() and not any(one.case for one in self.items):
                self.dismiss(None)
            self.reshow()

    def action_acknowledge(self) -> None:
        """Acknowledge all that rings."""
        shell(self).acknowledge()

    def action_leave(self) -> None:
        """Back to the desk; what is not registered waits behind `+`."""
        self.dismiss(None)
        left = len(waiting.all_of(self.drafts))
        if left:
            said = _("还有 {count} 件粘贴的没登记：按 + 继续").format(count=left)
            self.app.call_later(shell(self).say, said, "amber")
