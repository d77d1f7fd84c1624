"""A list as the drafts keep it: its lines, when each was typed, and the line that was begun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from dutydesk.config.timed_lines import Typed
from dutydesk.errors import BadInput
from dutydesk.workflow.time.zone import iso, parse_instant


def as_draft(typed: Sequence[Typed], begun: str) -> dict[str, Any]:
    """What the drafts keep; nothing where nothing was typed."""
    if not typed and not begun.strip():
        return {}
    return {
        "lines": [one.text for one in typed],
        "typed_at": [iso(one.at) for one in typed],
        "begun": begun,
    }


def typed_before(kept: Mapping[str, Any], now: datetime) -> list[Typed]:
    """The lines of a draft, each with the moment of its typing; one without is of now."""
    lines, moments = kept.get("lines"), kept.get("typed_at")
    texts = [str(one) for one in lines] if isinstance(lines, list) else []
    told = [str(one) for one in moments] if isinstance(moments, list) else []
    found = []
    for place, text in enumerate(texts):
        at = now
        with suppress(BadInput, IndexError):
            at = min(parse_instant(told[place]), now)
        found.append(Typed(text, at))
    return found
