"""A spot-check on site in thirty seconds, and how far the week has covered the grids."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from dutydesk.config.when import BadWhen, parse_when
from dutydesk.errors import Refused
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.line import point
from dutydesk.screens.command.several import one_case
from dutydesk.screens.forms.choices import Choices
from dutydesk.screens.forms.entry import Confirm, Edited, Entry, Step, take
from dutydesk.screens.forms.field_name import FieldName
from dutydesk.screens.forms.options import option
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.inspection_cases import NONE_OPEN, Wanted, case_options
from dutydesk.screens.inspection_lines import (
    FIELDS,
    REASONS,
    VERDICTS,
    Ground,
    SpotChecks,
    Week,
    look,
    says_something,
)
from dutydesk.screens.keys import KeyHint, narrow
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.shell import shell
from dutydesk.text import one_line
from dutydesk.views.labels import N_
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk import Desk


class InspectionScreen(Dialog):
    """Logs one spot-check after the other; gives the last record, or None when none was made."""

    DEFAULT_CSS = """
    InspectionScreen #box {
        width: 100%; max-width: 116; height: 1fr;
        background: $panel; border: round $border;
    }
    InspectionScreen .line { height: auto; width: 1fr; }
    InspectionScreen #form { height: auto; }
    InspectionScreen #error { padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f3", "sample", N_("每月抽查"))]
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("记下")),
        KeyHint("1-9", N_("选择")),
        KeyHint("*", N_("下一项")),
        KeyHint("/", N_("上一项")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, wanted: Wanted | None = None) -> None:
        super().__init__(gateway)
        self.wanted = wanted
        self.ground_now: Ground | None = None
        self._acting = False
        self._jobs = 0

    def compose_body(self) -> ComposeResult:
        """The week above, the form, and the week's records below."""
        places = self.gateway.context.places
        grids = [g for g in places.grids if g.area == self.gateway.context.area]
        controls = {
            "grid": Choices(tuple(option(g.name, g.short) for g in grids), id="grid"),
            "case": Choices(case_options(None, self.gateway), id="case"),
            "tail": Entry("", _("编号末几位；上面没有列出时写"), id="tail"),
            "reason": Choices(tuple(option(c, _(s)) for c, s in REASONS), id="reason"),
            "verdict": Choices(tuple(option(_(v)) for v in VERDICTS), id="verdict"),
            "words": Entry("", _("另写结论，或补充"), id="words"),
            "place": Entry("", _("路口、小区、门店"), id="place"),
            "at": Entry("", _("现在；-20、1430、昨1600"), id="at"),
        }
        with Vertical(id="box"):
            yield Week()
            with Vertical(id="form"):
                for name, label in FIELDS:
                    with Horizontal(classes="line"):
                        made = FieldName(_(label))
                        made.needed = name in ("grid", "case", "verdict")
                        yield made
                        yield controls[name]
                yield Saying(id="error")
            yield SpotChecks()

    def on_mount(self) -> None:
        """The keys go to the grid, or to the verdict on the case that it was opened for."""
        self.choices("grid" if self.wanted is None else "verdict").focus()
        if self.wanted is not None:
            self.choices("grid").propose([self.wanted.grid])
            self.choices("case").propose([self.wanted.no])
        self.look()

    def choices(self, name: str) -> Choices:
        """A field of choices."""
        return self.query_one(f"#{name}", Choices)

    def entry(self, name: str) -> Entry:
        """A field of text."""
        return self.query_one(f"#{name}", Entry)

    def look(self) -> None:
        """Read the week and the chosen grid."""
        self.gateway.job(partial(look, grid=self.choices("grid").value), self, "look")

    def on_moved(self) -> None:
        """The record has moved."""
        self.look()

    # Answers.

    def on_answered(self, event: messages.Answered) -> None:
        """The ground, or a record was made."""
        if event.slot == "look":
            self.ground_now = event.answer
            self.choices("case").offer(case_options(event.answer, self.gateway, self.wanted))
            self.query_one(Week).show(event.answer)
            self.query_one(SpotChecks).show(event.answer)
        elif self.wanted is not None:
            self.dismiss(event.answer)
        else:
            self._acting = False
            self._recorded(event.answer)

    def _recorded(self, record: object) -> None:
        grid = (self.choices("grid").value or "").removesuffix("社区网格")
        self.say(_("已记下：{grid}").format(grid=grid))
        for name in ("grid", "case", "reason", "verdict"):
            self.choices(name).propose(())
        for name in ("tail", "words", "place", "at"):
            self.entry(name).propose("")
        self.choices("grid").focus()
        self.look()

    def on_failed(self, event: messages.Failed) -> None:
        """Refused, or the store could not be asked; the keys go to the field it speaks of."""
        self._acting = False
        self._say(event.sentence)
        if isinstance(event.error, Refused):
            field = str(event.error.params.get("field") or "")
            found = self.query(f"#{field}") if field in dict(FIELDS) else None
            if found:
                found.first().focus()

    def _say(self, text: str) -> None:
        self.query_one("#error", Saying).say(f"✗ {text}" if text else "", "red")

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """`.` acknowledges."""
        if narrow(event.character) == ".":
            take(event)
            shell(self).acknowledge()

    def on_step(self, event: Step) -> None:
        """From field to field."""
        event.stop()
        stops = [self.query_one(f"#{name}") for name, _label in FIELDS]
        place = stops.index(self.focused) if self.focused in stops else -1
        stops[(place + event.by) % len(stops)].focus()

    def action_sample(self) -> None:
        """The month's sample."""
        shell(self).open("sample")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A bar shows where the keys go."""
        point(self)

    def on_edited(self, event: Edited) -> None:
        """A choice was made: the next field that must be filled."""
        event.stop()
        self._say("")
        focused = self.focused
        name = focused.id if focused is not None else None
        if name == "grid":
            self.look()
        if event.done and name is not None:
            after = {"grid": "case", "case": "reason", "reason": "verdict"}.get(name)
            if name == "case" and self.choices("case").value == NONE_OPEN:
                after = "verdict"
            if after:
                self.query_one(f"#{after}").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """What was refused is being mended."""
        event.stop()
        self._say("")

    def on_confirm(self, event: Confirm) -> None:
        """Enter: to what is missing, else it goes on the record."""
        event.stop()
        if self._acting:
            return
        missing = self.missing()
        if missing:
            label = next(_(said) for name, said in FIELDS if name == missing)
            self._say(_("缺少“{field}”").format(field=label))
            self.query_one(f"#{missing}").focus()
            return
        words = self.entry("words").value.strip()
        if words and not says_something(words):
            self._say(
                _("“{text}”不成结论：写几个字，或在“结论”里按数字选").format(text=one_line(words))
            )
            self.entry("words").focus()
            return
        at = self._moment()
        if at is not None or not self.entry("at").value.strip():
            self._record(at)

    def missing(self) -> str | None:
        """The first field that must be filled and is not."""
        if self.choices("grid").value is None:
            return "grid"
        if self.choices("case").value is None and not self.entry("tail").value.strip():
            return "case"
        if self.choices("verdict").value is None and not self.entry("words").value.strip():
            return "verdict"
        return None

    def _moment(self) -> datetime | None:
        text = self.entry("at").value.strip()
        if not text:
            return None
        try:
            return parse_when(text, self.gateway.now)
        except BadWhen:
            self._say(_("“{text}”不是时间").format(text=one_line(text)))
            self.entry("at").focus()
            return None

    def _record(self, at: datetime | None) -> None:
        chosen, tail = self.choices("case").value, self.entry("tail").value.strip()
        none_open = chosen == NONE_OPEN and not tail
        said = [self.choices("verdict").value or "", self.entry("words").value.strip()]
        call = partial(
            record,
            grid=self.choices("grid").value or "",
            by=self._inspector(),
            case=None if none_open else tail or chosen,
            none_open=none_open,
            reason=self.choices("reason").value,
            verdict="；".join(part for part in said if part),
            at=at,
            place=self.entry("place").value.strip() or None,
        )
        self._acting = True
        self._jobs += 1
        self.gateway.job(call, self, f"record-{self._jobs}")

    def _inspector(self) -> Actor:
        """Whoever is planned as inspector now; without one, whoever sits here by that role."""
        plan = self.gateway.context.plan.planned(self.gateway.now)
        area, role = self.gateway.context.area, self.gateway.context.procedure.parts.inspector or ""
        names = [
            entry.name
            for entry in plan
            if entry.slot.post == role and entry.slot.area in (None, area)
        ]
        name = next((name for name in names if name != role), self.gateway.operator)
        return Actor(role, name or None)


def record(
    desk: Desk,
    *,
    grid: str,
    by: Actor,
    case: str | None,
    none_open: bool,
    reason: str | None,
    verdict: str,
    at: datetime | None,
    place: str | None,
) -> object:
    """Put it on the record; the case may be named by its tail."""
    no = one_case(desk, case) if case else None
    return desk.inspect(
        grid, by, case=no, none_open=none_open, reason=reason, verdict=verdict, at=at, place=place
    )
