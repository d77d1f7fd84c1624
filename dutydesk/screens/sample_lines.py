"""How the month's sample is drawn on the screen: the meter, each stratum, a case that is left."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, blank, column, free, row
from dutydesk.views.labels import Words
from dutydesk.views.numbers import short
from dutydesk.views.sampling_rows import MonthSample, SampleRow, StratumRow, stratum_words
from dutydesk.views.spoken import spoken
from dutydesk.workflow.time.zone import to_local

INKS = {"red": "red!", "yellow": "amber!", "green": "green"}


def meter(sample: MonthSample) -> Span:
    """`11 月抽查 已查 3/21`, in the ink of its light."""
    said = _("{month} 月抽查 已查 {done}/{wanted}").format(
        month=f"{to_local(sample.from_at):%m}", done=sample.done, wanted=sample.wanted
    )
    return Span(said, INKS.get(sample.light, "ink"))


def sample_line(sample: MonthSample, width: int, words: Words, now: datetime) -> Line:
    """One line for the screen of spot-checks: the meter, by when, and how many are left."""
    due = _due(sample, words, now)
    more = _("未抽取") if sample.seed is None else _("还剩 {count}").format(count=len(sample.left))
    right = [Span(_("F3 或菜单看清单"), "dim"), blank(1)]
    left = [blank(1), meter(sample), blank(2), Span(more), blank(2), Span(due, "dim")]
    return row(width, left, right)


def _due(sample: MonthSample, words: Words, now: datetime) -> str:
    """By when the rest is due, and which clause asks for it."""
    said = _("至 {when}").format(when=spoken(sample.due_at, now, words.lang))
    return f"{said} {sample.clause or ''}".rstrip()


def head_lines(sample: MonthSample, words: Words, now: datetime) -> list[list[Span]]:
    """The meter with its due time, each stratum on a line, then the seed and what is beside."""
    due = _due(sample, words, now)
    head = [meter(sample), blank(2), Span(due, "dim")]
    said = []
    if sample.seed is not None:
        state = _("已定") if sample.frozen else _("还会补抽")
        said = [_("种子 {seed}，{state}").format(seed=sample.seed, state=state)]
        if lacking := sum(max(0, one.wanted - one.drawn) for one in sample.strata):
            said.append(_("还缺 {count} 件：按 +").format(count=lacking))
    if sample.beyond:
        said.append(_("另查 {count} 件，不计入抽样").format(count=len(sample.beyond)))
    last = [[Span("   ".join(said), "dim")]] if said else []
    return [head, *(_stratum(one) for one in sample.strata), *last]


def _stratum(one: StratumRow) -> list[Span]:
    said = _("{population} 件应抽 {wanted}，已抽 {drawn}，已查 {done}").format(**one._asdict())
    fulfilled = one.done >= one.wanted
    sign = Span("✓ " if fulfilled else "○ ", "green" if fulfilled else "amber")
    return [sign, column(stratum_words(one.stratum), 22), Span(said, "dim")]


def left_line(one: SampleRow, now: datetime) -> list[Span]:
    """A case that is left: its number, grid and stratum."""
    return [
        column(short(one.no, now), 7, "accent"),
        blank(1),
        column(one.grid or _("未定网格"), 20),
        blank(1),
        free(stratum_words(one.stratum), "dim"),
    ]
