"""The fields of one form: mounted when they are wanted, proposed anew at each change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.containers import VerticalScroll

from dutydesk.screens.forms import layout
from dutydesk.screens.forms.defaults import defaults
from dutydesk.screens.forms.entry import Step
from dutydesk.screens.forms.fieldrows import row
from dutydesk.screens.forms.remarks import remarks
from dutydesk.screens.forms.rows import FieldRow
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.submit import AT, BEHALF, VIA
from dutydesk.workflow.cases.values import absent
from dutydesk.workflow.procedure import Field, Label

VIAS = ("phone", "wechat", "in_person", "paper")
OWN = {
    AT: Field(AT, Label("办理时间", "done at"), "time"),
    VIA: Field(VIA, Label("代办方式", "told by"), "choice", VIAS),
}
"""The fields that every form has beside those of its act."""


class Sheet(VerticalScroll, can_focus=False):
    """The rows of a form; a touched row keeps what it holds, the others follow the proposals."""

    DEFAULT_CSS = "Sheet { height: auto; max-height: 100%; scrollbar-size-vertical: 1; }"

    def __init__(self, scene: Scene, given: Mapping[str, object] | None = None) -> None:
        super().__init__(id="fields")
        self.scene = scene
        self.given = dict(given or {})
        self.rows: dict[str, FieldRow] = {}
        self.known = {**layout.fields(scene), **OWN}
        self.unfolded = False

    # What it holds.

    def held(self) -> dict[str, object]:
        """What the shown rows hold now, over what was given when the form was opened."""
        found = {name: value for name, value in self.given.items() if name not in self.rows}
        return found | {name: r.value for name, r in self.rows.items() if r.display}

    def typed(self) -> dict[str, Any]:
        """What was typed by hand, as a draft keeps it."""
        return {n: r.state for n, r in self.rows.items() if r.touched and not absent(r.state)}

    def missing(self) -> list[str]:
        """The shown fields that must be filled and are not."""
        return [n for n in layout.missing(self.scene, self.held()) if n in self.rows]

    def bad(self) -> str | None:
        """The first shown field that holds something unreadable."""
        return next((name for name in self.shown if self.rows[name].bad), None)

    @property
    def shown(self) -> list[str]:
        """The names of the shown rows, from top to bottom."""
        rows = [child for child in self.children if isinstance(child, FieldRow)]
        return [child.spec.name for child in rows if child.display]

    @property
    def here(self) -> str | None:
        """The name of the row that has the keys."""
        return next((name for name in self.shown if self.rows[name].label.here), None)

    # Laying out.

    async def settle(self, draft: Mapping[str, Any] | None = None) -> None:
        """Propose, lay out and say everything anew."""
        for _turn in range(3):
            fresh = await self._mount(self._wanted(self._propose()))
            for name in fresh:
                if draft and name in draft:
                    self.rows[name].restore(draft[name])
                    self.rows[name].touched = True
            if not fresh:
                break
        self._speak(self.held())

    def _propose(self) -> dict[str, object]:
        """All values, untouched rows holding what is proposed now."""
        touched = {n: r.value for n, r in self.rows.items() if r.touched and r.display}
        base = {**self.given, **touched}
        proposals = {VIA: "phone", **defaults(self.scene, base), **self.given}
        for name, found in self.rows.items():
            if not found.touched and name in proposals:
                found.propose(proposals[name])
        return {**proposals, **touched}

    def _wanted(self, values: Mapping[str, object]) -> list[str]:
        now = layout.shape(self.scene, values)
        names = {*now.front, *(now.folded if self.unfolded else ())}
        own = [AT] if self.scene.behalf is None or "channel" in self.known else [VIA, AT]
        extra = [BEHALF] if BEHALF in self.known else []
        return [*(n for n in self.known if n in names), *extra, *own]

    async def _mount(self, wanted: list[str]) -> list[str]:
        """Mount the rows that are wanted for the first time, in their order; show only these."""
        fresh = [name for name in wanted if name not in self.rows]
        for name in fresh:
            made = row(self.scene, self.known[name])
            later = [self.rows[n] for n in wanted[wanted.index(name) + 1 :] if n in self.rows]
            self.rows[name] = made
            await self.mount(made, before=later[0] if later else None)
        for name, found in self.rows.items():
            found.display = name in wanted
        return fresh

    def _speak(self, values: dict[str, object]) -> None:
        """Let every row read the others, and say what follows."""
        needed = layout.shape(self.scene, values).needed
        said = remarks(self.scene, values)
        for name, found in self.rows.items():
            found.read(values)
            found.need(name in needed)
            found.remark(said.get(name, ""))

    async def offer(self, field: Field) -> None:
        """A field that the form did not have: for whom it is recorded."""
        self.known[field.name] = field
        await self.settle()

    async def forget(self) -> None:
        """Nothing counts as typed any more."""
        for found in self.rows.values():
            found.touched = False
            found.propose(None)
        await self.settle()

    async def look_again(self, scene: Scene) -> None:
        """The case has changed: what nobody typed is proposed anew."""
        self.scene = scene
        for found in self.rows.values():
            found.scene = scene
        await self.settle()

    # Keys.

    def focus_first(self) -> None:
        """The keys go to the first field that must be filled, else to the first of all."""
        first = next(iter(self.missing()), "as")
        name = first if first in self.rows else next(iter(self.shown), None)
        if name is not None:
            self.rows[name].take_focus()

    def focus_missing(self) -> bool:
        """The keys go to the next field that must be filled; False where all are."""
        empty, here, shown = self.missing(), self.here, self.shown
        if not empty:
            return False
        if here in empty:
            self.rows[str(here)].refuse_empty()
        at = shown.index(here) if here in shown else -1
        later = [name for name in empty if name in shown and shown.index(name) > at]
        self.rows[(later or empty)[0]].take_focus()
        return True

    def go_on(self, name: str) -> None:
        """From a picked value to the next field that must be filled, if there is one below."""
        shown, empty = self.shown, self.missing()
        below = shown[shown.index(name) + 1 :] if name in shown else []
        target = next((n for n in below if n in empty), None)
        if target is not None:
            self.rows[target].take_focus()

    def on_step(self, event: Step) -> None:
        """`*`, `/` and the arrows go from field to field."""
        event.stop()
        self.step(event.by)

    def step(self, by: int) -> None:
        """The next entry of the form, or the one before."""
        shown = set(self.screen.focus_chain)
        stops = [w for w in self.query("Entry, LongEntry, Choices, PictureList") if w in shown]
        if not stops:
            return
        focused = self.screen.focused
        at = stops.index(focused) if focused in stops else -1
        stops[(at + by) % len(stops)].focus()
