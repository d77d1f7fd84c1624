"""A text that ends with when: 回电 +20 is a note with its time, typed in one go."""

from __future__ import annotations

import re

from dutydesk.config.when import BadWhen, parse_when
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.text import fold

_WHEN = re.compile(r"(?:^|\s)(\+\d{1,4})\s*$")


def noted(scene: Scene, given: Values) -> dict[str, object]:
    """The time that a note's text ends with, as its reminder; nothing where it ends otherwise."""
    found = _WHEN.search(fold(str(given.get("text") or "")))
    if found is None:
        return {}
    try:
        return {"remind_at": parse_when(found[1], scene.now, ahead=True)}
    except BadWhen:
        return {}
