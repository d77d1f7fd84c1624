"""Several acts in one transaction, each judged after those before it; kept, or only looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from dutydesk.desk.acting import Acting
from dutydesk.desk.answers import Done
from dutydesk.storage import Unit
from dutydesk.views.question import Answer, Context, Question, Reading
from dutydesk.workflow.cases.acts import Act

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk
    from dutydesk.storage.keys import Kept


class AsOf:
    """The record as it is inside an unfinished unit, asked at a moment that lies back."""

    def __init__(self, desk: Desk, unit: Unit, at: datetime) -> None:
        self.context: Context = desk.context
        self._unit = unit
        self._at = at

    def now(self) -> datetime:
        """The moment."""
        return self._at

    def read(self, question: Question[Answer]) -> Answer:
        """The answer from what the unit holds so far."""
        return question.answer(Reading(self._unit.connection, self._at), self.context)


class Entering:
    """One unfinished unit: what was done before, what is done now, what the record says then."""

    def __init__(self, desk: Desk, unit: Unit) -> None:
        self._desk, self._unit = desk, unit
        self._acting = Acting(unit, desk.ground, desk.words)

    def before(self, key: str) -> Kept | None:
        """The act that was done under a key."""
        return self._unit.kept(key)

    def do(self, act: Act) -> Done:
        """Do one act. Raises Refused or BadInput: then it left nothing."""
        return self._acting.do(act)

    def as_of(self, at: datetime) -> AsOf:
        """The record so far, asked at a moment."""
        return AsOf(self._desk, self._unit, at)


class _OnlyLooked(Exception):
    """Takes back what was done for looking at it."""


@contextmanager
def entering(desk: Desk, *, keep: bool) -> Iterator[Entering]:
    """One transaction; without `keep` nothing of it stays. Raises StoreError."""
    try:
        with desk.store.unit() as unit:
            yield Entering(desk, unit)
            if not keep:
                raise _OnlyLooked
    except _OnlyLooked:
        return
