"""The form of one act: proposals, one Enter, refusals in their place, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.timer import Timer

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms import refusing, telling, words
from dutydesk.screens.forms.drafts import Drafts
from dutydesk.screens.forms.entry import Confirm, take
from dutydesk.screens.forms.heading import Heading
from dutydesk.screens.forms.rows import FieldRow
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.sheet import Sheet
from dutydesk.screens.forms.submit import Filed, acts, do
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import CHOOSE, KeyHint, narrow
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.shell import shell
from dutydesk.views.card import Card
from dutydesk.views.labels import N_
from dutydesk.workflow.cases.acts import Act

if TYPE_CHECKING:
    from datetime import datetime

    from dutydesk.desk import Desk

DRAFT_AFTER_S = 0.3


class ActForm(Dialog):
    """One act on one case (or none); gives `Filed` when it is done, None when it is left."""

    DEFAULT_CSS = """
    ActForm #box {
        width: 96; max-width: 100%; height: auto; max-height: 100%; background: $panel;
        border: round $border; padding: 0 1; margin: 0 0 2 0;
    }
    ActForm #draft, ActForm #error { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3,ctrl+o", "unfold", N_("更多"), show=False),
        Binding("f8", "clear", N_("清空"), show=False),
        Binding("tab", "step(1)", show=False, priority=True),
        Binding("shift+tab", "step(-1)", show=False, priority=True),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("办理")),
        KeyHint("Esc", N_("离开（留稿）")),
        KeyHint("*", N_("下一项")),
        KeyHint("/", N_("上一项")),
        CHOOSE,
        KeyHint("+", N_("更多")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(
        self,
        gateway: Gateway,
        scene: Scene,
        drafts: Drafts | None = None,
        given: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(gateway)
        self.drafts = drafts or Drafts()
        self.sheet = Sheet(scene, given)
        self.waiting = False
        self.over = False
        self.part: Filed | None = None
        self._jobs = 0
        self._timer: Timer | None = None

    @property
    def scene(self) -> Scene:
        """The case and the ground as the form knows them."""
        return self.sheet.scene

    @property
    def _case(self) -> str | None:
        return self.scene.card.no if self.scene.card else None

    # Building.

    def compose_body(self) -> ComposeResult:
        """Heading, fields, and what is said about the whole."""
        with Vertical(id="box"):
            yield Heading(self.scene)
            yield Saying(id="draft")
            yield from self.compose_above()
            yield self.sheet
            yield from self.compose_below()
            yield Saying(id="error")

    def compose_above(self) -> ComposeResult:
        """For forms that show something over their fields."""
        yield from ()

    def compose_below(self) -> ComposeResult:
        """For forms that show something under their fields."""
        yield from ()

    def on_resize(self) -> None:
        """Another room for the fields."""
        self.call_after_refresh(self.make_room)

    def make_room(self) -> None:
        """The fields scroll before anything above or below them is pushed off the screen."""
        box = self.query_one("#box")
        others = [child for child in box.children if child is not self.sheet and child.display]
        taken = sum(child.outer_size.height + child.styles.margin.height for child in others)
        self.sheet.styles.max_height = max(4, self.size.height - 4 - taken)

    async def on_mount(self) -> None:
        """Proposals first, then what was typed before; the keys go to the first open field."""
        draft = self.drafts.find(self.scene.verb, self._case)
        if draft is not None:
            said = _("已带回上次没办完的内容 · F8 清空重填")
            self.query_one("#draft", Saying).say(said, "amber")
        await self.sheet.settle(draft or {})
        self.settled()
        self.start()
        self.call_after_refresh(self.make_room)

    def start(self) -> None:
        """Where the keys go first."""
        self.sheet.focus_first()

    def settled(self) -> None:
        """For forms that show what follows from the values."""

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """Keys that no field wanted."""
        sign = narrow(event.character)
        if sign == "+":
            take(event)
            self.run_worker(self.action_unfold(), exclusive=False)
        elif sign == ".":
            take(event)
            shell(self).acknowledge()

    def on_paste(self, event: events.Paste) -> None:
        """Words that no field had the keys for: the form stays, the next free text takes them."""
        words.pasted(self, event)

    def action_step(self, by: int) -> None:
        """Tab goes from field to field."""
        self.sheet.step(by)

    async def action_unfold(self) -> None:
        """Show the fields that are folded away, or fold them again."""
        self.sheet.unfolded = not self.sheet.unfolded
        await self.sheet.settle()

    async def action_clear(self) -> None:
        """Forget what was typed."""
        self.drafts.drop(self.scene.verb, self._case)
        self.query_one("#draft", Saying).say("")
        await self.sheet.forget()
        self.settled()
        self.start()

    # Changing.

    async def on_field_row_changed(self, event: FieldRow.Changed) -> None:
        """Something was changed by hand."""
        event.stop()
        refusing.say(self, "")
        await self.sheet.settle()
        self.settled()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DRAFT_AFTER_S, self.keep)
        if event.done:
            self.sheet.go_on(event.row.spec.name)
        self.call_after_refresh(self.make_room)

    def keep(self) -> None:
        """Keep what was typed so far."""
        self.drafts.keep(self.scene.verb, self._case, self.sheet.typed())

    def action_leave(self) -> None:
        """Leave without doing anything; what was typed is offered again."""
        if self.waiting:
            self.say(_("正在办理，请稍候"), "amber")
            return
        self.keep()
        self.over = True
        telling.leave(self, self.part)

    def on_unmount(self) -> None:
        """The desk is left in the middle of a form: what was typed is offered at the next start."""
        if not self.over and not self.waiting:
            self.keep()

    # Doing.

    def on_confirm(self, event: Confirm) -> None:
        """Enter: to the next field that must be filled, else the act itself."""
        event.stop()
        self.confirm()

    def confirm(self) -> None:
        """Do the act, unless something is missing or unreadable or still being done."""
        if self.waiting or self.sheet.focus_missing():
            return
        bad = self.sheet.bad()
        if bad is not None:
            self.sheet.rows[bad].refuse(self.sheet.rows[bad].bad)
            self.sheet.rows[bad].take_focus()
            return
        self.submit()

    def wanted(self) -> Sequence[Act]:
        """The acts that the form asks for now."""
        return acts(self.scene, self.sheet.held(), self.gateway.now)

    def submit(self) -> None:
        """Ask the desk to do it; the answer comes as a message, the clock runs on."""
        wanted = self.wanted()
        self.begin(lambda desk: do(desk, wanted))

    def begin(self, call: Callable[[Desk], Any]) -> None:
        """Run acts in the worker; a second Enter does nothing until they are answered."""
        self.waiting = True
        self._jobs += 1
        self.gateway.job(call, self, f"do-{self._jobs}")

    async def on_answered(self, event: messages.Answered) -> None:
        """The acts are done, or the case as it is now has come."""
        if event.slot.startswith("do-"):
            self.waiting = False
            if event.answer.refused is not None:
                self.half_done(event.answer)
            else:
                self.finished(event.answer)
        elif event.slot == refusing.LEFT and self.part is not None:
            await refusing.go_on_with(self, self.part, event.answer)
        elif event.slot == refusing.RELOAD:
            await refusing.reloaded(self, event.answer)

    async def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked."""
        await refusing.show(self, event)
        self.call_after_refresh(self.make_room)

    def finished(self, filed: Filed) -> None:
        """Everything is on the record: nothing is left to keep."""
        if self._timer is not None:
            self._timer.stop()
        self.drafts.drop(self.scene.verb, self._case)
        self.over = True
        telling.leave(self, filed)

    def half_done(self, filed: Filed) -> None:
        """Some of it is on the record: the form becomes that of the act that was refused."""
        self.drafts.drop(self.scene.verb, self._case)
        self.part = filed
        self.gateway.ask(Card(filed.case_no or ""), self, refusing.LEFT)

    async def turn(self, scene: Scene, given: Mapping[str, object]) -> None:
        """Become the form of another act on the same case."""
        await self.sheet.remove()
        self.sheet = Sheet(scene, given)
        await self.query_one("#box").mount(self.sheet, after="#draft")
        self.query_one(Heading).look_again(scene)
        await self.sheet.settle()
        self.settled()
        self.start()

    async def look_again(self, scene: Scene) -> None:
        """The case has changed under the form."""
        self.query_one(Heading).look_again(scene)
        await self.sheet.look_again(scene)
        self.settled()

    def tick(self, now: datetime) -> None:
        """The case's clock runs on under the form."""
        self.query_one(Heading).tick(now)
