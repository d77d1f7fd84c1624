"""A call that comes in: taken down before it is known what it is, then put where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.several import one_case
from dutydesk.screens.forms import telling
from dutydesk.screens.forms.caller import IncomingWho
from dutydesk.screens.forms.choices import Choices
from dutydesk.screens.forms.entry import Confirm, Step
from dutydesk.screens.forms.heading import Heading
from dutydesk.screens.forms.opening import drafts_of, scene_of
from dutydesk.screens.forms.options import option
from dutydesk.screens.forms.outcome import CallTimeRow, PromiseRow, lead_on
from dutydesk.screens.forms.ringing import CALLER, rings
from dutydesk.screens.forms.rows import ChoiceRow, FieldRow, TextRow
from dutydesk.screens.forms.rung import REACHED
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.submit import AT, Filed, act
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.shell import shell
from dutydesk.views.callers import KnownCase
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import N_
from dutydesk.views.numbers import short
from dutydesk.workflow.cases.acts import Act

if TYPE_CHECKING:
    from dutydesk.desk import Desk, Done

DRAFT = "incoming"
ENDS = (
    ("call", N_("这件案件的来电")),
    ("confirm_response", N_("到场")),
    ("file_result", N_("处置反馈")),
    ("register", N_("登记新案件")),
    ("nothing", N_("不属于案件")),
)
"""What a call turns out to be, in the order of its digits."""


class Taken(NamedTuple):
    """What a finished call left behind: the case as it is now, None where it has none."""

    end: str
    card: CaseCard | None
    done: tuple[Done, ...]


class EndRow(ChoiceRow):
    """What the call turns out to be."""

    def compose_control(self) -> ComposeResult:
        """The ends with their digits."""
        self.choices = Choices([option(value, _(label)) for value, label in ENDS])
        yield self.choices


class IncomingCard(Dialog):
    """Who rings, what he says, what is promised; at its end it becomes what it is, by one digit.

    Nothing is typed twice: a result or a registration opens with the text taken over.
    """

    DEFAULT_CSS = """
    IncomingCard #box { width: 84; max-width: 100%; height: auto; background: $panel;
        border: round $border; padding: 0 1; margin: 0 0 2 0; }
    IncomingCard #error { padding: 0 1; }
    """
    hints = (
        KeyHint("*", N_("下一项")),
        KeyHint("/", N_("上一项")),
        KeyHint("Enter", N_("归类")),
        KeyHint("1-5", N_("算作")),
        KeyHint("Esc", N_("离开（留稿）")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, card: CaseCard | None = None) -> None:
        super().__init__(gateway)
        self.scene = scene_of(gateway, "call", None)
        self.drafts = drafts_of(gateway)
        known = self.scene.context.procedure.fields
        spec = {field.name: field for field in self.scene.kind.fields}
        self.selected = short(card.no, gateway.now) if card is not None else ""
        self._offered = {self.selected: card.no} if card is not None else {}
        self.who = IncomingWho(self.scene, spec["party"], _("谁来电"))
        self.said = TextRow(self.scene, spec["said"])
        self.promised = PromiseRow(self.scene, spec["promised_at"])
        self.when = CallTimeRow(self.scene)
        self.case = TextRow(self.scene, known["into"], _("案件编号"))
        self.end = EndRow(self.scene, spec["outcome"], _("算作"))
        self.waiting = False
        self._jobs = 0

    @property
    def rows(self) -> tuple[FieldRow, ...]:
        """The fields in their order."""
        return self.who, self.said, self.promised, self.when, self.case, self.end

    def compose_body(self) -> ComposeResult:
        """Who, what, when, which case, and what it is."""
        with Vertical(id="box"):
            yield Heading(self.scene, _("来电"))
            yield from self.rows
            yield Saying(id="error")

    def on_mount(self) -> None:
        """The selected case stands ready; what was taken down before comes back."""
        self.case.propose(self.selected)
        kept = self.drafts.find(DRAFT, None) or {}
        for name, row in self._kept_rows():
            if kept.get(name):
                row.restore(kept[name])
                row.touched = True
        self.who.take_focus()

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """Beside the fields: `+` asks for the promised time, `.` acknowledges."""
        lead_on(event, self.promised)

    def on_step(self, event: Step) -> None:
        """From field to field."""
        event.stop()
        at = next((n for n, row in enumerate(self.rows) if self.focused in row.walk_children()), 0)
        self.rows[(at + event.by) % len(self.rows)].take_focus()

    def on_confirm(self, event: Confirm) -> None:
        """Enter goes to what the call is."""
        event.stop()
        if self.end.choices.has_focus:
            self._error(_("这是什么：按 1-5 选"))
        self.end.take_focus()

    def on_field_row_changed(self, event: FieldRow.Changed) -> None:
        """A digit at the end puts the call where it belongs."""
        event.stop()
        if event.row is self.end and event.done:
            self.finish()
        elif event.row is self.who:
            self.who.look(self.gateway, self)

    # Doing.

    def finish(self) -> None:
        """Put the call on the record; what it needs more opens with what was said."""
        end = str(self.end.value)
        self.end.propose(None)
        if self.waiting or not self._fits(end):
            return
        self.waiting = True
        self._jobs += 1
        self.gateway.job(self._work(end), self, f"take-{self._jobs}")

    def _fits(self, end: str) -> bool:
        """Whether what is there suffices; else the reason stands at its field."""
        if not (self.promised.fits() and self.when.fits()):
            return False
        if end in ("call", "confirm_response", "file_result") and not self.case.value:
            self.case.refuse(_("写上案件编号的末几位，或选“不属于案件”"))
            self.case.take_focus()
            return False
        return True

    def _work(self, end: str) -> Callable[[Desk], Taken]:
        """What the worker does: find the case, log the call, read the case anew."""
        tail, scene, who = str(self.case.value), self.scene, self.who.party
        known, offered = {case.no for case in self.who.cases}, dict(self._offered)
        now, actor = self.gateway.now, self.gateway.actor
        wanted = self._acts(end)

        def taken(desk: Desk) -> Taken:
            if end in ("register", "nothing"):
                return Taken(end, None, tuple(desk.execute(one) for one in wanted))
            no = offered.get(tail) or one_case(desk, tail)
            before = desk.read(Card(no, actor))
            party = CALLER if no in known else _party(replace(scene, card=before, now=now), who)
            call = replace(wanted[0], case=no, fields={**wanted[0].fields, "party": party})
            done = desk.execute(call)
            return Taken(end, desk.read(Card(no, actor)), (done,))

        return taken

    def _acts(self, end: str) -> tuple[Act, ...]:
        """The call as it was; of a registration only what was promised, as a note with its time."""
        now, said = self.gateway.now, str(self.said.value or "")
        promised = self.promised.moment
        if end != "register":
            fields = {"party": self.who.party or _("来电人"), "outcome": REACHED, "incoming": True}
            fields |= {"said": said, "promised_at": promised}
            return (act(self.scene, {AT: self.when.moment, **fields}, now),)
        if promised is None:
            return ()
        text = _("回复来电：{said}").format(said=said) if said else _("回复来电")
        note = {"text": text, "promised_to": self.who.party, "remind_at": promised}
        return (act(replace(self.scene, verb="note"), {AT: self.when.moment, **note}, now),)

    def on_answered(self, event: messages.Answered) -> None:
        """The people have come, or the call is on the record: go on with what it is."""
        if event.slot == IncomingWho.CASES:
            self._known(event.answer)
            return
        if event.slot == IncomingWho.SLOT:
            self.who.show(event.answer)
            return
        taken: Taken = event.answer
        given = self._given(taken)
        self.drafts.drop(DRAFT, None)
        self.waiting = False
        app = shell(self)
        no = taken.card.no if taken.card is not None else None
        if given is None:
            telling.leave(self, Filed("call", no, taken.done))
            return
        self.dismiss(Filed("call", no, taken.done) if taken.done else None)
        self.app.call_later(app.open_act, taken.end, taken.card, given)

    def _known(self, cases: tuple[KnownCase, ...]) -> None:
        """Whoever rings is known from cases: the first is offered, unless one was typed."""
        self.who.show_cases(cases)
        if not self.case.touched:
            numbers = [short(case.no, self.gateway.now) for case in cases]
            self._offered |= dict(zip(numbers, (case.no for case in cases), strict=True))
            self.case.propose(numbers[0] if numbers else self.selected)

    def _given(self, taken: Taken) -> dict[str, object] | None:
        """What the next form is given, None where nothing is left to do."""
        said = str(self.said.value or "")
        at = {AT: self.when.moment} if self.when.moment is not None else {}
        if taken.end == "register":
            return {"description": said, "caller": self.who.caller, **at}
        if taken.card is None or taken.end in ("call", "nothing"):
            return None
        party = _party(replace(self.scene, card=taken.card), self.who.party)
        if taken.end == "file_result":
            return {"party": party, "text": said, **at}
        return {"party": party, **at}

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or no such case: said, and everything that was taken down stays."""
        if event.slot in (IncomingWho.SLOT, IncomingWho.CASES):
            return
        self.waiting = False
        self._error(event.sentence)

    def _error(self, text: str) -> None:
        self.query_one("#error", Saying).say(f"✗ {text}" if text else "", "red")

    def _kept_rows(self) -> tuple[tuple[str, FieldRow], ...]:
        """What a draft keeps, by name; who rings is the caller, whom no file keeps."""
        return ("caller", self.who), *((row.spec.name, row) for row in self.rows[1:5])

    def action_leave(self) -> None:
        """Leave; what was taken down comes back the next time."""
        if self.waiting:
            self.say(_("正在办理，请稍候"), "amber")
            return
        typed = {name: r.state for name, r in self._kept_rows() if r.touched and r.state}
        if typed:
            self.drafts.keep(DRAFT, None, typed)
        self.dismiss(None)

    def tick(self, now: datetime) -> None:
        """The clock runs on."""
        self.query_one(Heading).tick(now)


def _party(scene: Scene, who: str) -> str:
    """The party of the case whom a name means; the name itself where it means none."""
    for ring in rings(scene):
        if who and who in (ring.party, ring.name, ring.unit):
            return ring.party
    return who or _("来电人")
