"""The call card drawn: the person large, the others small."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dutydesk.i18n import _
from dutydesk.screens.forms.ringing import Ring, covered, groups
from dutydesk.screens.parts.paint import Span, blank, free
from dutydesk.views.people import Alternate

MOST_SHOWN, FEW = 8, 4
"""How many people the list shows, and how many where the terminal is low."""
LOW = 30


def person_lines(ring: Ring, other: Alternate | None, number: str | None) -> list[list[Span]]:
    """Who is rung, the number (None while it is covered), the line to say, what was heard last."""
    name = other.name if other is not None else ring.name
    head = [free(name, "bright"), blank(2)]
    if ring.unit != name:
        head += [free(ring.unit, "dim"), blank(2)]
    asked = other.number if other is not None else ring.number
    if number or asked:
        head.append(Span(" ".join(groups(number or covered(asked))), "accent!"))
    else:
        head.append(Span(_("没有号码"), "amber"))
    if other is not None:
        head += [blank(2), Span(_("备用号码") if other.own else _("代接"), "amber")]
    if ring.missed:
        head += [blank(2), Span(_("未接{count}").format(count=ring.missed), "amber")]
    lines = [head]
    if other is None and ring.others:
        lines.append(_others(ring))
    if ring.line:
        lines.append([Span("“", "dim"), free(ring.line, "ink"), Span("”", "dim")])
    if ring.heard:
        lines.append([Span(_("上次："), "dim"), free(ring.heard, "dim")])
    return lines


def _others(ring: Ring) -> list[Span]:
    line = [Span(_("备 "), "dim")]
    for one in ring.others[:2]:
        if not one.own:
            line += [free(one.name, "dim"), blank(1)]
        line += [Span(covered(one.number), "dim"), blank(2)]
    return line


def offered(rings: Sequence[Ring], offer: tuple[str, Alternate] | None) -> str:
    """Who may be rung by one key for whoever was not reached; empty where nobody may."""
    ring = next((one for one in rings if offer is not None and one.party == offer[0]), None)
    if offer is None or ring is None:
        return ""
    other = offer[1]
    said = _("{name} 未接{count} · Enter 改拨 {who} {number}")
    who = _("备用号码") if other.own else other.name
    return said.format(name=ring.name, count=ring.missed, who=who, number=covered(other.number))


def room(height: int) -> int:
    """How many people the list shows in a terminal of so many lines."""
    return FEW if height < LOW else MOST_SHOWN


def list_lines(
    rings: Sequence[Ring], at: int, told: Callable[[Ring], bool], most: int = MOST_SHOWN
) -> list[list[Span]]:
    """Everybody of the case, the one who is rung marked; a window of them around him."""
    lines = [[Span(_("名单"), "dim")]]
    top = max(0, min(at - most // 2, len(rings) - most))
    for number in range(top, min(top + most, len(rings))):
        ring, here = rings[number], number == at
        # Whom nobody heard is not done with, although the call is on the record.
        ended = told(ring) and not ring.missed
        sign = "✓" if ended else "○" if ring.waiting else "·"
        ink = "bright" if here else "dim"
        line = [
            Span("▌" if here else " ", "accent"),
            Span(f"{sign} ", "green" if ended else ink),
        ]
        line += [free(ring.unit, ink), blank(1)]
        if ring.name != ring.unit:
            line += [free(ring.name, ink), blank(1)]
        if ring.missed:
            line += [Span(_("未接{count}").format(count=ring.missed), "amber"), blank(1)]
        lines.append([*line, free(ring.heard, "dim")])
    return lines
