"""Who was rung and not reached, and when he is rung again (A-05)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from dutydesk.workflow.procedure import Procedure

UNANSWERED = frozenset(("no_answer", "busy"))
"""The outcomes of a call that nobody heard; a word that was left was."""
RETRY_MIN = 5
"""House, where the procedure names no other (`retry_min`)."""


class Rung(Protocol):
    """One call, of a case or of its card."""

    @property
    def party(self) -> str: ...
    @property
    def outcome(self) -> str: ...
    @property
    def at(self) -> datetime: ...


def unanswered(calls: Iterable[Rung], party: str) -> int:
    """How many calls to the party in a row, up to the latest, nobody heard."""
    count = 0
    for call in calls:
        if call.party == party:
            count = count + 1 if call.outcome in UNANSWERED else 0
    return count


def again_at(calls: Iterable[Rung], party: str, procedure: Procedure) -> datetime | None:
    """When the party is to be rung again; None where the latest call was heard, or none was."""
    last = None
    for call in calls:
        if call.party == party:
            last = call
    if last is None or last.outcome not in UNANSWERED:
        return None
    return last.at + retry(procedure)


def retry(procedure: Procedure) -> timedelta:
    """How long after an unanswered call the next one is due (A-05; house)."""
    return timedelta(minutes=int(procedure.values.get("retry_min", RETRY_MIN)))
