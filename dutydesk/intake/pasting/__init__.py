"""A pasted text: what it says, read by its labels or guessed, one order after the other."""

from __future__ import annotations

from dutydesk.intake.pasting.guard import LARGEST, is_binary, refuse_unfit
from dutydesk.intake.pasting.model import Certainty, Pasted
from dutydesk.intake.pasting.recognising import recognise
from dutydesk.intake.pasting.searching import tokens_in

__all__ = [
    "LARGEST",
    "Certainty",
    "Pasted",
    "is_binary",
    "recognise",
    "refuse_unfit",
    "tokens_in",
]
