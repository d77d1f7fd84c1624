"""Late entries 补录: lines typed or pasted, each looked at, then all that fit done in one go."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from dutydesk.config.timed_lines import LONGEST, MOST_LINES, Typed, typed_now
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.line import LineEntry, Lines
from dutydesk.screens.command.listing import Listing
from dutydesk.screens.forms.entry import Confirm, Step, take
from dutydesk.screens.forms.opening import drafts_of
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, narrow, plan
from dutydesk.screens.late.drafted import as_draft, typed_before
from dutydesk.screens.late.lines import Counted, line_spans
from dutydesk.screens.late.playing import DONE, FITS, LateRow, enter, look_over, seat_of
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank
from dutydesk.text import clean
from dutydesk.views.labels import N_

LATE = "late"
"""Under what name the drafts keep the list."""


class TimedEntry(LineEntry):
    """The line being typed; `+` in an empty one begins no past time: it takes a line back."""

    async def _on_key(self, event: events.Key) -> None:
        if not self.value and narrow(event.character) == "+":
            take(event)
            self.post_message(TakeBack())
        else:
            await super()._on_key(event)


class TakeBack(Message):
    """The line under the cursor is wanted back."""


class LateScreen(Dialog):
    """A list of what happened; Enter takes a line in, in an empty line it does all that fit."""

    AUTO_FOCUS = "TimedEntry"
    DEFAULT_CSS = """
    LateScreen #box {
        width: 100%; max-width: 116; height: 1fr; background: $panel; border: round $border;
    }
    LateScreen #line { height: 1; width: 100%; background: $background; }
    LateScreen #sending { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        plan("+", "take_back", N_("取回这一行来改")),
        Binding("f5", "look", N_("重看")),
    ]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("加一行；空行：全部补录")),
        KeyHint("*", N_("下一行")),
        KeyHint("/", N_("上一行")),
        KeyHint("+", N_("取回这一行来改")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, text: str = "") -> None:
        super().__init__(gateway)
        self._drafts = drafts_of(gateway)
        kept = self._drafts.find(LATE, None) or {}
        self.typed: list[Typed] = typed_before(kept, gateway.now)
        self._begun = str(kept.get("begun") or "")
        self.rows: tuple[LateRow, ...] = ()
        self._doing = False
        self._times = 0
        if text.strip():
            self._add(text)

    def compose_body(self) -> ComposeResult:
        """How many fit, the lines, the line being typed, and what came of it."""
        with Vertical(id="box"):
            yield Counted()
            yield Listing(self._line, lambda row: row.number)
            with Horizontal(id="line"):
                hint = _("如：2210 1107 派 仓场　2230 登 嘉乐路20号 绿化带垃圾")
                yield TimedEntry(self._begun, hint)
            yield Saying(id="sending")

    def on_mount(self) -> None:
        """Look at what was kept."""
        none = _("还没有：一行一件事，时间在前，可一次粘贴多行")
        self.listing.empty = (blank(1), Span(none, "dim"))
        self.action_look()

    @property
    def texts(self) -> list[str]:
        """The lines as they were typed."""
        return [one.text for one in self.typed]

    @property
    def listing(self) -> Listing[LateRow]:
        """The lines."""
        return self.query_one(Listing)

    @property
    def line(self) -> LineEntry:
        """The line being typed."""
        return self.query_one(LineEntry)

    def _line(self, row: LateRow, width: int) -> Sequence[Span]:
        return line_spans(row, self.gateway.words, self.gateway.now, width)

    # Typing.

    def on_input_changed(self, event: Input.Changed) -> None:
        """Nothing typed is lost: the line that was begun is kept too."""
        event.stop()
        self._keep()

    def on_lines(self, event: Lines) -> None:
        """Several lines were pasted."""
        event.stop()
        self._take_in(event.text)

    def on_paste(self, event: events.Paste) -> None:
        """A paste where the line has not the keys."""
        event.stop()
        self._take_in(event.text)

    def on_confirm(self, event: Confirm) -> None:
        """Enter takes the line in; in an empty line it does everything that fits."""
        event.stop()
        if self.line.value.strip():
            if self._take_in(self.line.value):
                self.line.value = ""
        else:
            self._do()

    def _take_in(self, text: str) -> bool:
        if not self._add(text):
            said = _("一次最多 {lines} 行，每行最多 {signs} 个字；这一段没有放进来")
            self._say(said.format(lines=MOST_LINES, signs=LONGEST), "red")
            return False
        self._say("")
        self._keep()
        self.action_look()
        return True

    def _add(self, text: str) -> bool:
        """Put lines at the end; False where they are too many or too long: then none is."""
        found = clean(text[: MOST_LINES * LONGEST]).text.splitlines()
        fresh = [" ".join(one.split()) for one in found if one.strip()]
        many = len(text) > MOST_LINES * LONGEST or len(self.typed) + len(fresh) > MOST_LINES
        if many or any(len(one) > LONGEST for one in fresh):
            return False
        now = self.gateway.now
        self.typed += [Typed(one, now) for one in fresh]
        return True

    def _keep(self) -> None:
        begun = self.line.value if self.is_mounted else self._begun
        self._drafts.keep(LATE, None, as_draft(self.typed, begun))

    # Looking.

    def action_look(self) -> None:
        """Look at every line anew; nothing is done."""
        seat = partial(
            seat_of, words=self.gateway.words, actor=self.gateway.actor, seat=self.gateway.seat
        )
        typed = tuple(self.typed)
        self.gateway.job(lambda desk: look_over(desk, typed, seat(desk)), self, "look")

    def on_moved(self) -> None:
        """The record has moved: a line may fit now, or not any more."""
        self.action_look()

    def on_answered(self, event: messages.Answered) -> None:
        """The lines were looked at, or done."""
        if event.slot == "look":
            if not self._doing:
                self._show(event.answer)
            return
        self._doing = False
        self._entered(event.answer)

    def on_failed(self, event: messages.Failed) -> None:
        """The store could not be asked: nothing was done, the list stays."""
        self._doing = False
        self._say(f"✗ {event.sentence}", "red")

    def _show(self, rows: Sequence[LateRow]) -> None:
        if [row.text for row in rows] != self.texts:
            return
        more = len(rows) > len(self.rows)
        self.rows = tuple(rows)
        self.listing.show(self.rows)
        if more:
            self.listing.move(len(self.rows))
        self.query_one(Counted).show(self.rows)

    def _say(self, text: str, ink: str = "amber") -> None:
        self.query_one("#sending", Saying).say(text, ink)

    # Doing.

    def _do(self) -> None:
        if self._doing:
            return
        if not any(row.status == FITS or row.entered for row in self.rows):
            self._say(_("没有能补录的行") if self.rows else _("先写一行：时间 编号 办什么"))
            return
        self._doing = True
        self._times += 1
        typed = tuple(self.typed)
        words, actor, seat = self.gateway.words, self.gateway.actor, self.gateway.seat
        self.gateway.job(
            lambda desk: enter(desk, typed, seat_of(desk, words, actor, seat)),
            self,
            f"enter-{self._times}",
        )

    def _entered(self, rows: Sequence[LateRow]) -> None:
        """What is on the record leaves the list; the rest stays with its reason."""
        left = [row for row in rows if not row.entered]
        since = self.typed[len(rows) :]
        self.typed = [*(self.typed[row.number - 1] for row in left), *since]
        self._keep()
        done = sum(1 for row in rows if row.status == DONE)
        before = sum(1 for row in rows if row.entered) - done
        parts = [_("已补录 {count} 件").format(count=done)]
        if before:
            parts.append(_("{count} 件以前已补录").format(count=before))
        if left:
            parts.append(_("{count} 行没有补录，留在这里").format(count=len(left)))
        parts += [f"{row.text}：{row.why}" for row in rows if row.entered and row.why]
        self._say(" · ".join(parts), "amber" if left else "green")
        self.gateway.pulse(self.app)
        self.action_look()

    # Keys.

    def on_step(self, event: Step) -> None:
        """Through the lines."""
        event.stop()
        self.listing.move(event.by)

    def on_take_back(self, event: TakeBack) -> None:
        """`+` in the empty line."""
        event.stop()
        self.action_take_back()

    def action_take_back(self) -> None:
        """The line under the cursor goes back to where lines are typed."""
        row = self.listing.item
        if row is None or self.line.value.strip() or self._doing:
            return
        place = row.number - 1
        if place < len(self.typed) and self.typed[place].text == row.text:
            text = typed_now(self.typed.pop(place), self.gateway.now)
            self.line.value = text
            self.line.cursor_position = len(text)
            self.line.focus()
            self._keep()
            self.action_look()
