"""The week of spot-checks: which grids are covered, and every record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, blank, column, flow_spans, free, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.screens.parts.shell import shell
from dutydesk.screens.sample_lines import sample_line
from dutydesk.views.coverage import CheckOnSite, Coverage, WeekCoverage
from dutydesk.views.labels import N_, Words
from dutydesk.views.numbers import short
from dutydesk.views.queue import Filters, Queue, QueueRow
from dutydesk.views.sampling import Sample
from dutydesk.views.sampling_rows import MonthSample, SampleRow
from dutydesk.views.spoken import spoken
from dutydesk.workflow.sampling import quota_of

if TYPE_CHECKING:
    from dutydesk.desk import Desk

REASONS = (
    ("repeated", N_("重复案件")),
    ("category", N_("类别与描述明显不符")),
    ("result", N_("上报或处置结果不符合标准")),
)
"""Why a case is picked (X-4.2.2.5)."""
VERDICTS = (N_("属实，已处置到位"), N_("处置不到位，须整改"), N_("与上报不符"), N_("未发现问题"))
"""House: what a verdict most often says; it may be any words."""
FIELDS = (
    ("grid", N_("社区网格")),
    ("case", N_("抽查案件")),
    ("tail", N_("别的案件")),
    ("reason", N_("抽查理由")),
    ("verdict", N_("结论")),
    ("words", N_("结论文字")),
    ("place", N_("到了哪里")),
    ("at", N_("时间")),
)


def says_something(text: str) -> bool:
    """Whether words can be a verdict: a digit of the keypad gone astray is none."""
    return any(sign.isalpha() for sign in text)


@dataclass(frozen=True, slots=True)
class Ground:
    """The week so far, the open cases of the chosen grid, and the month's sample.

    `sample` is None where the procedure asks for none.
    """

    week: WeekCoverage
    rows: tuple[QueueRow, ...]
    grid: str | None = None
    sample: MonthSample | None = None

    @property
    def left(self) -> tuple[SampleRow, ...]:
        """What is left of the sample in the chosen grid."""
        found = self.sample.left if self.sample is not None else ()
        return tuple(row for row in found if row.grid == self.grid)


def look(desk: Desk, grid: str | None) -> Ground:
    """Read the week, what is open in a grid, and the month's sample."""
    rows = desk.read(Queue(Filters(grid=grid))) if grid else ()
    asked = quota_of(desk.context.procedure.raw.get("routine", ())) is not None
    sample = desk.read(Sample()) if asked else None
    return Ground(desk.read(Coverage()), rows, grid, sample)


class _Grounded(Painted):
    """Lines about the week; `show` gives them what was read."""

    ground = "panel"
    ground_now: Ground | None = None

    def show(self, ground: Ground) -> None:
        """Show what was read."""
        self.ground_now = ground
        self.repaint()


class Week(_Grounded):
    """x of 5 or 7, which grids are covered and which are not yet."""

    DEFAULT_CSS = "Week { height: 5; }"

    def lines(self, width: int, height: int) -> list[Line]:
        """Title, the grids, a rule."""
        ground, gateway = self.ground_now, shell(self).gateway
        if ground is None:
            return [row(width, [blank(1), Span(_("正在读取…"), "dim")])]
        week, now, words = ground.week, gateway.now, gateway.words
        full = week.covered == week.total
        count = _("本周 {week} 已查 {covered}/{total}").format(
            week=week.week[-3:], covered=week.covered, total=week.total
        )
        right = [Span(count, "green" if full else "amber!"), blank(1)]
        items = []
        for grid in week.grids:
            if grid.last_at is not None:
                when = spoken(grid.last_at, now, words.lang)
                items.append(Span(f"✓ {grid.short} {when}", "green"))
            else:
                items.append(Span(f"○ {grid.short} " + _("未查"), "amber"))
        until = _("至 {when} 须各到一次（X-4.2.2.4）").format(
            when=spoken(week.to_at, now, words.lang)
        )
        grids = [row(width, [blank(1), *line]) for line in flow_spans(items, width - 2, 3, 2)]
        grids += [row(width, []) for _line in range(2 - len(grids))]
        title = [blank(1), Span(_("实地督查"), "accent!"), blank(2), Span(until, "dim")]
        drawn = sample_line(ground.sample, width, words, now) if ground.sample else row(width, [])
        return [row(width, title, right), *grids, drawn, rule(width)]


class SpotChecks(_Grounded):
    """The week's spot-checks, the newest first."""

    DEFAULT_CSS = "SpotChecks { height: 1fr; }"

    def lines(self, width: int, height: int) -> list[Line]:
        """As many as fit."""
        ground, gateway = self.ground_now, shell(self).gateway
        if ground is None or height < 2:
            return []
        week, now, words = ground.week, gateway.now, gateway.words
        found = [rule(width, [Span(_("本周记录"), "dim")])]
        for one in sorted(week.checks, key=lambda check: check.at, reverse=True):
            found.append(row(width, _check(one, week, words, now)))
        return found[:height]


def _check(one: CheckOnSite, week: WeekCoverage, words: Words, now: datetime) -> list[Span]:
    shorts = {grid.grid: grid.short for grid in week.grids}
    reason = next((_(said) for code, said in REASONS if code == one.reason), "")
    more = " ".join(part for part in (one.place, reason, words.actor(one.by)) if part)
    return [
        blank(1),
        column(spoken(one.at, now, words.lang), 12, "dim"),
        blank(1),
        column(shorts.get(one.grid, one.grid), 6),
        blank(1),
        column(short(one.case, now) if one.case else _("无在办"), 6, "bright"),
        blank(1),
        free(one.verdict),
        blank(2),
        free(more, "dim"),
    ]
