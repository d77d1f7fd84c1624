"""What the keeper of the clock does besides sweeping: the board and the inbox, by the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from dutydesk.bootstrap import store_file
from dutydesk.config.settings import Settings, data_folder
from dutydesk.daemon.inbox import Inbox
from dutydesk.desk import Desk
from dutydesk.desk.boards import write_board
from dutydesk.desk.turns import my_turn

PRESENT_S = 60
"""How long after its last sign a process still counts as keeping the clock."""
Pause = Callable[[], None]
"""Called by a long errand between two steps: what has fallen due is swept meanwhile."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something an operator should read: `subject` says whose it is, so that it is told once."""

    subject: str
    text: str
    fault: bool = True


@dataclass(frozen=True, slots=True)
class Errand:
    """Work done in the desk's thread every so often, and `at_handover` whenever the desk moves.

    What it cannot do it raises as a DeskError; the keeper tells it once and tries again.
    """

    name: str
    every: timedelta
    do: Callable[[Desk, Pause], Sequence[Notice]]
    at_handover: bool = False


def board_folder(settings: Settings) -> Path:
    """Where the board is written: as set, else beside the store."""
    if settings.board.folder:
        return settings.path(settings.board.folder)
    store = store_file(settings)
    return (store.parent if store is not None else data_folder()) / "board"


def presence_of(holder: str) -> Errand:
    """Says in the store that this process keeps the clock without a screen, while it runs.

    Whoever leaves the desk is told so; `holder` is how the process is named to him.
    """

    def stay(desk: Desk, pause: Pause) -> Sequence[Notice]:
        my_turn(desk, "watch", holder, PRESENT_S)
        return ()

    return Errand("present", timedelta(seconds=PRESENT_S / 3), stay)


def errands_of(settings: Settings, holder: str) -> tuple[Errand, ...]:
    """The board, and the inbox where a folder is set."""
    folder, keep = board_folder(settings), settings.board.keep

    def board(desk: Desk, pause: Pause) -> Sequence[Notice]:
        write_board(desk, folder, keep)
        return ()

    found = [Errand("board", settings.board.every, board, at_handover=True)]
    if settings.inbox.folder:
        inbox = Inbox(settings.path(settings.inbox.folder), holder)

        def poll(desk: Desk, pause: Pause) -> Sequence[Notice]:
            taken = inbox.poll(desk, pause)
            return [Notice(f"inbox:{one.file}", one.said, fault=not one.done) for one in taken]

        every = timedelta(seconds=settings.inbox.every_seconds)
        found.append(Errand("inbox", every, poll))
    return tuple(found)
