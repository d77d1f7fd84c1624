"""The category tree put in from a file: added to and changed, never cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.desk.books import BookLoaded, Brought, put
from dutydesk.workflow.categories import of_procedure

if TYPE_CHECKING:
    from dutydesk.desk.door import Desk
    from dutydesk.storage.books import Entry
    from dutydesk.workflow.cases.model import Actor


def load_categories(
    desk: Desk, path: str | Path, by: Actor, *, dry_run: bool = False
) -> BookLoaded:
    """Put a category tree, or a few lines of one, into the desk's; nothing is deleted.

    A category that is not to be picked any more is retired (停用). Raises BadInput for a file that
    is refused whole, StoreError when it cannot be saved.
    """
    from dutydesk.intake.books.tree import read_tree  # slow import
    from dutydesk.storage.books import CATEGORIES  # slow import

    own = {one.code: one.name for one in of_procedure(desk.ground.procedure.raw)}

    def bring(known: Sequence[Entry]) -> Brought:
        there = own | {one.code: str(one.body["name"]) for one in known}
        read = read_tree(path, there)
        return Brought(read.bodies, read.refused, read.rows)

    return put(desk, CATEGORIES, path, by, bring, _named, dry_run=dry_run)


def _named(code: str, body: Mapping[str, str]) -> str:
    name = str(body.get("name", ""))
    return name if code.endswith(name) else f"{code} {name}"
