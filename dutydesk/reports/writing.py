"""What a paper is written from, and the lines it is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import Words
from dutydesk.views.papers import CaseFile
from dutydesk.workflow.cases.model import Actor


class Row(NamedTuple):
    """One line of a paper: what it is, and what it says."""

    label: str
    value: str


class Part(NamedTuple):
    """Lines under a heading of their own."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Writing:
    """What a paper is written from: the case, the words, the moment, who writes, and to whom."""

    file: CaseFile
    words: Words
    now: datetime
    by: Actor
    to: str | None = None
    drill: bool = False

    @property
    def card(self) -> CaseCard:
        return self.file.card
