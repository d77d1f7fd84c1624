"""The register of grids put in from files, looked through, and its codes issued."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.desk.books import BookLoaded, Brought, put
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.check_grids import Finding, Spot, grid_findings
from dutydesk.workflow.grid_codes import form, issued
from dutydesk.workflow.grids import FIELDS, GridRecord
from dutydesk.workflow.places import Certainty

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk
    from dutydesk.intake.books.sheet import RefusedLine
    from dutydesk.storage.books import Entry
    from dutydesk.workflow.cases.model import Actor


def load_grids(desk: Desk, path: str | Path, by: Actor, *, dry_run: bool = False) -> BookLoaded:
    """Put a register of grids, or their boundaries, into the desk's; nothing is deleted.

    A field that the file has no column for stays as it is. Raises BadInput for a file that is
    refused whole, StoreError when it cannot be saved.
    """
    from dutydesk.intake.books.register import read_register  # slow import
    from dutydesk.storage.books import GRIDS  # slow import

    path = Path(path)
    read = read_register(path, _words(desk))
    only_bounds = path.suffix.lower() in (".geojson", ".json")

    def bring(known: Sequence[Entry]) -> Brought:
        there = {one.code: one.body for one in known}
        refused = list(read.refused)
        given: dict[str, Mapping[str, str]] = {}
        for code, body in read.bodies.items():
            if only_bounds and code not in there:
                refused.append(_no_grid(read.places[code], code))
                continue
            said = {**body, **_sketch(desk, path, body, dry_run=dry_run)}
            given[code] = dict.fromkeys(FIELDS, "") | dict(there.get(code, {})) | said
        return Brought(given, tuple(refused), read.rows)

    return put(desk, GRIDS, path, by, bring, _named, dry_run=dry_run)


def _no_grid(number: int, code: str) -> RefusedLine:
    from dutydesk.intake.books.sheet import RefusedLine  # slow import

    why = _("台账里没有这个网格：先装入台账，再装入边界")
    return RefusedLine("", number, "code", code, why)


def _named(code: str, body: Mapping[str, str]) -> str:
    return f"{code} {body.get('name', '')}".strip()


def _words(desk: Desk) -> dict[str, dict[str, str]]:
    """What levels and kinds are called, each with its code in the procedure."""
    raw = desk.ground.procedure.raw
    return {
        field: {
            str(entry[tongue]): str(entry["code"])
            for entry in raw.get(table, ())
            for tongue in ("zh", "en")
        }
        for field, table in (("level", "levels"), ("kind", "grid_kinds"))
    }


def _sketch(desk: Desk, path: Path, body: Mapping[str, str], *, dry_run: bool) -> dict[str, str]:
    """The sketch as it is kept: its name and the digest of the copy, or the name alone."""
    named = body.get("sketch")
    if not named:
        return {}
    file = path.parent / named
    if not file.is_file():
        return {"sketch": named}
    if dry_run or desk.files is None:
        return {"sketch": f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}"}
    kept = desk.files.copied(str(file))
    return {"sketch": f"{kept['file']} {kept['digest']}".strip()}


def check_grids(desk: Desk, spots_file: str | Path | None = None) -> tuple[Finding, ...]:
    """What is wrong or odd with the grids, and which places lie in none or in two.

    Places are the members of the grids, the estates and roads of the places file, and those of
    `spots_file` (a table of 地点, 经度, 纬度) against the boundaries.
    """
    from dutydesk.intake.books.register import read_spots  # slow import

    with desk.store.reading() as connection:
        desk.ground.books.look(connection)
    grids, raw = desk.ground.books.grids, desk.ground.procedure.raw
    spots = [Spot(name, (x, y)) for name, x, y in read_spots(spots_file)] if spots_file else []
    return (*grid_findings(grids, raw, spots), *_of_places(desk))


def _of_places(desk: Desk) -> list[Finding]:
    """Estates that the places file gives to two grids; a road may cross several, that is no fault.

    Such a place is asked for when a case comes from it.
    """
    places = desk.ground.places
    found = []
    for name in dict.fromkeys(name for grid in places.grids for name in grid.estates):
        at = places.locate(name)
        if at.certainty is not Certainty.CERTAIN:
            codes = [grid.code for grid in at.candidates]
            found.append(Finding("in_two_grids", name, {"grids": codes}))
    return found


def next_code(desk: Desk, above: str) -> str:
    """The next code under one above; a code that was ever given is not given again (B-2.2.7).

    Raises BadInput where the procedure has no codes, or the code above does not fit.
    """
    with desk.store.reading() as connection:
        desk.ground.books.look(connection)
    rule = desk.ground.procedure.values.get("grid_code")
    if not rule:
        raise BadInput(_("这个规程没有说网格怎样编码"))
    used = [one.code for one in desk.ground.books.grids.records]
    try:
        return issued(above.strip(), used, rule)
    except ValueError as error:
        raise BadInput(
            _("“{above}”下面编不出编码").format(above=above), expected=form(rule)
        ) from error


def record(desk: Desk, text: str) -> tuple[GridRecord, ...]:
    """The grids that a code or a name means; raises BadInput where there is none."""
    found = desk.ground.books.grids.find(text)
    if not found:
        raise BadInput(
            _("台账里没有网格“{text}”").format(text=text),
            expected=_("dutydesk grids list 列出的编码或名称"),
        )
    return found
