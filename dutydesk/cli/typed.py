"""A moment typed behind an option, in the same ways as in a form."""

from __future__ import annotations

from datetime import datetime

from dutydesk.config.time_words import when_message
from dutydesk.config.when import BadWhen, parse_when
from dutydesk.errors import BadInput


def read_when(text: str, now: datetime) -> datetime:
    """The moment that `-7`, `2210` or an ISO time names; BadInput in plain words for none."""
    try:
        return parse_when(text, now)
    except BadWhen as error:
        raise BadInput(when_message(error)) from error
