"""Narrowing the queue: every facet with the counts beside its choices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Input

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.command.line import point
from dutydesk.screens.forms.choices import Choices
from dutydesk.screens.forms.entry import Confirm, Edited, Entry, Step, take
from dutydesk.screens.forms.field_name import FieldName
from dutydesk.screens.forms.options import Option, option
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.keys import KeyHint, narrow
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Line, Span, blank, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.views.counts import FacetCounts
from dutydesk.views.labels import N_, Words
from dutydesk.views.question import Context
from dutydesk.views.queue import Filters, Queue, QueueRow, QueueTotal, bay_names

if TYPE_CHECKING:
    from dutydesk.desk import Desk

FACETS = ("bay", "grid", "channel", "track", "tag", "mark", "kind", "discovered_by", "overdue")
LABELS = {
    "bay": N_("步骤"),
    "grid": N_("网格"),
    "channel": N_("渠道"),
    "track": N_("级"),
    "tag": N_("标签"),
    "mark": N_("标记"),
    "kind": N_("部件/事件"),
    "discovered_by": N_("发现方式"),
    "overdue": N_("时限"),
    "text": N_("文字"),
}
MARKS = ("回", "催", "督办", "重复", "待定位")
"""The marks that are offered even where no case has them."""
COUNT_S = 0.15


@dataclass(frozen=True, slots=True)
class Counts:
    """The choices of each facet with how many open cases each would show, and how many now."""

    choices: dict[str, tuple[tuple[str, int], ...]]
    all: int


def count(desk: Desk, filters: Filters) -> Counts:
    """Counts beside each choice: of this area's open cases that the other filters leave."""
    filters = replace(filters, area=filters.area or desk.context.area)
    found: dict[str, tuple[tuple[str, int], ...]] = {}
    for facet in FACETS:
        none: dict[str, Any] = {facet: False if facet == "overdue" else None}
        others = replace(filters, **none)
        if facet in ("tag", "kind", "discovered_by"):
            found[facet] = _asked(desk, facet, others)
        elif facet == "overdue":
            red = desk.read(QueueTotal(Queue(replace(filters, overdue=True))))
            found[facet] = (("red", red),)
        else:
            found[facet] = _counted(facet, desk.read(Queue(others)), desk.context)
    return Counts(found, desk.read(QueueTotal(Queue(filters))))


def _asked(desk: Desk, facet: str, others: Filters) -> tuple[tuple[str, int], ...]:
    """What a row does not carry is counted in the store, one value after the other."""
    facets = ("flag", "pain_points", "key_work") if facet == "tag" else (facet,)
    known = [one for one in desk.read(FacetCounts(open_only=True)) if one.facet in facets]
    found = []
    for one in sorted(known, key=lambda one: one.facet == "key_work"):
        wanted: dict[str, Any] = {facet: one.value}
        found.append((one.value, desk.read(QueueTotal(Queue(replace(others, **wanted))))))
    return tuple(found)


def _counted(facet: str, rows: Iterable[QueueRow], context: Context) -> tuple[tuple[str, int], ...]:
    values: Counter[str] = Counter()
    for one in rows:
        if facet == "mark":
            values.update("催" if mark.startswith("催") else mark for mark in one.marks.split())
        elif (value := getattr(one, facet)) is not None:
            values[value] += 1
    procedure = context.procedure
    fixed: tuple[str, ...] = {
        "bay": bay_names(procedure),
        "grid": tuple(g.name for g in context.places.grids if g.area == context.area),
        "channel": procedure.acts["register"].fields[0].choices,
        "track": ("U", "C", "S"),
        "mark": MARKS,
    }[facet]
    rest = sorted(value for value in values if value not in fixed)
    return tuple((value, values[value]) for value in (*fixed, *rest))


class Facet(Choices):
    """One facet; picking what is picked takes it away again."""

    def pick(self, value: str) -> None:
        """Pick a value, or none."""
        if self.picked == [value]:
            self.picked = []
            self._letters = ""
            self.repaint()
            self.post_message(Edited())
        else:
            super().pick(value)


class Title(Painted):
    """What the screen is for, and how many cases fit."""

    DEFAULT_CSS = "Title { height: 2; }"
    ground = "panel"
    count: int | None = None

    def lines(self, width: int, height: int) -> list[Line]:
        """Name and count, then a gap."""
        said = _("符合 {count} 件").format(count="…" if self.count is None else self.count)
        left = [blank(1), Span(_("筛选队列"), "accent!")]
        return [row(width, left, [Span(said, "bright"), blank(1)]), row(width, [])]


