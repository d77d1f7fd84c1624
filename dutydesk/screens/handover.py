"""Handover in its plain form: what stands open, what falls due, the red count read back."""

from __future__ import annotations

from datetime import datetime

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from dutydesk.config.time_words import when_message
from dutydesk.config.when import BadWhen, parse_when
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.line import point
from dutydesk.screens.forms.choices import Choices
from dutydesk.screens.forms.entry import Confirm, Edited, Entry, Step, take
from dutydesk.screens.forms.field_name import FieldName
from dutydesk.screens.forms.options import option
from dutydesk.screens.forms.phrases import meant
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.handover_names import because, successors, who
from dutydesk.screens.handover_sheet import HandoverSheet, Standing, stand
from dutydesk.screens.keys import KeyHint, narrow
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.shell import shell
from dutydesk.views.labels import N_
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import SUB_CENTRE, Actor
from dutydesk.workflow.parts import Parts

OWN, DEPUTY = "own", "deputy"
"""Who says so: the operator himself for want of people, or his deputy (X-5.1.3)."""


class HandoverScreen(Dialog):
    """Hands the desk over, or takes it over with the red count read back."""

    DEFAULT_CSS = """
    HandoverScreen #box {
        width: 100%; max-width: 116; height: 1fr;
        background: $panel; border: round $border;
    }
    HandoverScreen .line { height: auto; width: 1fr; }
    HandoverScreen Entry { width: 1fr; }
    HandoverScreen Choices { width: 1fr; }
    HandoverScreen #error { padding: 0 1; }
    HandoverScreen #form { height: auto; }
    """
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("交班 / 接班")),
        KeyHint("*", N_("下一项")),
        KeyHint("/", N_("上一项")),
        KeyHint("1-9", N_("选择")),
        KeyHint("PgDn", N_("清单")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        if gateway.context.procedure.doing("hand_over") is None:
            raise BadInput(_("这个规程不交接班"))
        self.standing: Standing | None = None
        self._acting = False

    def compose_body(self) -> ComposeResult:
        """The sheet above, the form below; which of its lines are shown the state says."""
        lines = (
            ("to", _("交给"), Choices((), id="to")),
            ("basis", _("依据"), Choices((), id="basis")),
            ("reason", _("理由"), Entry("", because(), id="reason")),
            ("taker", _("接班人"), Choices((), id="taker")),
            ("name", _("姓名"), Entry("", _("名单里没有的人，写姓名"), id="name")),
            ("red", _("复诵超时"), Entry("", _("超时几件？数一数，写数字"), id="red")),
            ("at", _("办理时间"), Entry("", _("空着就是现在；-7、2210"), id="at")),
        )
        with Vertical(id="box"):
            yield HandoverSheet()
            with Vertical(id="form"):
                for name, label, control in lines:
                    with Horizontal(id=f"line-{name}", classes="line"):
                        yield FieldName(label)
                        yield control
                yield Saying(id="error")

    def on_mount(self) -> None:
        """Read what stands."""
        self.reread()

    def reread(self) -> None:
        """Read in the worker."""
        self.gateway.job(stand, self, "stand")

    def on_moved(self) -> None:
        """The record has moved: the numbers follow, what was typed stays."""
        self.reread()

    def tick(self, now: datetime) -> None:
        """Times run on."""
        self.query_one(HandoverSheet).repaint()

    # Showing.

    @property
    def taking(self) -> bool:
        """Whether somebody was asked to take over, so that this is what Enter does."""
        return self.standing is not None and self.standing.duty.handed_to is not None

    @property
    def night(self) -> bool:
        """Whether somebody else holds the desk out of hours."""
        return self.standing is not None and self.standing.duty.holder != SUB_CENTRE

    @property
    def relief(self) -> bool:
        """Whether one operator follows another: nothing but the person changes."""
        return not self.night and self._parts.hand_over.to == (self._parts.operator,)

    def on_answered(self, event: messages.Answered) -> None:
        """What stands."""
        first = self.standing is None
        turned = not first and self.taking != (event.answer.duty.handed_to is not None)
        self.standing = event.answer
        for name in ("to", "basis", "reason"):
            self.query_one(f"#line-{name}").display = not self.taking
        for name in ("taker", "red"):
            self.query_one(f"#line-{name}").display = self.taking
        # From one operator to the next nobody has to say why it may be done, only who comes.
        if self.night or self.relief:
            self.query_one("#line-basis").display = False
        self.query_one("#line-name").display = self.taking and self.relief
        self._offer(first or turned)
        self.query_one(HandoverSheet).show(event.answer)
        if first or turned:
            field = "#taker" if self.relief else "#red"
            self.query_one(field if self.taking else "#to").focus()

    def _offer(self, fresh: bool) -> None:
        words = self.gateway.words
        parts = self._parts
        takers = (parts.operator,) if self.night else parts.hand_over.to
        options = tuple(who(self.gateway, role, words) for role in takers)
        basis = [option(OWN, _("人手不足"))]
        if parts.deputy:
            label = _("{role}指示").format(role=words.role(parts.deputy))
            basis.append(option(DEPUTY, label, self._deputy()))
        for name in ("to", "taker"):
            self.query_one(f"#{name}", Choices).offer(options)
        self.query_one("#basis", Choices).offer(tuple(basis))
        if fresh and self.standing is not None:
            asked = self.standing.duty.handed_to or takers[0]
            self.query_one("#to", Choices).propose([takers[0]])
            self.query_one("#taker", Choices).propose([asked if asked in takers else takers[0]])
            if self.relief:
                names = successors(self.gateway)
                self.query_one("#taker", Choices).offer(names)
                self.query_one("#taker", Choices).propose([one.value for one in names[:1]])
            deputy = self.standing.duty.open and parts.deputy is not None
            self.query_one("#basis", Choices).propose([DEPUTY if deputy else OWN])

    def _deputy(self) -> str:
        posts = self.standing.duty.posts if self.standing else ()
        return next((p.name or "" for p in posts if p.post == self._parts.deputy), "")

    @property
    def _parts(self) -> Parts:
        return self.gateway.context.procedure.parts

    def _verb(self, what: str) -> str:
        """What the procedure calls the act that does this; the screen is opened only where it has
        one."""
        return self.gateway.context.procedure.doing(what) or what

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A bar shows where the keys go."""
        point(self)

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """The list is long: PgUp and PgDn; `.` acknowledges."""
        sheet = self.query_one(HandoverSheet)
        if event.key in ("pageup", "pagedown"):
            take(event)
            sheet.top += 5 if event.key == "pagedown" else -5
            sheet.repaint()
        elif narrow(event.character) == ".":
            take(event)
            shell(self).acknowledge()

    def on_step(self, event: Step) -> None:
        """From field to field."""
        event.stop()
        lines = [line for line in self.query(".line") if line.display]
        stops = [w for line in lines for w in line.query("Choices, Entry")]
        place = stops.index(self.focused) if self.focused in stops else -1
        stops[(place + event.by) % len(stops)].focus()

    def on_edited(self, event: Edited) -> None:
        """A choice was made: the next field."""
        event.stop()
        self._say("")
        if event.done:
            self.on_step(Step(1))

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was refused is being mended."""
        event.stop()
        self._say("")

    def on_confirm(self, event: Confirm) -> None:
        """Enter: what is missing first, then the act."""
        event.stop()
        if self.standing is None or self._acting:
            return
        field = "red" if self.taking else "reason"
        entry = self.query_one(f"#{field}", Entry)
        if not entry.value.strip():
            if self.focused is entry:
                self._say(_("请填写"))
            entry.focus()
            return
        try:
            at = self._at()
        except BadWhen as error:
            self._say(when_message(error).partition("\n")[0])
            self.query_one("#at", Entry).focus()
            return
        self._acting = True
        self.gateway.act(self._take_over(at) if self.taking else self._hand_over(at), self)

    def _at(self) -> datetime:
        """When it was done. Raises BadWhen for what is no time."""
        text, now = self.query_one("#at", Entry).value.strip(), self.gateway.now
        return parse_when(text, now) if text else now

    def _hand_over(self, at: datetime) -> Act:
        now, name, deputy = self.gateway.now, self._deputy() or None, self._parts.deputy
        fields = {
            "to": self.query_one("#to", Choices).value,
            "reason": meant("hand_over", self.query_one("#reason", Entry).value),
        }
        shown = self.query_one("#line-basis").display
        asked = self.query_one("#basis", Choices).value == DEPUTY and shown
        by = Actor(deputy, name) if deputy and asked else None
        return Act(
            self._verb("hand_over"), self._holding(), at, now, None, fields, on_behalf=by,
            channel="phone" if by else None, seat=self.gateway.seat or None,
        )  # fmt: skip

    def _holding(self) -> Actor:
        """Who gives the desk away: whoever sits here, or who is planned at the desk that holds."""
        actor, parts = self.gateway.actor, self._parts
        role = parts.night if self.night and parts.night else parts.operator
        return actor if actor.role == role else Actor(role, self.gateway.planned(role))

    def _take_over(self, at: datetime) -> Act:
        now = self.gateway.now
        operator = self._parts.operator
        taker = self.query_one("#taker", Choices).value
        role = operator if self.relief else taker or self._parts.night or operator
        name = self.gateway.operator or None if role == operator else self.gateway.planned(role)
        if self.relief:
            name = self.query_one("#name", Entry).value.strip() or str(taker or "") or None
        fields = {"red": self.query_one("#red", Entry).value.strip()}
        return Act(
            self._verb("take_over"), Actor(role, name), at, now, None, fields,
            seat=self.gateway.seat or None,
        )  # fmt: skip

    def on_acted(self, event: messages.Acted) -> None:
        """Done: handed over, the same screen waits for the read-back; taken over, it is closed."""
        self._acting = False
        app, words = shell(self), self.gateway.words
        if event.act.verb == self._verb("take_over"):
            duty = event.done.duty
            held = duty is None or duty.holder == SUB_CENTRE
            parts = self._parts
            now_here = parts.night if not held and parts.night else parts.operator
            self.gateway.sit_down(now_here, event.act.by.name if self.relief else None)
            holder = words.choice("holder", duty.holder if duty else "")
            self.dismiss(event.done)
            self.app.call_later(app.say, _("{holder} 已接班，复诵相符").format(holder=holder))
            return
        self.say(_("已交班，请对方复诵超时件数"))
        for name in ("red", "at"):
            self.query_one(f"#{name}", Entry).propose("")
        self.reread()

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked: said here, nothing typed is lost."""
        self._acting = False
        self._say(event.sentence)

    def _say(self, text: str) -> None:
        self.query_one("#error", Saying).say(f"✗ {text}" if text else "", "red")
