"""What a handover speaks of: numbers, what falls due, standing instructions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.i18n import _, listed
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, lamp, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.queue_rows import at
from dutydesk.screens.parts.shell import shell
from dutydesk.screens.promise_lines import promise_line
from dutydesk.text import headed
from dutydesk.views.duty import DutyPanel, OnDutyNow
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.promises import PromiseRow, StandingPromises
from dutydesk.views.queue import Filters, Queue, QueueRow, light, millis
from dutydesk.views.spoken import spoken
from dutydesk.views.writebacks import Owed, OwedList, OwedRow
from dutydesk.workflow.duty.hours import NeverOpen

if TYPE_CHECKING:
    from dutydesk.desk import Desk


SHOWN, ROOMY = 3, 20
"""How many promises the sheet names where it has that many lines; else it names the next."""
OLDEST = 3
"""How many write-backs the sheet names where it is full; the others are counted."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is handed over, as it stands at `at`; `until` is the next opening."""

    duty: DutyPanel
    rows: tuple[QueueRow, ...]
    at: datetime
    until: datetime | None
    owed: OwedList
    promises: tuple[PromiseRow, ...] = ()

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
    owed, promises = desk.read(Owed()), desk.read(StandingPromises())
    return Standing(desk.read(OnDutyNow()), rows, now, until, owed, promises)


class HandoverSheet(Painted):
    """The numbers, what falls due, and the standing instructions."""

    DEFAULT_CSS = "HandoverSheet { height: 1fr; }"
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
        owed = _owed(standing.owed, words, now, width, OLDEST)
        below = _promises(standing, words, now, width, SHOWN if height >= ROOMY else 1)
        if words.procedure.parts.standing is not None:
            below += _instructions(standing, words, now, width)
        found = list(standing.due)
        spare = height - len(head) - len(owed) - len(below) - max(1, len(found))
        if spare > 0:  # what the list leaves empty goes to what is owed upstream
            owed = _owed(standing.owed, words, now, width, OLDEST + spare)
        foot = [*owed, *below]
        room = max(1, height - len(head) - len(foot))
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
            blank(1), lamp(shade), blank(1), column(short(one.no, now), 7, "bright"),
            column(words.state(one.state), 17 if words.lang == "en" else 14, "ink"), blank(1),
            column(spoken(due, now, words.lang), 12, "red" if due <= now else "ink"), blank(1),
            column(one.grid_short or "—", 6, "dim"), blank(1),
            free(one.place, "ink"), blank(2), free(one.summary, "dim"),
        ],
    )  # fmt: skip


def _owed(owed: OwedList, words: Words, now: datetime, width: int, most: int) -> list[Line]:
    """What platforms do not know yet: the oldest, and how many of each platform."""
    found = [rule(width, [Span(_("待回填 {count}").format(count=owed.total), "dim")])]
    if not owed.rows:
        return [*found, row(width, [blank(3), Span(_("没有"), "dim")])]
    oldest = sorted(owed.rows, key=lambda one: one.since_at)[:most]
    found += [row(width, _owed_one(one, words, now)) for one in oldest]
    if owed.total > len(oldest):
        counted = Counter(one.channel_label for one in owed.rows)
        said = listed(_("{name} {count}").format(name=n, count=c) for n, c in counted.items())
        found.append(row(width, [blank(3), Span(_("共：{said}").format(said=said), "dim")]))
    return found


def _owed_one(one: OwedRow, words: Words, now: datetime) -> list[Span]:
    since = spoken(one.since_at, now, words.lang)
    what = one.what_label + (f" {words.party(one.party)}" if one.party else "")
    return [
        blank(3), column(short(one.case, now), 7, "bright"), column(since, 12, "ink"), blank(1),
        column(one.channel_label, 13, "dim"), blank(1), free(one.external_no), blank(2),
        free(what, "ink"),
    ]  # fmt: skip


def _promises(standing: Standing, words: Words, now: datetime, width: int, most: int) -> list[Line]:
    """The next ones that whoever takes over has to know of, under the count of all."""
    total = len(standing.promises)
    found = [rule(width, [Span(headed(_("便签与答应 {count}").format(count=total)), "dim")])]
    for one in standing.promises[:most]:
        found.append(row(width, [blank(3), *promise_line(one, words, now)]))
    if not total:
        found.append(row(width, [blank(3), Span(_("没有"), "dim")]))
    return found


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
