"""The first line of the second screen: whose seat, whether it is alive, what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dutydesk.i18n import _, listed
from dutydesk.screens.parts.paint import Line, Span, blank, free, row
from dutydesk.screens.parts.painted import Painted
from dutydesk.views.claims import SeatRow
from dutydesk.views.labels import Words
from dutydesk.workflow.duty.claims import silent
from dutydesk.workflow.time.zone import to_local


class SeatLine(Painted):
    """跟看 一号席 陈安; since when it is silent; trouble with the store; the time."""

    ground = "panel"

    def __init__(self, asked: str) -> None:
        super().__init__(id="seat")
        self.asked = asked
        self.others: tuple[str, ...] = ()
        self.trouble: str | None = None
        self._row: SeatRow | None = None
        self._words: Words | None = None
        self._now: datetime | None = None

    def show(self, found: SeatRow | None, words: Words, now: datetime) -> None:
        """Show this seat."""
        self._row, self._words, self._now = found, words, now
        self.repaint()

    def lines(self, width: int, height: int) -> list[Line]:
        """The one line."""
        left: list[Span] = [blank(1), Span(_("跟看"), "dim"), blank(1)]
        if self._row is not None:
            left += [free(self._row.seat, "bright"), blank(1), free(self._row.who, "ink")]
        elif self.asked:
            left.append(free(self.asked, "bright"))
        left += self._state()
        time = f"{to_local(self._now):%H:%M:%S}" if self._now is not None else ""
        return [row(width, left, [Span(time, "bright"), blank(1)])]

    def _state(self) -> Iterator[Span]:
        """What is wrong, where something is."""
        if self.trouble is not None:
            yield blank(2)
            yield free(self.trouble, "red!")
        elif self._now is None or self._words is None:
            return
        elif self._row is None:
            yield blank(2)
            others = _("（现有：{seats}）").format(seats=listed(self.others)) if self.others else ""
            yield free(_("该席还没有打开，打开后这里自动跟上") + others, "amber")
        elif silent(self._row.seen_at, self._now):
            seen = self._words.when(self._row.seen_at, self._now)
            yield blank(2)
            yield free(_("该席 {seen} 起没有动静，下面是它最后选中的").format(seen=seen), "red!")


def empty_lines(found: SeatRow | None) -> Iterator[Line]:
    """What stands where a case would."""
    said = _("等候席位打开") if found is None else _("该席没有选中案件")
    yield (blank(1), Span(said, "faint"))
