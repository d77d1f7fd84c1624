"""A list of a procedure filled from a file: validated whole, kept beside the desk's own data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dutydesk.config import procedures, slot_files
from dutydesk.config.toml_text import nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _, language, listed
from dutydesk.workflow.slots import Counts, SlotFault, counts, faults, prescribed_kept
from dutydesk.workflow.time.zone import iso

LONGEST = 40
"""House: how many characters the name of a committee may have."""


@dataclass(frozen=True, slots=True)
class SlotFilled:
    """A filled list: its counts, and which items came and went against what stood there."""

    procedure: str
    slot: str
    counts: Counts
    added: tuple[str, ...]
    removed: tuple[str, ...]
    place: str
    dry_run: bool


def fill_slot(
    name: str, code: str, path: str | Path, at: datetime, *, dry_run: bool = False
) -> SlotFilled:
    """Fill a slot of a procedure from a file; all of it or nothing (A-36, M-4.1.1.4).

    Raises BadInput: no such procedure or slot, a slot that another command loads, a file that
    cannot be read, counts other than those of the text, a prescribed item that the text lacks.
    """
    from dutydesk.intake.books.tasks import read_tasks  # slow import

    procedure = procedures.load(name)
    source = _slot(procedures.load_unfilled(name).raw.get("slots", ()), code, name)
    if source.get("loaded_by"):
        raise BadInput(
            _("{slot} 不用 fill：用 {command} 装入").format(slot=code, command=source["loaded_by"])
        )
    entries: Sequence[Mapping[str, Any]] = read_tasks(path)
    given = source.get("entries", ())
    if given:
        fault, entries = prescribed_kept(given, entries)
        if fault is not None:
            raise BadInput(fault_words(source, (fault,), entries), file=str(path))
    if wrong := faults(source, entries):
        raise BadInput(fault_words(source, wrong, entries), file=str(path))
    before = _slot(procedure.raw.get("slots", ()), code, name).get("entries", ())
    old, new = [str(e["item"]) for e in before], [str(e["item"]) for e in entries]
    place = slot_files.place_of(procedure.name, code)
    if not dry_run:
        found = {"entries": list(entries), "file": Path(path).name, "at": iso(at)}
        slot_files.keep(place, found)
    return SlotFilled(
        procedure=procedure.name,
        slot=code,
        counts=counts(entries),
        added=tuple(item for item in new if item not in old),
        removed=tuple(item for item in old if item not in new),
        place=str(place),
        dry_run=dry_run,
    )


def fill_variant(
    name: str, code: str, path: str | Path, at: datetime, committee: str, *, dry_run: bool = False
) -> SlotFilled:
    """What one committee adds to a filled list: one plan for each of them (M-4.1.1.5).

    What is prescribed and what the street added stand in its list too, whether the file repeats
    them or not. Raises BadInput as `fill_slot` does, and where the list itself is not filled yet.
    """
    from dutydesk.intake.books.tasks import read_tasks  # slow import

    procedure, who = procedures.load(name), committee.strip()
    slot = _slot(procedure.raw.get("slots", ()), code, name)
    base = slot.get("entries", ())
    if not base:
        raise BadInput(_("{slot} 本身还没有填：先填它，再填一居一方案").format(slot=code))
    if not 0 < len(who) <= LONGEST:
        raise BadInput(_("居（村）的名称写 1 到 {most} 个字").format(most=LONGEST))
    fault, entries = prescribed_kept(base, read_tasks(path))
    wrong = (fault,) if fault is not None else faults(slot, entries)
    if wrong:
        raise BadInput(fault_words(slot, wrong, entries), file=str(path))
    old = [str(e["item"]) for e in slot.get("variants", {}).get(who, base)]
    new = [str(e["item"]) for e in entries]
    place = slot_files.place_of(procedure.name, code, who)
    if not dry_run:
        own = {"entries": list(entries[len(base) :]), "committee": who}
        slot_files.keep(place, own | {"file": Path(path).name, "at": iso(at)})
    return SlotFilled(
        procedure=procedure.name,
        slot=code,
        counts=counts(entries),
        added=tuple(item for item in new if item not in old),
        removed=tuple(item for item in old if item not in new),
        place=str(place),
        dry_run=dry_run,
    )


def fault_words(
    slot: Mapping[str, Any], wrong: Sequence[SlotFault], entries: Sequence[Mapping[str, Any]]
) -> str:
    """Why a list does not fill its slot, with the clause that counts it."""
    said = []
    for fault in wrong:
        if fault.of == "classes":
            words = _("规定的应有 {expected} 类，文件里 {found} 类")
        elif fault.of == "items":
            words = _("规定的应有 {expected} 项，文件里 {found} 项")
        elif fault.of == "named":
            words = _("文件点了名的没有写：{expected}")
        elif fault.of == "twice":
            words = _("写了两次：{found}")
        else:
            words = _("依据文件里没有 {found}：自加的请标 自选")
        said.append(words.format(expected=_told(fault.expected), found=_told(fault.found)))
    own = counts(entries).own
    if own:
        said.append(_("自选 {count} 项不算在内").format(count=own))
    clause = _("依据 {clause}").format(clause=slot["clause"]) if slot.get("clause") else ""
    return _("{slot}填不成：{why}（{clause}）；补全再填，或整张留空").format(
        slot=slot["en" if language().startswith("en") else "zh"], why="；".join(said), clause=clause
    )


def _told(value: object) -> str:
    return listed(map(str, value)) if isinstance(value, tuple) else str(value)


def _slot(slots: Sequence[Mapping[str, Any]], code: str, name: str) -> Mapping[str, Any]:
    found = next((slot for slot in slots if slot.get("code") == code), None)
    if found is None:
        known = [str(slot.get("code")) for slot in slots]
        raise BadInput(
            _("规程 {name} 没有清单 {slot}；{hint}").format(
                name=name, slot=code, hint=nearest(code, known) if known else ""
            ),
            expected=", ".join(known),
        )
    return found
