"""Digits for cases: what they mean on the telephone; `1107+1110` names both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dutydesk.i18n import _
from dutydesk.screens.command.looking import Asked
from dutydesk.text import fold
from dutydesk.views.numbers import Candidate, Candidates
from dutydesk.views.queue import Filters, Queue, QueueRow
from dutydesk.workflow.time.zone import to_local

if TYPE_CHECKING:
    from dutydesk.desk import Desk

_BETWEEN = re.compile(r"[\s+,，、;；]+")
MOST_SHOWN = 4


class Several(NamedTuple):
    """The cases that were named, and what is wrong with the numbers that name none."""

    rows: tuple[QueueRow, ...]
    trouble: tuple[str, ...]


def tails(text: str) -> tuple[str, ...]:
    """The numbers of a text that names several, or one with a plus behind it; else nothing."""
    said = fold(text).strip(" ")
    parts = tuple(part for part in _BETWEEN.split(said) if part)
    if not parts or not all(part.isdigit() for part in parts):
        return ()
    return tuple(dict.fromkeys(parts)) if len(parts) > 1 or _BETWEEN.search(said) else ()


def named(desk: Desk, wanted: tuple[str, ...]) -> Several:
    """Each number's one case: of the desk's own area and open before all others."""
    rows: list[QueueRow] = []
    trouble: list[str] = []
    for tail in wanted:
        found = meant_by(desk, tail)
        if len(found) != 1:
            trouble.append(_trouble(tail, found))
            continue
        asked = Queue(Filters(text=found[0].no), closed_too=True, limit=1)
        rows += [row for row in desk.read(asked) if row not in rows]
    return Several(tuple(rows), tuple(trouble))


def meant_by(desk: Asked, tail: str) -> list[Candidate]:
    """The cases that the digits mean: the nearest kind of them that there is."""
    found = list(desk.read(Candidates(tail)))
    own = [one for one in found if one.no.endswith(tail)] or found
    here = [one for one in own if one.no.startswith(desk.context.area)] or own
    open_ones = [one for one in here if one.open] or here
    # As the queue writes it: a number without its day is one of today.
    today = f"{desk.context.area}{to_local(desk.now()):%y%m%d}"
    return [one for one in open_ones if one.no.startswith(today)] or open_ones


def one_case(desk: Desk, text: str) -> str:
    """The whole number of the one case that the digits mean, as the queue writes it.

    Raises UnknownCase or BadInput, as `Desk.resolve`, where they mean none or several.
    """
    meant = meant_by(desk, text.strip())
    return meant[0].no if len(meant) == 1 else desk.resolve(text)


def _trouble(tail: str, meant: list[Candidate]) -> str:
    if not meant:
        return _("没有 {tail} 这一件").format(tail=tail)
    shown = " ".join(one.no[-6:] for one in meant[:MOST_SHOWN])
    said = _("{tail} 不只一件：{shown}")
    return said.format(tail=tail, shown=shown)


def tails_first(desk: Desk, digits: str, rows: tuple[QueueRow, ...]) -> tuple[QueueRow, ...]:
    """What the digits mean on the telephone comes first, even where thousands hold them.

    Of several the desk's own area is meant first, then a number of ours, then one from upstream.
    """
    numbers = [one.no for one in desk.read(Candidates(digits))]
    known = {one.no: one for one in rows}
    first = []
    for no in numbers:
        hit = known.get(no) or next(
            (r for r in desk.read(Queue(Filters(text=no), closed_too=True, limit=1))), None
        )
        if hit is not None:
            first.append(hit)
    own = desk.ground.area
    first.sort(key=lambda one: (one.area != own, not one.no.endswith(digits)))
    names = {one.no for one in first}
    return (*first, *(one for one in rows if one.no not in names))
