"""The two lines on top: whose desk, who, when, the health of the clock, and the counts per bay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dutydesk.i18n import _
from dutydesk.screens.desk.board import Board
from dutydesk.screens.desk.duty_rows import short_label, shown_posts, status_sign
from dutydesk.screens.parts.health import WELL, Health
from dutydesk.screens.parts.paint import Line, Span, blank, free, length, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.views.labels import N_, Words
from dutydesk.views.queue import BayCount

BAYS = ("受理", "派单", "发起", "到场", "协商", "处置", "结案", "上报", "街道")
"""The bays as a case goes through them."""
NARROW = {"派单": N_("派单"), "发起": N_("发起")}
"""Bays with a shorter name for where there is little room."""
WHOLE, CUT = 20, 5
"""Letters of a bay's name: all of them, or what is left of it where the line is too short."""
WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


@dataclass(frozen=True, slots=True)
class Head:
    """What the first line says beside the board."""

    area: str
    operator: str
    drill: bool
    now: datetime
    health: Health = WELL


class Header(Painted):
    """Two lines on a panel; `show` gives them something to say."""

    ground = "panel"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._head: Head | None = None
        self._board: Board | None = None
        self._words: Words | None = None
        self._posts = False

    def show(self, head: Head, board: Board | None, words: Words, *, posts: bool) -> None:
        """Say this; `posts` puts the leads into the first line where no panel shows them."""
        self._head, self._board, self._words, self._posts = head, board, words, posts
        self.repaint()

    def ground_of(self, y: int) -> str:
        """The first line stands on the panel, the counts on the screen's own ground."""
        return "panel" if y == 0 else "ground"

    def lines(self, width: int, height: int) -> list[Line]:
        """Who and when; what stands where."""
        if self._head is None or self._words is None:
            return [row(width, [blank(1), Span(_("正在打开值班台…"), "dim")])]
        first = first_line(self._head, self._board, width, posts=self._posts)
        if self._board is None:
            return [first]
        return [first, _counts(self._board, self._words, width)]


def first_line(head: Head, board: Board | None, width: int, *, posts: bool) -> Line:
    """Area, holder, operator, takeover, people; clock at the right end."""
    left: list[Span] = [blank(1)]
    if head.drill:
        left += [Span(f" {_('演练')} ", "amber!~"), blank(1)]
    left.append(free(head.area, "bright"))
    if board is not None:
        left += [blank(1), Span(board.duty.holder_label, "dim")]
    if head.operator:
        left += [blank(2), free(head.operator, "ink")]
    right = _clock(head, width)
    if head.health.trouble is not None:
        ink = "red!" if head.health.red else "amber"
        left += [blank(2), free(head.health.trouble, ink)]
    elif board is not None:
        left += _people(board, posts)
    back: list[Span] = []
    if board is not None and board.back:
        back = [blank(2), Span(_("回填 {count}").format(count=board.back), "ink")]
    if board is not None and board.logged_out:
        said = _("未登录 {count}").format(count=board.logged_out)
        back += [blank(2), Span(said, "amber")]
    if board is not None and board.unsent:
        back += [blank(2), Span(_("消息 {count}").format(count=board.unsent), "amber")]
    # A clock in trouble comes first; what is owed stands beside it wherever there is room.
    if head.health.trouble is None or length([*left, *back, *right]) < width:
        left += back
    return row(width, left, right)


def _people(board: Board, posts: bool) -> list[Span]:
    spans: list[Span] = []
    if posts:
        for found in shown_posts(board.duty)[:3]:
            sign, ink = status_sign(found.status)
            spans += [blank(2 if not spans else 1), Span(short_label(found), "dim")]
            spans.append(Span(sign, ink))
    if board.duty.takeover:
        spans += [blank(2), free(board.duty.takeover, "amber")]
    elif board.duty.short:
        spans += [blank(2), Span(_("力量不足"), "amber")]
    return spans


def _clock(head: Head, width: int) -> list[Span]:
    now, spans = head.now, []
    if width >= 110 and head.health.trouble is None:
        spans += [Span(_("时钟正常"), "faint"), blank(2)]
    if width >= 90:
        spans += [Span(f"{now:%m-%d} {_(WEEKDAYS[now.weekday()])}", "dim"), blank(1)]
    return [*spans, Span(f"{now:%H:%M:%S}", "bright"), blank(1)]


def _counts(board: Board, words: Words, width: int) -> Line:
    """The counts, and what is shelved at their end, whatever else has to give way."""
    if board.counted.shelved:
        said = _("搁置 {count}").format(count=board.counted.shelved)
        shelf = [Span(said, "amber!"), blank(1)]
        return (*_bay_counts(board, words, width - length(shelf)), *shelf)
    return _bay_counts(board, words, width)


def _bay_counts(board: Board, words: Words, width: int) -> Line:
    if not board.narrowed:
        return counts_line(board.counts, words, width)
    mark = [Span(f" {_('已筛选')} ", "amber!~"), Span(" Esc", "accent!")]
    narrow = width - length(mark)
    return (*mark, *counts_line(board.counts, words, narrow))


def counts_line(counts: Mapping[str, BayCount], words: Words, width: int) -> Line:
    """The bays with their counts, as wide apart as the width allows; overdue at the right end."""
    red = sum(count.red for count in counts.values())
    yellow = sum(count.yellow for count in counts.values())
    right = _lights(red, yellow, width)
    room = width - length(right) - 1
    known = {bay: counts[bay] for bay in BAYS if bay in counts}
    counts = known | dict(counts)
    labels = {bay: words.bay(bay) for bay in counts}
    short = labels | {bay: _(name) for bay, name in NARROW.items() if bay in labels}
    # A bay in which nothing stands gives way before any name is cut.
    kept = {bay: count for bay, count in counts.items() if count.all}
    left: list[Span] = []
    for shown, gap, between, named, most in (
        (counts, 3, 1, labels, WHOLE),
        (counts, 2, 1, labels, WHOLE),
        (counts, 1, 1, labels, WHOLE),
        (counts, 1, 1, short, WHOLE),
        (counts, 1, 0, short, WHOLE),
        (kept, 1, 1, short, WHOLE),
        (kept, 1, 0, short, WHOLE),
        (kept, 1, 1, short, CUT),
        (kept, 1, 0, short, CUT),
    ):
        left = _bays(shown, named, gap, between, most)
        if length(left) <= room:
            break
    return row(width, left, right)


def _bays(
    counts: Mapping[str, BayCount], labels: Mapping[str, str], gap: int, between: int, most: int
) -> list[Span]:
    spans: list[Span] = [blank(1)]
    for bay, count in counts.items():
        ink = "red!" if count.red else "amber!" if count.yellow else "bright"
        spans += [
            Span(labels[bay][:most], "dim" if count.all else "faint"),
            blank(between),
            Span(str(count.all), ink if count.all else "faint"),
            blank(gap),
        ]
    return spans[:-1]


def _lights(red: int, yellow: int, width: int) -> list[Span]:
    long = width >= 100
    over, soon = (f" {_('超时')}", f" {_('将超')}") if long else ("", "")
    return [
        Span(f"■{red}{over}", "red!" if red else "faint"),
        blank(2 if long else 1),
        Span(f"▲{yellow}{soon}", "amber!" if yellow else "faint"),
        blank(1),
    ]
