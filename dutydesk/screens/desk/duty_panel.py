"""Who is on duty: always in sight, and set present, out or off by one key each (X-3.4.1.2)."""

from __future__ import annotations

from dutydesk.i18n import _
from dutydesk.screens.desk.duty_rows import SET, short_label, shown_posts, status_sign
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.text import fit, headed
from dutydesk.views.duty import DutyPanel, PostRow
from dutydesk.views.labels import N_

WORDS = (N_("在岗"), N_("外出"), N_("离岗"))


class DutyRows(Painted):
    """The posts; in roll-call a cursor stands on one and a digit says where its holder is."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._panel: DutyPanel | None = None
        self.calling = False
        self.cursor = 0

    def show(self, panel: DutyPanel) -> None:
        """Show these posts."""
        self._panel = panel
        self.cursor = min(self.cursor, max(0, len(self.posts) - 1))
        self.repaint()

    @property
    def posts(self) -> tuple[PostRow, ...]:
        """The posts in their order."""
        return shown_posts(self._panel, self.size.height >= 8) if self._panel else ()

    @property
    def post(self) -> PostRow | None:
        """The post under the cursor."""
        return self.posts[self.cursor] if self.cursor < len(self.posts) else None

    def call(self, on: bool) -> None:
        """Begin roll-call at the first post of which nothing is known, or end it."""
        self.calling = on
        unknown = (i for i, row in enumerate(self.posts) if row.status == "unknown")
        self.cursor = next(unknown, 0)
        self.refresh()
        self.repaint()

    def step(self, by: int) -> None:
        """Move the cursor."""
        if self.posts:
            self.cursor = (self.cursor + by) % len(self.posts)
            self.repaint()

    def ground_of(self, y: int) -> str:
        """The post under the cursor stands on the selection."""
        return "selected" if self.calling and y == self.cursor + 1 else "ground"

    def lines(self, width: int, height: int) -> list[Line]:
        """A heading, then a line per post."""
        if self._panel is None:
            return []
        head = heading(self._panel, self.calling, width)
        numbers = width >= 40 and any(found.number for found in self.posts)
        at = self.cursor if self.calling else -1
        posts = enumerate(self.posts[: height - 1])
        return [head, *(post_line(found, width, numbers, i == at) for i, found in posts)]


def heading(panel: DutyPanel, calling: bool, width: int) -> Line:
    """What the panel is, or the keys of the roll-call."""
    if calling:
        keys = [(key, _(word)) for key, word in zip(SET, WORDS, strict=True)]
        spans: list[Span] = [blank(1), Span(_("点名"), "bright")]
        for key, word in keys:
            spans += [blank(2), Span(key, "accent!"), Span(f" {word}", "ink")]
        return row(width, [*spans, blank(2), Span("Esc", "accent!")])
    right = [Span(_("力量不足"), "amber"), blank(1)] if panel.short else []
    return row(width, [blank(1), Span(headed(_("在岗")), "faint")], right)


def post_line(found: PostRow, width: int, numbers: bool, here: bool = False) -> Line:
    """Post, name, covered number, and whether the holder is there; a bar where the digits go."""
    sign, ink = status_sign(found.status)
    name = found.name or "—"
    since = f" {found.since_at:%H:%M}" if found.since_at and found.status in ("out", "off") else ""
    number = [column(found.number, 13, "dim"), blank(1)] if numbers else []
    return row(
        width,
        [
            Span("▌", "accent!") if here else blank(1),
            column(short_label(found), 7 if width >= 40 else 6, "dim"),
            column(name, 9 if width >= 44 else 7, "ink" if found.name else "faint"),
            blank(1 if width >= 42 or width < 40 else 0),
            *number,
            Span(f"{sign} ", ink),
            free(found.status_label, ink if found.status != "present" else "ink"),
            Span(since, "dim"),
        ],
    )


def strip_lines(panel: DutyPanel, cursor: int, width: int) -> list[Line]:
    """Roll-call where no panel stands: the posts side by side in one line, the keys above."""
    spans: list[Span] = [blank(1)]
    for i, found in enumerate(shown_posts(panel)):
        sign, ink = status_sign(found.status)
        text = f"{short_label(found)} {found.name or '—'}"
        spans += [
            Span(fit(text, 12) if len(text) > 12 else text, "accent!~" if i == cursor else "ink")
        ]
        spans += [Span(sign, ink), blank(2)]
    return [heading(panel, True, width), row(width, spans)]
