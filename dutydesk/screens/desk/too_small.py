"""What is shown where nothing fits: how large the terminal is, and how large it should be."""

from __future__ import annotations

from dutydesk.i18n import _
from dutydesk.screens.parts.paint import Line, Span, flow, row
from dutydesk.screens.parts.painted import Painted


class TooSmall(Painted):
    """A plain message; the clock goes on behind it."""

    def lines(self, width: int, height: int) -> list[Line]:
        """Few words that fit anywhere."""
        said = _("终端太小：{width}×{height}").format(width=width, height=height)
        need = _("值班台至少要 80×24，请放大窗口或缩小字号。告警仍在计时。")
        return [row(width, [Span(said, "amber!")]), *flow(need, max(4, width))]
