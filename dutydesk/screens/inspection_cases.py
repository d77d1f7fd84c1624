"""Which cases a spot-check of a grid offers: what the month's sample wants first, then the open."""

from __future__ import annotations

from typing import NamedTuple

from dutydesk.i18n import _
from dutydesk.screens.forms.options import Option, option
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.inspection_lines import Ground
from dutydesk.views.numbers import short
from dutydesk.views.queue import QueueRow

NONE_OPEN = "-"
"""The choice that says that nothing was open there."""
OFFERED, DRAWN = 8, 4
"""How many cases are offered, and how many of them at most because they were drawn."""


class Wanted(NamedTuple):
    """The case that a spot-check is opened for, and its grid."""

    grid: str
    no: str


def case_options(
    ground: Ground | None, gateway: Gateway, wanted: Wanted | None = None
) -> tuple[Option, ...]:
    """At most OFFERED cases of the chosen grid, the drawn ones first, and that none is open."""
    none = option(NONE_OPEN, _("没有在办案件"))
    if ground is None:
        return (none,)
    drawn = [row.no for row in ground.left]
    if wanted is not None and wanted.grid == ground.grid:
        drawn = [wanted.no, *(no for no in drawn if no != wanted.no)]
    drawn = drawn[:DRAWN]
    found = [option(no, short(no, gateway.now), _("抽样")) for no in drawn]
    found += [_open(row, gateway) for row in ground.rows if row.no not in drawn]
    return (*found[:OFFERED], none)


def _open(one: QueueRow, gateway: Gateway) -> Option:
    return option(one.no, short(one.no, gateway.now), gateway.words.state(one.state))
