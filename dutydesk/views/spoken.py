"""A moment as it is said in lists and sentences, without which nobody knows the day."""

from __future__ import annotations

from datetime import datetime

from dutydesk.text import absolute
from dutydesk.workflow.time.zone import midnight, to_local


def spoken(at: datetime, now: datetime, lang: str) -> str:
    """A moment as one says it, the time of day always with it; midnight ends the day before."""
    here = to_local(at)
    said = absolute(here, now, lang)
    if ":" in said:
        return said
    ends = here > now and here == midnight(here.date())
    return f"{said} 24:00" if ends else f"{said} {here:%H:%M}"
