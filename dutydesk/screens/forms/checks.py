"""The five checks of closing, each with its own key beside its evidence; none passes by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _, listed
from dutydesk.screens.forms.entry import Confirm, Edited, Entry, LongEntry, Step, step_of, take
from dutydesk.screens.forms.rows import FieldRow, LongRow
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.keys import narrow
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.text import mask_numbers, one_line
from dutydesk.text import width as cells
from dutydesk.views.card_rows import CaseCard
from dutydesk.workflow.procedure import Field

TURNS: Mapping[str | None, str] = {None: "pass", "pass": "fail", "fail": "na", "na": "pass"}
NAMED, TOLD = 18, 20
"""A name that is cut has so many cells; none is where its evidence keeps so many."""
BEFORE = 11
"""Cells of key, sign and verdict."""
INKS = {"pass": "green", "fail": "red!", "na": "amber"}


def evidence(card: CaseCard) -> dict[str, tuple[str, bool]]:
    """What each check is judged by, and whether something is plainly lacking (X-5.2.7.2–6)."""
    lacking = [
        name for name, value in ((_("网格"), card.grid), (_("类别"), card.category)) if not value
    ]
    told = _said(f"{card.place}  {card.description}")
    if lacking:
        told = _("缺{names} · {told}").format(names=listed(lacking), told=told)
    results = [
        _("{party}：{result}").format(party=p.name, result=_said(p.result))
        for p in card.parties
        if p.result
    ]
    photos, unpaired = _photos(card)
    return {
        "complete": (told, bool(lacking)),
        "law": (card.basis or _("没有记录法规依据"), card.basis is None),
        "summary": (_("；").join(results) or _("没有处置反馈"), not results),
        "photos": (photos, unpaired),
        "wording": (_("看下面的评价报告和各方反馈"), False),
    }


def _photos(card: CaseCard) -> tuple[str, bool]:
    """Photos before and after, and who has one without the other (X-5.2.7.5)."""
    before = [one for one in card.attachments if one.kind == "photo_before"]
    after = [one for one in card.attachments if one.kind == "photo_after"]
    said = _("前 {before} 张 · 后 {after} 张").format(before=len(before), after=len(after))
    names = {one.party for one in before} ^ {one.party for one in after}
    if not before or not after:
        return _("{said} · 没有前后对比：不适用须说明").format(said=said), True
    if names:
        who = listed(sorted(name or _("本台") for name in names))
        return _("{said} · 不成对：{who}").format(said=said, who=who), True
    files = listed(one.file.replace("\\", "/").rsplit("/", 1)[-1] for one in [*before, *after])
    return _("{said} · {files}").format(said=said, files=one_line(files)), False


def _said(text: str | None) -> str:
    return mask_numbers(one_line(text or ""))


class Checks(Painted, can_focus=True):
    """A line per check; its digit passes it, again fails it, again says that it does not apply."""

    DEFAULT_CSS = """
    Checks { height: 5; width: 1fr; padding: 0 1; background: $background; margin: 0 0 1 0; }
    """
    ground = "ground"

    def __init__(
        self, scene: Scene, names: tuple[str, ...], explain: Callable[[str, str], None]
    ) -> None:
        """`explain(name, character)` takes what is typed on a check that does not apply."""
        super().__init__()
        self.scene = scene
        self.names = names
        self.explain = explain
        self.said: dict[str, str] = {}
        self.cursor = 0
        self.styles.height = len(names)

    def turn(self, number: int) -> None:
        """The next verdict of one check."""
        if number < len(self.names):
            name = self.names[number]
            self.said[name] = TURNS[self.said.get(name)]
            self.cursor = number
            self.again()
            self.post_message(Edited())

    def on_key(self, event: events.Key) -> None:
        """Digits, arrows and blank; Enter confirms; words explain what does not apply."""
        sign = narrow(event.character)
        if event.key == "enter":
            take(event)
            self.post_message(Confirm())
        elif sign.isascii() and sign.isdigit() and 0 < int(sign) <= len(self.names):
            take(event)
            self.turn(int(sign) - 1)
        elif sign == " ":
            take(event)
            self.turn(self.cursor)
        elif event.key in ("up", "down"):
            take(event)
            by = 1 if event.key == "down" else -1
            self.cursor = max(0, min(len(self.names) - 1, self.cursor + by))
            self.again()
        elif step_of(event):
            take(event)
            self.post_message(Step(step_of(event)))
        elif sign.isalpha() and self.said.get(self.names[self.cursor]) == "na":
            take(event)
            self.explain(self.names[self.cursor], str(event.character))

    def on_click(self, event: events.Click) -> None:
        """A click turns the check it hits."""
        at = event.get_content_offset(self)
        if at is not None:
            self.turn(at.y)

    def on_focus(self) -> None:
        self.again()

    def on_blur(self) -> None:
        self.again()

    def again(self) -> None:
        """Paint all lines anew."""
        self._shown = None
        self.refresh()

    def ground_of(self, y: int) -> str:
        return "selected" if self.has_focus and y == self.cursor else "ground"

    def lines(self, width: int, height: int) -> list[Line]:
        """Key, verdict, name, evidence."""
        found = evidence(self.scene.card) if self.scene.card else {}
        shown = {name: self.scene.words.choice("checks", name) for name in self.names}
        whole = max(NAMED, 1 + max(map(cells, shown.values()), default=0))
        size = whole if width - BEFORE - whole >= TOLD else NAMED
        lines = []
        for number, name in enumerate(self.names, start=1):
            said = self.said.get(name)
            label = self.scene.words.choice("check", said) or _("待审")
            told, lacking = found.get(name, ("", False))
            ink = INKS.get(said or "", "faint")
            spans = [
                Span(f"{number} ", "accent!"),
                Span({"pass": "✓", "fail": "✗", "na": "–"}.get(said or "", "○") + " ", ink),
                column(label, max(6, cells(label)), ink),
                blank(1),
                column(shown[name], size - 1, "bright"),
                blank(1),
                free(told, "amber" if lacking else "dim"),
            ]
            lines.append(row(width, spans))
        return lines


class ChecksRow(FieldRow):
    """The checks, and a line for the reason of each that does not apply."""

    DEFAULT_CSS = "ChecksRow .notes { height: auto; width: 1fr; }"

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(scene, spec, label)
        self.checks = Checks(scene, spec.choices, self.explain)
        name = scene.words.choice
        said = _("“{check}”不适用的理由")
        self.reasons = {
            check: Entry(placeholder=said.format(check=name("checks", check)))
            for check in spec.choices
        }

    def compose_control(self) -> ComposeResult:
        """Checks, then the reasons that are asked for."""
        with Vertical(classes="notes"):
            yield self.checks
            for entry in self.reasons.values():
                entry.display = False
                yield entry

    @property
    def value(self) -> object:
        return dict(self.checks.said)

    @property
    def notes(self) -> dict[str, str]:
        """The reasons given, by check."""
        return {name: e.value.strip() for name, e in self.reasons.items() if e.value.strip()}

    @property
    def state(self) -> Any:
        return {"said": dict(self.checks.said), "notes": self.notes} if self.checks.said else None

    def restore(self, state: Any) -> None:
        if not isinstance(state, Mapping):
            return
        self.checks.said = {str(k): str(v) for k, v in dict(state.get("said") or {}).items()}
        for name, text in dict(state.get("notes") or {}).items():
            if name in self.reasons:
                self.reasons[name].propose(str(text))
        self._ask()

    def propose(self, value: object) -> None:
        """Nothing is proposed: each check is somebody's own."""

    def changed(self, done: bool = False) -> None:
        self.refuse("")
        self._ask()
        super().changed(done)

    def explain(self, check: str, character: str) -> None:
        """What is typed on a check that does not apply begins its reason."""
        entry = self.reasons[check]
        self.screen.set_focus(entry)
        # Behind the focus, which selects what stands there.
        entry.call_later(entry.insert_text_at_cursor, character)

    def ask_reason(self) -> bool:
        """The keys go to the first reason that is still to be given; False where none is."""
        open_ = [name for name, said in self.checks.said.items() if said == "na"]
        name = next((name for name in open_ if name not in self.notes), None)
        if name is None:
            return False
        self.refuse(self.reasons[name].placeholder)
        self.reasons[name].focus()
        return True

    def _ask(self) -> None:
        for name, entry in self.reasons.items():
            entry.display = self.checks.said.get(name) == "na"
        self.checks.again()

    def take_focus(self) -> None:
        self.checks.focus()


class ReportRow(LongRow):
    """The report: Enter begins a new line in it, F10 signs."""

    DEFAULT_CSS = """
    ReportRow LongEntry.-textual-compact { height: auto; max-height: 12; }
    """

    def compose_control(self) -> ComposeResult:
        self.entry = LongEntry(newline=True)
        yield self.entry