class FilterScreen(Dialog):
    """Gives the filters that were chosen, None when it is left."""

    DEFAULT_CSS = """
    FilterScreen #box {
        width: 100%; max-width: 104; height: auto; max-height: 100%;
        background: $panel; border: round $border;
    }
    FilterScreen #facets { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }
    FilterScreen .facet { height: auto; width: 1fr; }
    FilterScreen Facet { width: 1fr; }
    FilterScreen Entry { width: 1fr; }
    """
    hints: tuple[KeyHint, ...] = (
        KeyHint("Enter", N_("就这样")),
        KeyHint("1-9", N_("选择或取消")),
        KeyHint("*", N_("下一类")),
        KeyHint("/", N_("上一类")),
        KeyHint("-", N_("全部清空")),
        KeyHint("Esc", N_("返回")),
        KeyHint("?", N_("帮助")),
    )

    def __init__(self, gateway: Gateway, filters: Filters | None = None) -> None:
        super().__init__(gateway)
        self.filters = filters or Filters()
        self._timer: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """One line of choices per facet, then a text."""
        with Vertical(id="box"):
            yield Title()
            with VerticalScroll(id="facets", can_focus=False):
                for name in FACETS:
                    with Horizontal(classes="facet"):
                        yield FieldName(_(LABELS[name]))
                        yield Facet((), _picked(self.filters, name), id=f"facet-{name}")
                with Horizontal(classes="facet"):
                    yield FieldName(_(LABELS["text"]))
                    yield Entry(
                        self.filters.text or "", _("编号、地点、事由里的字"), id="facet-text"
                    )

    def on_mount(self) -> None:
        """The choices with their counts come at once; the keys go to the first facet."""
        self.count()

    def count(self) -> None:
        """Count in the worker."""
        self.gateway.job(partial(count, filters=self.filters), self, "count")

    def on_moved(self) -> None:
        """The record has moved."""
        self.count()

    def on_answered(self, event: messages.Answered) -> None:
        """The counts have come: the choices keep their places."""
        counts: Counts = event.answer
        words = self.gateway.words
        for name in FACETS:
            facet = self.query_one(f"#facet-{name}", Facet)
            facet.offer(tuple(_option(words, name, v, n) for v, n in counts.choices[name]))
        title = self.query_one(Title)
        title.count = counts.all
        title.repaint()
        if self.focused is None:
            self.query_one("#facet-bay", Facet).focus()

    def on_failed(self, event: messages.Failed) -> None:
        """The store could not be asked."""
        self.say(event.sentence, "red")

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """`-` and F8 clear everything, `.` acknowledges."""
        sign = narrow(event.character)
        if event.key == "f8" or sign == "-":
            take(event)
            self.clear()
        elif sign == ".":
            take(event)
            shell(self).acknowledge()

    def clear(self) -> None:
        """No filter at all."""
        self.filters = Filters()
        for name in FACETS:
            self.query_one(f"#facet-{name}", Facet).propose(())
        self.query_one("#facet-text", Entry).propose("")
        self.count()

    def on_step(self, event: Step) -> None:
        """From facet to facet."""
        event.stop()
        stops = [w for w in self.query("Facet, Entry") if w.focusable]
        at = stops.index(self.focused) if self.focused in stops else -1
        stops[(at + event.by) % len(stops)].focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A bar shows where the keys go."""
        point(self)

    def on_edited(self, event: Edited) -> None:
        """Another choice: the counts follow."""
        event.stop()
        self._changed()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text: the counts follow."""
        event.stop()
        self._changed()

    def _changed(self) -> None:
        self.filters = self.wanted()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(COUNT_S, self.count)

    def wanted(self) -> Filters:
        """The filters as they are chosen; what no facet shows stays as it was given."""
        chosen: dict[str, Any] = {}
        for name in FACETS:
            value = self.query_one(f"#facet-{name}", Facet).value
            chosen[name] = value is not None if name == "overdue" else value
        text = self.query_one("#facet-text", Entry).value.strip() or None
        return replace(self.filters, text=text, **chosen)

    def on_confirm(self, event: Confirm) -> None:
        """Enter: this is what shall be shown."""
        event.stop()
        self.dismiss(self.wanted())


def _picked(filters: Filters, name: str) -> tuple[str, ...]:
    value = getattr(filters, name)
    if name == "overdue":
        return ("red",) if value else ()
    return () if value is None else (str(value),)


def _option(words: Words, facet: str, value: str, number: int) -> Option:
    kinds = {"overdue": "light", "bay": "", "grid": ""}
    label = words.choice(kinds.get(facet, facet), value)
    if facet == "bay":
        label = words.bay(value)
    elif facet == "grid":
        label = value.removesuffix("社区网格")
    return option(value, label, str(number))


def worded(filters: Filters, words: Words) -> str:
    """The filters in a few words, for whoever shows that one is on."""
    found = []
    for name in FACETS:
        for value in _picked(filters, name):
            found.append(_option(words, name, value, 0).label)
    if filters.text:
        found.append(f"“{filters.text}”")
    return " · ".join(found)
