"""A paper on a case of this desk, written for whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dutydesk.desk.acting import UnknownCase
from dutydesk.reports.papers import Paper, addressed, paper
from dutydesk.reports.writing import Writing
from dutydesk.views.papers import CasePapers
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk


def write(desk: Desk, no: str, kind: str, by: Actor, to: str | None = None) -> Paper:
    """The paper of a kind on a case; a contact sheet goes `to` a party, else who owes first.

    Raises UnknownCase, and BadInput where the case has no such paper or party.
    """
    file = desk.read(CasePapers(no))
    if file is None:
        raise UnknownCase(no)
    writing = Writing(file, desk.words, desk.now(), by, to, desk.context.drill)
    return paper(kind, writing)


def addressees(desk: Desk, no: str) -> tuple[str, ...]:
    """To whom a contact sheet on a case can go, in the order of their numbers."""
    file = desk.read(CasePapers(no))
    return addressed(file.card) if file is not None else ()
