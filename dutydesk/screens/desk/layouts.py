"""Where everything stands, on purpose for each size: four layouts and a plain message."""

from __future__ import annotations

from typing import NamedTuple

LEAST_WIDTH, LEAST_HEIGHT = 72, 20
"""Below this nothing can be read that must be read; 80×24 is what we ask for."""

PEOPLE = 8
"""A heading and a line for each of the seven posts."""
LEAST_WITH_PEOPLE = 30
"""Below this the body has no room for all posts beside a case: the two heads fall away."""


class Box(NamedTuple):
    """A rectangle of the screen in cells."""

    x: int
    y: int
    width: int
    height: int


class Layout(NamedTuple):
    """The boxes by the name of their widget; a widget without a box is not shown."""

    name: str
    boxes: dict[str, Box]


def layout(width: int, height: int) -> Layout:
    """The layout for a terminal of this size."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return Layout("none", {"too-small": Box(0, 0, width, height)})
    boxes = {
        "header": Box(0, 0, width, 2),
        "rule-top": Box(0, 2, width, 1),
        "rule-foot": Box(0, height - 3, width, 1),
        "alarm": Box(0, height - 2, width, 1),
        "keys": Box(0, height - 1, width, 1),
    }
    body = Box(0, 3, width, height - 6)
    name, more = _body(body, width, height)
    return Layout(name, boxes | more)


def _body(body: Box, width: int, height: int) -> tuple[str, dict[str, Box]]:
    if width >= 200 and height >= 34:
        return "wide", _wide(body)
    if height >= 30 and (width >= 140 or (width >= 110 and height < 44)):
        return "side", _side(body)
    if width >= 90 and height >= 44:
        return "tall", _tall(body)
    return "small", _small(body)


def _small(body: Box) -> dict[str, Box]:
    """Queue above, two lines for the selected case below; more of it where there is room."""
    case = 2 if body.height < 22 else min(12, 2 + (body.height - 18) // 2)
    queue = body.height - case - 1
    return {
        "queue": Box(0, body.y, body.width, queue),
        "rule-case": Box(0, body.y + queue, body.width, 1),
        "case": Box(0, body.y + queue + 1, body.width, case),
    }


def _side(body: Box) -> dict[str, Box]:
    """Queue left; case, notes and people right: the case gives way, never the people.

    Every post has its line: the leads, commander, inspector and the two heads.
    """
    right = max(41, min(66, body.width * 34 // 100))
    queue, x = body.width - right - 1, body.width - right
    duty, notes = PEOPLE if body.height >= LEAST_WITH_PEOPLE else 6, 4
    case = body.height - duty - notes - 2
    y = body.y + case
    return {
        "queue": Box(0, body.y, queue, body.height),
        "wall-queue": Box(queue, body.y, 1, body.height),
        "case": Box(x, body.y, right, case),
        "rule-notes": Box(x, y, right, 1),
        "notes": Box(x, y + 1, right, notes),
        "rule-duty": Box(x, y + 1 + notes, right, 1),
        "duty": Box(x, y + 2 + notes, right, duty),
    }


def _tall(body: Box) -> dict[str, Box]:
    """Queue on top, the case in two columns below, notes and people at the foot."""
    rail = PEOPLE
    queue = max(14, (body.height - rail - 2) * 31 // 46)
    case = body.height - queue - rail - 2
    left = body.width * 52 // 100
    y, foot = body.y + queue + 1, body.y + body.height - rail
    return {
        "queue": Box(0, body.y, body.width, queue),
        "rule-case": Box(0, body.y + queue, body.width, 1),
        "case": Box(0, y, left, case),
        "wall-case": Box(left, y, 1, case),
        "trail": Box(left + 1, y, body.width - left - 1, case),
        "rule-duty": Box(0, foot - 1, body.width, 1),
        "notes": Box(0, foot, left, rail),
        "wall-duty": Box(left, foot, 1, rail),
        "duty": Box(left + 1, foot, body.width - left - 1, rail),
    }


def _wide(body: Box) -> dict[str, Box]:
    """Queue, case and rail side by side."""
    queue = body.width * 110 // 232
    rail = max(44, body.width * 46 // 232)
    case = body.width - queue - rail - 2
    x, right = queue + 1, queue + case + 2
    card = body.height * 26 // 56
    duty, lists = PEOPLE, (body.height - PEOPLE - 3) // 3
    y = body.y + duty + 1
    owed, soon = y + lists + 1, y + 2 * (lists + 1)
    return {
        "queue": Box(0, body.y, queue, body.height),
        "wall-queue": Box(queue, body.y, 1, body.height),
        "case": Box(x, body.y, case, card),
        "rule-case": Box(x, body.y + card, case, 1),
        "trail": Box(x, body.y + card + 1, case, body.height - card - 1),
        "wall-case": Box(right - 1, body.y, 1, body.height),
        "duty": Box(right, body.y, rail, duty),
        "rule-duty": Box(right, body.y + duty, rail, 1),
        "notes": Box(right, y, rail, lists),
        "rule-notes": Box(right, owed - 1, rail, 1),
        "owed": Box(right, owed, rail, lists),
        "rule-owed": Box(right, soon - 1, rail, 1),
        "soon": Box(right, soon, rail, body.y + body.height - soon),
    }
