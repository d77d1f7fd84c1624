"""People, grids and stations: by number, by initials, or by name."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _, listed
from dutydesk.screens.forms.entry import Entry, take
from dutydesk.screens.forms.options import Option, matching, resolve
from dutydesk.screens.forms.rows import FieldRow
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.forms.scene import Scene, Values, options
from dutydesk.screens.keys import narrow
from dutydesk.screens.parts.paint import Line, Span, flow_spans
from dutydesk.screens.parts.shell import shell
from dutydesk.text import fold, one_line
from dutydesk.views.queue import QueueRow
from dutydesk.workflow.procedure import Field

FREE = frozenset(("party", "parties"))
"""Types that take a name which nobody has offered."""
MOST_LINES = 3


def offered(
    found: tuple[tuple[int, Option], ...], picked: frozenset[str], width: int
) -> list[Line]:
    """The options with their numbers, on at most three lines."""
    items = []
    for number, one in found:
        sign = "✓" if one.value in picked else " "
        note = f" {one_line(one.note)}" if one.note else ""
        ink = "bright" if one.value in picked else "dim"
        items.append(Span(f"{sign}{number} {one_line(one.label)}{note}", ink))
    return flow_spans(items, width, 1, MOST_LINES)


class PickRow(FieldRow):
    """One of many: what is typed is read at once, and the fitting ones are shown under it."""

    DEFAULT_CSS = """
    PickRow Entry { width: 24; }
    PickRow Saying.reading { padding: 0 1; }
    PickRow .offers { padding: 0 1; }
    """

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(scene, spec, label)
        self.options = options(scene, spec, {})
        self.remarked = ""

    def compose_control(self) -> ComposeResult:
        """A short entry, how it is read beside it, what is offered under it."""
        self.entry = Entry()
        self.said = Saying()
        self.said.add_class("reading")
        yield self.entry
        yield self.said

    @property
    def free(self) -> bool:
        """Whether a name that is not offered is taken."""
        return self.spec.type in FREE

    @property
    def value(self) -> object:
        text = self.entry.value.strip()
        if not text:
            return None
        return resolve(self.options, text, free=self.free) or text

    def propose(self, value: object) -> None:
        text = "" if value is None else str(value)
        label = next((one.label for one in self.options if one.value == text), text)
        self.entry.propose(label)
        self.reread()

    def read(self, values: Values) -> None:
        now = options(self.scene, self.spec, values)
        if now != self.options:
            held = self.value
            self.options = now
            if held is not None and not self.touched:
                self.propose(held)
        self.reread()

    def reread(self) -> None:
        """Say who or what the text means, and what else it could be."""
        text = self.entry.value.strip()
        found = resolve(self.options, text, free=self.free) if text else None
        one = next((o for o in self.options if o.value == found), None)
        if one is not None:
            self.said.say(f"→ {one.label} {one.note}".rstrip(), "dim")
        elif text and found is None:
            self.said.say(_("没有这个名称，或不只一个"), "amber")
        else:
            self.said.say("")
        self.offer(text if self.touched else "")

    def remark(self, text: str) -> None:
        self.remarked = text
        self.offer(self.entry.value.strip() if self.touched else "")

    def offer(self, text: str) -> None:
        """Show what fits while the keys come here, else what the desk remarks."""
        if not self.label.here or len(self.options) < 2:
            self.note.say(self.remarked)
            return
        found = matching(self.options, text) or matching(self.options, "")
        # A number stays with its name where the line breaks.
        items = [
            f"{number} {one.label}{' ' + one.note if one.note else ''}".replace(" ", "\u00a0")
            for number, one in found
        ]
        self.note.say("  ".join(items), "dim")

    def attend(self, here: bool) -> None:
        super().attend(here)
        self.offer("")

    @property
    def bad(self) -> str:
        """What is wrong with the text, empty where it means one thing."""
        text = self.entry.value.strip()
        if text and resolve(self.options, text, free=self.free) is None:
            return _("“{text}”没有这个名称，或不只一个").format(text=text)
        return ""


class PicksEntry(Entry):
    """The entry of several picks: digits pick at once, an empty Backspace takes the last away."""

    def __init__(self, row: PicksRow) -> None:
        super().__init__(placeholder=_("编号、拼音首字母或名称"))
        self.row = row

    async def _on_key(self, event: events.Key) -> None:
        sign = narrow(event.character)
        if not self.value and sign.isascii() and sign.isdigit():
            take(event)
            self.row.pick_number(int(sign) or 10)
        elif event.key == "enter" and self.value.strip():
            take(event)
            self.row.pick_typed()
        elif event.key == "backspace" and not self.value and self.row.picked:
            take(event)
            self.row.toggle(self.row.picked[-1])


class PicksRow(FieldRow):
    """Any of many, in the order in which they were picked."""

    DEFAULT_CSS = """
    PicksRow PicksEntry { width: 1fr; }
    PicksRow .body { height: auto; }
    PicksRow Spoken { padding: 0 1; }
    """

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(scene, spec, label)
        self.options = options(scene, spec, {})
        self.picked: list[str] = []

    def compose_control(self) -> ComposeResult:
        """What is picked, an entry for more, and what is offered."""
        self.offers = Spoken()
        self.entry = PicksEntry(self)
        self.chosen = Saying(ink="bright")
        self.chosen.styles.padding = (0, 1)
        with Vertical(classes="body"):
            yield self.chosen
            yield self.offers
            yield self.entry

    @property
    def value(self) -> object:
        typed = self.entry.value.strip()
        more = self.meant(typed) if typed else None
        return [*self.picked, *([more] if more and more not in self.picked else [])]

    def propose(self, value: object) -> None:
        self.picked = [str(v) for v in value] if isinstance(value, (list, tuple)) else []
        self.redraw()

    def read(self, values: Values) -> None:
        self.options = options(self.scene, self.spec, values)
        self.redraw()

    def meant(self, typed: str) -> str | None:
        """The value that a typed text means."""
        return resolve(self.options, typed, free=self.spec.type in FREE)

    def pick_number(self, number: int) -> None:
        """Add or take away the option of that number."""
        if number <= len(self.options):
            self.toggle(self.options[number - 1].value)

    def pick_typed(self) -> None:
        """Add what is typed, or say that it means nothing."""
        found = self.meant(self.entry.value)
        if found is None:
            text = self.entry.value.strip()
            self.refuse(_("“{text}”没有这个名称，或不只一个").format(text=text))
            return
        self.entry.propose("")
        if found in self.picked:
            self.changed()
        else:
            self.toggle(found)

    def toggle(self, value: str) -> None:
        """Add a value, or take it away."""
        if value in self.picked:
            self.picked.remove(value)
        else:
            self.picked.append(value)
        self.changed()

    def redraw(self) -> None:
        """Show what is picked and what is offered."""
        labels = {one.value: one.label for one in self.options}
        self.chosen.say(listed(labels.get(v, v) for v in self.picked), "bright")
        width = max(20, self.offers.size.width or 50)
        typed = fold(self.entry.value).strip() if self.entry.is_mounted else ""
        found = matching(self.options, typed) if self.label.here or not self.picked else ()
        self.offers.show(offered(found, frozenset(self.picked), width) if found else ())

    def changed(self, done: bool = False) -> None:
        self.redraw()
        super().changed(done)

    def on_resize(self) -> None:
        """Another width holds other options."""
        self.redraw()

    def attend(self, here: bool) -> None:
        super().attend(here)
        self.redraw()


class CaseRow(PickRow):
    """Another case, by its number or its last digits."""

    @property
    def free(self) -> bool:
        return True

    @property
    def value(self) -> object:
        typed = fold(self.entry.value).strip()
        meant = self.meant(typed)
        return meant[0].no if len(meant) == 1 else self.entry.value.strip() or None

    def meant(self, typed: str) -> list[QueueRow]:
        """The cases of the desk's list, other than this one, whose numbers end so."""
        board, card = shell(self).desk.board, self.scene.card
        rows = board.rows if board is not None and typed else ()
        found = [row for row in rows if row.no.endswith(typed)]
        return [row for row in found if card is None or row.no != card.no]

    def reread(self) -> None:
        """Say which case the digits mean."""
        typed = fold(self.entry.value).strip()
        found = self.meant(typed)
        if len(found) == 1:
            row = found[0]
            self.said.say(f"→ {row.tail} {one_line(row.place)} {one_line(row.summary)}", "dim")
        elif found:
            self.said.say(_("{count} 件以此结尾，再加几位").format(count=len(found)), "amber")
        else:
            self.said.say("")
