"""A pasted text at the desk: what of it is known already, what happened to it, what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dutydesk.desk.answers import Done
from dutydesk.desk.arriving import Arriving, Judged
from dutydesk.desk.comparing import said_of, shown
from dutydesk.desk.owing import owe
from dutydesk.desk.placing import Placing
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.intake import OWN, Row, find_layout, load_layouts
from dutydesk.intake.checking import CHANNELS
from dutydesk.intake.pasting import Certainty, Pasted, recognise, tokens_in
from dutydesk.storage import Batch, Unit, batches
from dutydesk.storage.queries.arrivals import Arrival, last_of
from dutydesk.text import mask_numbers
from dutydesk.views.happened import happened
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.decide import plain
from dutydesk.workflow.cases.model import Actor, Case
from dutydesk.workflow.places import normalise

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk

PASTE = "paste"
URGER = Actor("system", PASTE)
"""Who marks what was urged, returned or withdrawn above before it came here."""
STANDINGS = {"urged": "upstream_urged", "returned": "upstream_returned", "withdrawn": "withdraw"}
"""The act that says at a new case what a paste says of its standing above."""
KINDS = ("import", PASTE)
"""What was last said of a case may have come in a file or in a paste."""
COMPARED = ("place", "description", "category", "caller", "upstream_due", "occurred_at", "urgent")


@dataclass(frozen=True, slots=True)
class Told:
    """One order of a paste beside the record.

    `kind` is new, known or unreadable. Of a known one `case` is its number, `kinds` say what
    happened (fields, due_moved, urged, returned, withdrawn, standing; empty: unchanged) and
    `changes` give each field's old and new value as they may be listed; `refused` is the reason
    for which the case does not take it. `batch` names the entry once it is taken.
    """

    pasted: Pasted
    kind: str
    case: str | None = None
    kinds: tuple[str, ...] = ()
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    refused: Refused | None = None
    batch: str | None = None

    @property
    def unchanged(self) -> bool:
        """A known order of which the paste says nothing new."""
        return self.kind == "known" and not self.kinds and self.refused is None


class _Preview(Exception):
    """Ends the transaction of a look, so that nothing of it stays."""


def look_at_paste(desk: Desk, text: str) -> tuple[Told, ...]:
    """What a pasted text holds, beside the record; nothing is written. Raises BadInput."""
    orders = recognise(text, desk.ground.places, desk.now())
    found: list[Told] = []
    try:
        with desk.store.unit() as unit:
            found = [_told(desk, unit, one, "") for one in orders]
            raise _Preview
    except _Preview:
        return tuple(found)


def take_paste(desk: Desk, pasted: Pasted, by: Actor) -> Told:
    """Write what an order of a paste says of its known case, as a batch of one row that can be
    taken back. Raises BadInput for an order that is not known, Refused where the case refuses."""
    with desk.store.unit() as unit:
        batch = unit.next_batch(desk.now().date())
        told = _told(desk, unit, pasted, batch, by)
        if told.kind != "known":
            raise BadInput(_("这件还没有登记，没有可以记入的案件"))
        if told.refused is not None:
            raise told.refused
        return told


def keep_standing(desk: Desk, no: str, at: datetime, standing: str, word: str) -> Done | None:
    """What a paste says of the standing above, at the case that was registered from it.

    Urged gives 催, returned 回, withdrawn ends it at once: by the system, as an import does, so
    that nothing of it is owed to the platform. None where there is nothing to say, or the
    procedure has no such act. Raises Refused where the case refuses.
    """
    kind = desk.ground.procedure.acts.get(STANDINGS.get(standing, ""))
    if kind is None:
        return None
    named = kind.field("reason") is not None
    fields: dict[str, object] = {"reason": word or happened([standing])} if named else {}
    return desk.execute(Act(kind.verb, URGER, at, desk.now(), no, fields))


def _told(desk: Desk, unit: Unit, pasted: Pasted, batch: str, by: Actor | None = None) -> Told:
    case = _known(unit, pasted)
    if case is None:
        return Told(pasted, "unreadable" if pasted.unreadable else "new")
    digest = sha256(pasted.text.encode("utf-8")).hexdigest()
    if batches.last_of_file(unit.connection, digest, PASTE) is not None:
        return Told(pasted, "known", case.no)
    arrival = last_of(unit.connection, [case.no], KINDS).get(case.no)
    row = _row(pasted, case, arrival)
    try:
        judged = _arriving(desk, unit, batch, row).known(row, case, arrival)
    except Refused as refused:
        return Told(pasted, "known", case.no, refused=refused)
    if by is not None and judged.result == "changed":
        unit.save_many(judged.items)
        owe(unit, desk.ground.procedure, [item[0] for item in judged.items], batch)
        unit.save_batch(_record(desk, batch, digest, by, row), [judged.line])
    detail = judged.line.detail
    changes = {n: (old, new) for n, (old, new) in detail.get("changes", {}).items()}
    return Told(
        pasted, "known", case.no, tuple(detail.get("kinds", ())), changes, batch=batch or None
    )


def _known(unit: Unit, pasted: Pasted) -> Case | None:
    """The case that the paste speaks of: by its number, else by the one number in it that is
    known, from above or our own."""
    numbers = (pasted.number,) if pasted.number else tokens_in(pasted.text)
    cases = _by_numbers(unit, numbers, str(pasted.fields.get("channel") or ""))
    return cases[0] if len(cases) == 1 else None


def _by_numbers(unit: Unit, numbers: tuple[str, ...], first: str) -> list[Case]:
    """The cases under these numbers; where several channels know one, that of the paste."""
    found: dict[str, Case] = {}
    for channel in dict.fromkeys((*((first,) if first in CHANNELS else ()), *CHANNELS)):
        for number, case in unit.cases_by_external(channel, numbers).items():
            found.setdefault(number, case)
    for number in numbers:
        own = None if number in found else unit.case(number)
        if own is not None:
            found[number] = own
    return list({case.no: case for case in found.values()}.values())


def _row(pasted: Pasted, case: Case, arrival: Arrival | None) -> Row:
    """The paste as a row: only what its labels say is compared, and only where it says more than
    other blanks, a cover over a name, or a part of the matter that is known."""
    before = arrival.detail.get("said", {}) if arrival is not None else said_of(case)
    urged = pasted.standing == "urged"
    urges = arrival.detail.get("urges") if arrival is not None else None
    fields: dict[str, object] = {
        "channel": case.channel,
        "external_no": case.external_no or case.no,
    }
    for name in COMPARED:
        read = pasted.certainty.get(name) is Certainty.READ
        if read and _says_more(name, before.get(name), pasted.fields[name]):
            fields[name] = _value(name, before.get(name), pasted.fields[name])
    standing = pasted.standing if pasted.standing in ("returned", "withdrawn") else "open"
    return Row(
        1,
        fields,
        False,
        None,
        {"状态": pasted.word or pasted.standing, "粘贴": pasted.text},
        standing="urged" if urged else standing,
        urges=int(urges or 0) + 1 if urged else urges,
    )


def _says_more(name: str, old: Any, new: Any) -> bool:
    """Whether a pasted value says something else than what is known."""
    if name == "caller":
        known = old if isinstance(old, Mapping) else {}
        return bool(new.get("phone")) and new["phone"] != known.get("phone")
    if not isinstance(new, str) or not isinstance(old, str):
        return True
    short, long = sorted((normalise(_plain(old)), normalise(_plain(new))), key=len)
    return not short or short not in long


def _plain(text: str) -> str:
    return "".join(c for c in text if c.isalnum() and not c.isdecimal()) or text


def _value(name: str, old: Any, new: Any) -> object:
    if name == "caller" and isinstance(old, Mapping):
        return {"name": new.get("name") or old.get("name") or "", "phone": new.get("phone") or ""}
    return new


class _Message(Arriving):
    """A paste is a message of its own: what it says of the standing is news each time."""

    def known(self, row: Row, case: Case, arrival: Arrival | None) -> Judged:
        """What the row does to its case. Raises Refused."""
        if arrival is not None:
            arrival = arrival._replace(detail={**arrival.detail, "standing": "open"})
        return self._known_row(row, case, arrival)


def _arriving(desk: Desk, unit: Unit, batch: str, row: Row) -> _Message:
    now = desk.now()
    return _Message(
        unit,
        batch,
        now,
        layout=find_layout(OWN, load_layouts()),
        covered=frozenset(row.fields) - {"channel", "external_no"},
        placing=Placing(desk.ground.places),
        rules=lambda area: desk.ground.rules(unit.duty(area), now),
        home=desk.ground.area,
        history=False,
    )


def _record(desk: Desk, batch: str, digest: str, by: Actor, row: Row) -> Batch:
    return Batch(
        id=batch,
        kind=PASTE,
        area=desk.ground.area,
        file=_("粘贴"),
        at=desk.now(),
        by=str(by),
        digest=digest,
        layout=OWN,
        channel=str(row.fields["channel"]),
        rows=1,
        changed=1,
        detail={"columns": list(row.raw)},
    )


def listed(told: Told) -> dict[str, Any]:
    """An order as JSON: its fields as they may be listed, which were guessed, what is known."""
    fields = {n: _covered(shown(n, plain(v))) for n, v in told.pasted.fields.items()}
    if told.pasted.number:
        fields["external_no"] = told.pasted.number
    changes = {name: [_covered(value) for value in pair] for name, pair in told.changes.items()}
    return {
        "kind": told.kind,
        "case": told.case,
        "fields": fields,
        "guessed": sorted(told.pasted.guessed),
        "standing": told.pasted.standing,
        "kinds": list(told.kinds),
        "changes": changes,
        "unreadable": told.pasted.unreadable or None,
    }


def _covered(value: object) -> object:
    return mask_numbers(value) if isinstance(value, str) else value
