"""A few values side by side, each with its digit: one key picks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from textual import events
from textual.geometry import Size

from dutydesk.i18n import _
from dutydesk.screens.forms.entry import Confirm, Edited, Step, step_of, take
from dutydesk.screens.forms.options import Option, matching
from dutydesk.screens.keys import narrow
from dutydesk.screens.parts.paint import Line, Span, blank, length
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.text import fold, one_line


class Spot(NamedTuple):
    """Where an option is drawn: line, first cell, cell after the last."""

    y: int
    start: int
    end: int


class Choices(Painted, can_focus=True):
    """Options on as many lines as they need; a digit, the initials or a click picks.

    Of more than ten the tenth and those behind it share the 0: each press picks the next of them.
    With `many` each pick adds or takes away. A picked one carries a sign and not colour alone.
    """

    DEFAULT_CSS = """
    Choices { height: auto; width: 1fr; padding: 0 1; background: $background; }
    Choices:focus { background: $selected; }
    """
    ground = "ground"

    def __init__(
        self,
        options: Sequence[Option],
        picked: Iterable[str] = (),
        *,
        many: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.options = tuple(options)
        self.picked = list(picked)
        self.many = many
        self._letters = ""
        self._unfit = ""
        self._nought = False

    # What it holds.

    @property
    def value(self) -> str | None:
        """The one picked value."""
        return self.picked[0] if self.picked else None

    def propose(self, picked: Iterable[str]) -> None:
        """Show these as picked; it counts as nobody's choice."""
        wanted = list(picked)
        if wanted != self.picked:
            self.picked = wanted
            self.repaint()

    def offer(self, options: Sequence[Option]) -> None:
        """Offer other options."""
        if tuple(options) != self.options:
            self.options = tuple(options)
            self._shown = None
            self.refresh(layout=True)

    def pick(self, value: str) -> None:
        """Pick a value, or take it away again where several may be picked."""
        self._letters = self._unfit = ""
        self._nought = False
        if not self.many:
            self.picked = [value]
        elif value in self.picked:
            self.picked.remove(value)
        else:
            self.picked.append(value)
        self.repaint()
        turning = len(self.options) > 10 and value in [one.value for one in self.options[9:]]
        self.post_message(Edited(done=not self.many and not turning))

    # Keys and mouse.

    def on_key(self, event: events.Key) -> None:
        """Digits pick, `*` and `/` step, Enter confirms, letters are initials."""
        sign = narrow(event.character)
        if event.key == "enter":
            take(event)
            self.post_message(Confirm())
        elif by := step_of(event):
            take(event)
            self.post_message(Step(by))
        elif event.key in ("up", "down"):
            take(event)
            self.post_message(Step(1 if event.key == "down" else -1, arrow=True))
        elif event.key in ("left", "right"):
            take(event)
            self._move(1 if event.key == "right" else -1)
        elif sign.isdigit() and sign.isascii():
            take(event)
            self._digit(int(sign))
        elif event.is_printable and (sign.isalpha() or sign == " "):
            take(event)
            self._typed(sign)

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked."""
        at = event.get_content_offset(self)
        if at is None:
            return
        for one, spot in zip(self.options, self._spots(self.size.width), strict=True):
            if spot.y == at.y and spot.start <= at.x < spot.end:
                self.pick(one.value)

    def _digit(self, digit: int) -> None:
        if digit == 0:
            self._next_behind_nine()
        elif digit <= len(self.options):
            self.pick(self.options[digit - 1].value)

    def _next_behind_nine(self) -> None:
        """The tenth; pressed again, the one after it. The keys stay while there is another."""
        rest = [one.value for one in self.options[9:]]
        if not rest:
            return
        again = self._nought and self.value in rest and not self.many
        self.pick(rest[(rest.index(str(self.value)) + 1) % len(rest) if again else 0])
        self._nought = True

    def _move(self, by: int) -> None:
        values = [one.value for one in self.options]
        if not values or self.many:
            return
        here = values.index(self.value) if self.value in values else (-1 if by > 0 else 0)
        self.picked = [values[(here + by) % len(values)]]
        self.repaint()
        self.post_message(Edited())

    def _typed(self, sign: str) -> None:
        """Letters gather until they mean one option; what means none begins anew."""
        if sign == " ":
            return
        for typed in (self._letters + fold(sign), fold(sign)):
            found = matching(self.options, typed)
            if len(found) == 1:
                self.pick(found[0][1].value)
                return
            if found:
                self._letters = typed
                return
        self._letters = ""
        if not sign.isascii():
            self._unfit += sign
            said = _("这里没有“{text}”，按所列数字选").format(text=self._unfit)
            shell(self).say(said, "amber")

    # Drawing.

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the options need."""
        spots = self._spots(width)
        return spots[-1].y + 1 if spots else 1

    def on_focus(self) -> None:
        """The ground shows where the keys go."""
        self.ground = "selected"
        self._repaint_all()

    def on_blur(self) -> None:
        """The keys go elsewhere."""
        self.ground = "ground"
        self._letters = self._unfit = ""
        self._nought = False
        self._repaint_all()

    def _repaint_all(self) -> None:
        self._shown = None
        self.refresh()

    def lines(self, width: int, height: int) -> list[Line]:
        """The options where `_spots` puts them."""
        rows: dict[int, list[Span]] = {0: []}
        for number, (one, spot) in enumerate(
            zip(self.options, self._spots(width), strict=True), start=1
        ):
            spans = rows.setdefault(spot.y, [])
            if spot.start > length(spans):
                spans.append(blank(spot.start - length(spans)))
            spans += self._option(number, one)
        return [tuple(spans) for _y, spans in sorted(rows.items())]

    def _option(self, number: int, one: Option) -> list[Span]:
        on = one.value in self.picked
        sign = ("✓" if self.many else "●") if on else ("·" if self.many else "○")
        spans = [
            Span(sign, "accent!" if on else "faint"),
            Span(str(number) if number < 10 else "0" * (number - 9), "accent"),
            Span(" " + one_line(one.label), "bright" if on else "ink"),
        ]
        if one.note:
            spans.append(Span(" " + one_line(one.note), "dim"))
        return spans

    def _spots(self, width: int) -> list[Spot]:
        spots: list[Spot] = []
        y = at = 0
        for number, one in enumerate(self.options, start=1):
            size = length(self._option(number, one))
            if at and at + size > width:
                y, at = y + 1, 0
            spots.append(Spot(y, at, at + size))
            at += size + 2
        return spots
