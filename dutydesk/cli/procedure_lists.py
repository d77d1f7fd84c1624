"""Which of the lists that a procedure waits for this desk has loaded, and in which edition."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from dutydesk.cli import here
from dutydesk.errors import DeskError
from dutydesk.i18n import language, use
from dutydesk.workflow.procedure import Procedure


class Held(NamedTuple):
    """A list as it stands in the store: its newest edition, how many entries, when it came."""

    edition: int
    size: int
    at: datetime


def held(procedure: Procedure) -> Mapping[str, Held]:
    """The loaded lists by the code of their slot; none where this desk runs another procedure.

    A procedure is shown without settings and store too: what cannot be opened holds nothing.
    """
    slots = {
        str(slot["code"]): str(slot["loaded_by"]).split()[1]
        for slot in procedure.raw.get("slots", ())
        if slot.get("loaded_by")
    }
    if not slots:
        return {}
    from dutydesk.bootstrap import open_desk  # slow import
    from dutydesk.storage import books  # slow import

    spoken = language()
    try:
        desk = open_desk(here.settings(), only_read=True)
    except DeskError:
        return {}
    finally:
        use(spoken)
    try:
        if desk.ground.procedure.rule != procedure.rule:
            return {}
        with desk.store.reading() as connection:
            made = {book: books.editions(connection, book)[:1] for book in slots.values()}
            return {
                code: Held(newest.number, len(books.entries(connection, book)), newest.at)
                for code, book in slots.items()
                for newest in made[book]
            }
    finally:
        desk.close()
