"""What the calls of one case and of several share: the fields, the keys beside them, the end."""

from __future__ import annotations

from textual import events

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms.entry import Confirm, Step
from dutydesk.screens.forms.outcome import CallTimeRow, OutcomeRow, PromiseRow, lead_on
from dutydesk.screens.forms.rows import FieldRow, TextRow
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.inputs import a_message
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.views.labels import N_

FIELD_HINTS = (
    KeyHint("Enter", N_("到通话结果")),
    KeyHint("*", N_("下一项")),
    KeyHint("/", N_("上一项")),
    KeyHint("Esc", N_("返回")),
)
DO = "do-"
"""How the slot of a job begins that puts a call on the record."""
LISTED = "listed"
"""The slot of a question to the list of contacts, for a party without a number."""


class Calling(Dialog):
    """The fields of a call; `turn` and `end` are the card's own. Nothing moves while it `waits`."""

    def __init__(self, gateway: Gateway, scene: Scene) -> None:
        super().__init__(gateway)
        self.scene = scene
        spec = {field.name: field for field in scene.kind.fields}
        self.said = TextRow(scene, spec["said"])
        self.promised = PromiseRow(scene, spec["promised_at"])
        self.when = CallTimeRow(scene)
        self.outcome = OutcomeRow(scene, spec["outcome"])
        self.waiting = False
        self._jobs = 0

    @property
    def fields(self) -> tuple[FieldRow, ...]:
        """The fields in their order."""
        return self.said, self.promised, self.when, self.outcome

    def begin(self, words: str) -> None:
        """Empty fields for the next call, ready for the digit that ends it."""
        for row in self.fields:
            row.propose(None)
            row.refuse("")
            row.touched = False
        self.said.propose(words)

    def face(self) -> None:
        """Show whose turn it is."""
        raise NotImplementedError

    def move(self, by: int) -> None:
        """Turn to the person after or before."""
        raise NotImplementedError

    def end(self) -> None:
        """Record how the call ended."""
        raise NotImplementedError

    def turn(self, by: int) -> None:
        """Face the person after or before."""
        if not self.waiting:
            self.error("")
            self.move(by)
            self.face()

    # Keys.

    def look_keys(self) -> None:
        """In a field a digit is text: the key line says how one comes to the outcome."""
        hints = self.hints if self.outcome.choices.has_focus else FIELD_HINTS
        for line in self.query(KeyLine):
            if line.hints != hints:
                line.offer(hints)
        super().look_keys()

    def on_key(self, event: events.Key) -> None:
        """`+` asks for the promised time, `.` acknowledges."""
        lead_on(event, self.promised)

    def on_paste(self, event: events.Paste) -> None:
        """Words pasted before the digit are what is said; a whole message is an order."""
        if a_message(event.text) or not event.text.strip():
            return
        event.stop()
        entry = self.said.entry
        self.set_focus(entry)
        if self.said.touched:
            entry.call_later(entry.action_end)
        entry.post_message(events.Paste(event.text))

    def on_step(self, event: Step) -> None:
        """From field to field; the arrows on the outcome go from person to person."""
        event.stop()
        stops = [self.outcome.choices, self.said.entry, self.promised.entry, self.when.entry]
        if self.focused is self.outcome.choices and event.arrow:
            self.turn(event.by)
            return
        at = stops.index(self.focused) if self.focused in stops else 0
        stops[(at + event.by) % len(stops)].focus()

    def on_confirm(self, event: Confirm) -> None:
        """Enter goes back to the outcome; there it is the card's own."""
        event.stop()
        if self.outcome.choices.has_focus:
            self.entered()
        elif self.fits():
            self.outcome.choices.focus()

    def entered(self) -> None:
        """Enter where the call is ended: a digit is asked for."""
        self.error(_("通话怎样结束：1 接通  2 无人接  3 占线  4 来不了  5 已留话"))

    def on_field_row_changed(self, event: FieldRow.Changed) -> None:
        """A digit ends the call."""
        event.stop()
        self.promised.reread()
        self.when.reread()
        if event.row is self.outcome and event.done:
            if self.waiting or not self.fits():
                self.outcome.propose(None)
            else:
                self.end()

    def fits(self) -> bool:
        """Whether both moments can be taken as they stand; else why not is said at the field."""
        return self.promised.fits() and self.when.fits()

    def heard(self, outcome: str) -> str:
        """What was said: the words that stood there only where somebody heard them."""
        return str(self.said.value or "") if self.said.touched or outcome == "reached" else ""

    def slot(self) -> str:
        """The slot of the next job that records a call; from now on the card waits for it."""
        self.waiting = True
        self._jobs += 1
        return f"{DO}{self._jobs}"

    def on_failed(self, event: messages.Failed) -> None:
        """Refused: the outcome is asked again, nothing typed is lost."""
        if event.slot.startswith(DO):
            self.waiting = False
            self.outcome.propose(None)
        self.error(event.sentence)

    def error(self, text: str) -> None:
        """Say what cannot be, or nothing."""
        self.query_one("#error", Saying).say(f"✗ {text}" if text else "", "red")

    def action_leave(self) -> None:
        """Leave; what is on the record stays there."""
        if self.waiting:
            self.say(_("正在办理，请稍候"), "amber")
        else:
            self.close()

    def close(self) -> None:
        """Away, saying what was done."""
        raise NotImplementedError
