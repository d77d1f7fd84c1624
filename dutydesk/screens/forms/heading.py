"""The head of a form: which act, on which case, and how long there is."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.parts.paint import Line, Span, blank, free, length, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.text import headed
from dutydesk.views.numbers import short

NARROW = 56


class Heading(Painted):
    """Act, case and matter; the clock that the act stops runs on."""

    DEFAULT_CSS = "Heading { height: 3; width: 1fr; }"
    ground = "panel"

    def __init__(self, scene: Scene, title: str = "") -> None:
        super().__init__()
        self.scene = scene
        self.title = title
        self.now = scene.now
        self.styles.height = 3 if scene.card else 2

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        self.now = now
        self.repaint()

    def look_again(self, scene: Scene) -> None:
        """The case has changed."""
        self.scene = scene
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """Act and clock, the matter, a rule."""
        card = self.scene.card
        clock = self._clock()
        # On the narrowest terminals what remains alone: the number of the case must stay.
        right = clock if width >= NARROW else clock[1:2]
        head = row(width, self._left(width - length(right)), right)
        if card is None:
            return [head, rule(width)]
        what = free(f"{card.place}  {card.description}")
        return [head, row(width, [what]), rule(width)]

    def _left(self, room: int) -> list[Span]:
        """The act, the case, for whom, and its state where there is room: that stands below too."""
        scene, card = self.scene, self.scene.card
        act = [Span(headed(self.title or scene.words.verb(scene.verb)), "accent!")]
        behalf: list[Span] = []
        if scene.behalf:
            role = scene.words.role(scene.behalf)
            behalf = [blank(2), Span(_("代{role}").format(role=role), "amber")]
        if card is None:
            return act + behalf
        act += [blank(2), Span(short(card.no, self.now), "bright")]
        state = [blank(1), Span(card.state_label, "dim")]
        whole = act + state + behalf
        fits = length(whole) < room
        return whole if fits or not behalf else act + behalf

    def _clock(self) -> list[Span]:
        card, words = self.scene.card, self.scene.words
        clock = card.clock if card else None
        if clock is None or clock.due_at is None:
            return []
        over = clock.due_at <= self.now
        soon = clock.yellow_at is not None and clock.yellow_at <= self.now
        ink = "red!" if over else "amber!" if soon else "green"
        left = words.left(clock.due_at, self.now)
        until = _("至 {when}").format(when=words.when(clock.due_at, self.now))
        return [Span(f"{clock.label} ", "dim"), Span(left, ink), blank(1), Span(until, "dim")]
