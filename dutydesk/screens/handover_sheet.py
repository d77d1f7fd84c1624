"""What a handover speaks of: numbers, what falls due, standing instructions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.i18n import _, listed
from dutydesk.screens.forms.timerows import spoken
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, lamp, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.queue_rows import at
from dutydesk.screens.parts.shell import shell
from dutydesk.views.duty import DutyPanel, OnDutyNow
from dutydesk.views.labels import Words
from dutydesk.views.queue import Filters, Queue, QueueRow, light, millis
from dutydesk.workflow.duty.hours import NeverOpen

if TYPE_CHECKING:
    from dutydesk.desk import Desk


@dataclass(frozen=True, slots=True)
class Standing:
    """What is handed over, as it stands at `at`; `until` is the next opening."""

    duty: DutyPanel
    rows: tuple[QueueRow, ...]
    at: datetime
    until: datetime | None

    @property
    def red(self) -> int:
        """How many are red: the number that is read back."""
        return sum(1 for one in self.rows if light(one, millis(self.at)) == "red")

    @property
    def due(self) -> tuple[QueueRow, ...]:
        """What falls due before the next opening, or is due already; the first one first."""
        if self.until is None:
            return ()
        last = millis(self.until)
        found = [one for one in self.rows if one.due_at is not None and one.due_at <= last]
        return tuple(sorted(found, key=lambda one: one.due_at or 0))


def stand(desk: Desk) -> Standing:
    """Everything a handover speaks of, read in one go."""
    area = desk.context.area
    now = desk.now()
    try:
        until = desk.context.hours.next_opening(now)
    except NeverOpen:
        until = None
    rows = desk.read(Queue(Filters(area=area)))
    return Standing(desk.read(OnDutyNow()), rows, now, until)


class Sheet(Painted):
    """The numbers, what falls due, and the standing instructions."""

    DEFAULT_CSS = "Sheet { height: 1fr; }"
    ground = "panel"
    top = 0
    standing: Standing | None = None

    def show(self, standing: Standing) -> None:
        """Show how it stands now."""
        self.standing = standing
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """As many lines of the list as fit; the numbers always."""
        standing, gateway = self.standing, shell(self).gateway
        if standing is None:
            return [row(width, [blank(1), Span(_("正在读取…"), "dim")])]
        words, now = gateway.words, gateway.now
        head = _numbers(standing, words, now, width)
        foot = _instructions(standing, words, now, width)
        room = max(1, height - len(head) - len(foot))
        found = list(standing.due)
        self.top = max(0, min(self.top, len(found) - room))
        shown = [_due(one, words, now, width) for one in found[self.top : self.top + room]]
        if not found:
            shown = [row(width, [blank(3), Span(_("没有在下次开班前到期的案件"), "dim")])]
        shown += [row(width, []) for _line in range(room - len(shown))]
        return [*head, *shown[:room], *foot]


def _numbers(standing: Standing, words: Words, now: datetime, width: int) -> list[Line]:
    duty, red = standing.duty, standing.red
    left = [
        blank(1), Span(_("交接班"), "accent!"), blank(2),
        Span(_("现由 {holder} 值守").format(holder=duty.holder_label), "bright"),
    ]  # fmt: skip
    if duty.handed_to:
        said = _("已交给 {who}，等接班").format(who=words.role(duty.handed_to))
        left += [blank(2), Span(said, "amber!")]
    until = spoken(standing.until, now, words.lang) if standing.until else "—"
    numbers = [
        blank(1), Span(_("未结 {count}").format(count=len(standing.rows)), "bright"), blank(3),
        Span("■ ", "red!" if red else "faint"),
        Span(_("超时 {count}").format(count=red), "red!" if red else "dim"), blank(3),
        Span(_("下次开班 {when} 前到期 {count}").format(when=until, count=len(standing.due))),
    ]  # fmt: skip
    age = [Span(_("{time} 读取").format(time=f"{standing.at:%H:%M:%S}"), "faint"), blank(1)]
    return [row(width, left, age), row(width, numbers), rule(width, [Span(_("到期"), "dim")])]


def _due(one: QueueRow, words: Words, now: datetime, width: int) -> Line:
    due = at(one.due_at) if one.due_at is not None else now
    shade = light(one, millis(now))
    return row(
        width,
        [
            blank(1), lamp(shade), blank(1), column(one.tail, 5, "bright"),
            column(words.state(one.state), 17 if words.lang == "en" else 14, "ink"), blank(1),
            column(spoken(due, now, words.lang), 12, "red" if due <= now else "ink"), blank(1),
            column(one.grid_short or "—", 6, "dim"), blank(1),
            free(one.place, "ink"), blank(2), free(one.summary, "dim"),
        ],
    )  # fmt: skip


def _instructions(standing: Standing, words: Words, now: datetime, width: int) -> list[Line]:
    found = [rule(width, [Span(_("常设指示"), "dim")])]
    for one in standing.duty.standing[:3]:
        kinds = listed(words.choice("difficulty", name) for name in one.difficulties)
        until = spoken(one.until_at, now, words.lang)
        said = _("{giver}（至 {until}，{kinds}）：{text}").format(
            giver=words.actor(one.giver), until=until, kinds=kinds, text=one.text
        )
        found.append(row(width, [blank(3), free(said)]))
    if len(found) == 1:
        found.append(row(width, [blank(3), Span(_("没有"), "dim")]))
    return found
