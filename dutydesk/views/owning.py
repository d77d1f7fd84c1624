"""Which level answers for a case, with its head, and what the procedure keeps beside the case."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from dutydesk.text import mask_numbers
from dutydesk.views.labels import Words
from dutydesk.views.people import holder
from dutydesk.views.question import Context
from dutydesk.workflow.cases.model import Case


class Owner(NamedTuple):
    """The level that answers for a case: its code and name, the office of its head as the text has
    it, and who holds that post now; `default` is one that nobody named."""

    level: str
    label: str
    head: str
    name: str
    default: bool


class KeptRow(NamedTuple):
    """One field that the procedure keeps beside the case: name, label, value, and its name."""

    name: str
    label: str
    value: str
    value_label: str


def owner_of(case: Case, context: Context, at: datetime) -> Owner | None:
    """The level named by the case's own field, else the one that answers by default.

    None under a procedure that has neither (K-1.3, K-3.2, K-5.2.5).
    """
    procedure = context.procedure
    levels = procedure.raw.get("levels", ())
    named = dict(case.extra).get(str(procedure.values.get("owner_field", "")))
    found = next((level for level in levels if level.get("code") == named), None)
    default = found is None
    if found is None:
        found = next((level for level in levels if level.get("default_owner")), None)
    if found is None:
        return None
    words, post = Words(procedure, context.language), found.get("head_post")
    name = holder(context, at, post) if post else ""
    label = found["en"] if words.lang.startswith("en") else found["zh"]
    return Owner(str(found["code"]), str(label), str(found.get("head", "")), name, default)


def kept_of(case: Case, words: Words) -> tuple[KeptRow, ...]:
    """What the procedure keeps beside the case, in its own order."""
    kept = dict(case.extra)
    rows = []
    for name in words.procedure.values.get("kept", ()):
        if name in kept:
            value = mask_numbers(kept[name])
            rows.append(KeptRow(name, words.field(name), value, words.choice(name, value)))
    return tuple(rows)
