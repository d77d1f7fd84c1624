"""Lists of a procedure that its source does not give, as this desk has filled them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.slots import faults


def folder_of(procedure: str) -> Path:
    """Where the filled lists of a procedure lie, a file a list: beside the desk's own data."""
    from dutydesk.config.settings import data_folder  # slow import

    return data_folder() / "procedures" / procedure / "slots"


def with_filled(procedure: Procedure) -> Procedure:
    """The procedure with the lists that this desk has filled; itself where there is none.

    Raises BadInput for a file that cannot be read or does not fill its list any more.
    """
    folder = folder_of(procedure.name)
    slots = procedure.raw.get("slots", ())
    if not slots or not folder.is_dir():
        return procedure
    filled = [
        _with_variants(_filled(slot, folder / f"{slot['code']}.json"), folder) for slot in slots
    ]
    return replace(procedure, raw={**procedure.raw, "slots": filled})


def place_of(procedure: str, slot: str, committee: str | None = None) -> Path:
    """Where a filled list lies, or what a committee adds to it."""
    folder = folder_of(procedure)
    if committee is None:
        return folder / f"{slot}.json"
    return folder / f"{slot}.for" / f"{quote(committee, safe='')}.json"


def keep(place: Path, found: Mapping[str, Any]) -> Path:
    """Write a filled list into its place at once, or not at all; raises BadInput."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(".new")
        beside.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        beside.replace(place)
    except OSError as error:
        said = error.strerror or str(error)
        raise BadInput(_("文件写不了：{error}").format(error=said), file=str(place)) from error
    return place


def _with_variants(slot: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
    """The list with what each committee adds to it: `variants` by the committee (M-4.1.1.5)."""
    found: dict[str, Sequence[Mapping[str, Any]]] = {}
    for place in sorted((folder / f"{slot['code']}.for").glob("*.json")):
        try:
            read = json.loads(place.read_text(encoding="utf-8"))
            entries = [*slot["entries"], *_entries(read["entries"])]
            committee = str(read["committee"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise BadInput(
                _("填好的清单读不了：{error}；再填一次，或移走这个文件").format(error=error),
                file=str(place),
            ) from error
        if faults(slot, entries):
            raise BadInput(
                _("填好的清单与规程的数目对不上；再填一次，或移走这个文件"), file=str(place)
            )
        found[committee] = entries
    return {**slot, "variants": found} if found else slot


def _filled(slot: Mapping[str, Any], place: Path) -> Mapping[str, Any]:
    if not place.is_file():
        return slot
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
        entries = _entries(found["entries"])
        filled_from, filled_at = str(found["file"]), str(found["at"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            _("填好的清单读不了：{error}；再填一次，或移走这个文件").format(error=error),
            file=str(place),
        ) from error
    if faults(slot, entries):
        raise BadInput(_("填好的清单与规程的数目对不上；再填一次，或移走这个文件"), file=str(place))
    return {**slot, "entries": entries, "filled_from": filled_from, "filled_at": filled_at}


def _entries(value: object) -> Sequence[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(
        isinstance(entry, dict) and isinstance(entry.get("item"), str) for entry in value
    ):
        raise TypeError("entries")
    return value
