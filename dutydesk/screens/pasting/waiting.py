"""Pasted orders that are not registered yet: kept with the drafts, so that nothing loses them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from dutydesk.intake.pasting import Pasted
from dutydesk.screens.forms.drafts import Drafts
from dutydesk.workflow.cases.decide import plain

PASTE = "paste"
OPEN = "open"


class Waiting(NamedTuple):
    """One order that waits: its key among the drafts, its fields as JSON, which were guessed.

    `standing` is what the text says of it above (open, urged, returned, withdrawn), `word` its
    words for that; `caller_lost` says that its caller was not kept over a restart, because nothing
    personal is written into a file of drafts.
    """

    key: str
    fields: Mapping[str, Any]
    guessed: frozenset[str]
    standing: str = OPEN
    word: str = ""
    caller_lost: bool = False


def put(drafts: Drafts, pasted: Pasted) -> Waiting:
    """Keep an order until it is registered or thrown away; the same order is kept once.

    One that lost its caller over a restart has him again when it is pasted anew.
    """
    fields = {name: plain(value) for name, value in pasted.fields.items()}
    standing = pasted.standing
    rest = {name: value for name, value in fields.items() if name != "caller"}
    held = next(
        (o for o in all_of(drafts) if o.fields == (rest if o.caller_lost else fields)), None
    )
    if held is not None and standing in (OPEN, held.standing) and not held.caller_lost:
        return held
    last = max((int(one.key) for one in all_of(drafts) if one.key.isdecimal()), default=0)
    key = held.key if held is not None else str(last + 1)
    more = {"standing": standing, "word": pasted.word, "had_caller": "caller" in fields}
    drafts.keep(PASTE, key, {"fields": fields, "guessed": sorted(pasted.guessed), **more})
    return Waiting(key, fields, pasted.guessed, standing, pasted.word)


def all_of(drafts: Drafts) -> tuple[Waiting, ...]:
    """The orders that wait, in the order they came."""
    found = []
    for key, draft in drafts.of(PASTE).items():
        fields, guessed = draft.get("fields"), draft.get("guessed")
        if isinstance(fields, Mapping) and isinstance(guessed, (list, tuple)):
            lost = draft.get("had_caller") is True and "caller" not in fields
            standing, word = str(draft.get("standing") or OPEN), str(draft.get("word") or "")
            sure = frozenset(map(str, guessed))
            found.append(Waiting(key, fields, sure, standing, word, lost))
    return tuple(found)


def find(drafts: Drafts, key: str) -> Waiting | None:
    """The order with this key, None once it is registered or thrown away."""
    return next((one for one in all_of(drafts) if one.key == key), None)


def drop(drafts: Drafts, key: str) -> None:
    """The order waits no more, nor what was typed into its form."""
    drafts.drop(PASTE, key)
    drafts.drop("register", draft_of(key))


def draft_of(key: str) -> str:
    """Under what name the drafts hold what was typed into the form of an order."""
    return f"#{key}"
