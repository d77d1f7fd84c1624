"""The threads that send: one per channel, so that a slow platform holds up nobody else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread

from dutydesk.errors import DeskError
from dutydesk.notify.office import Office
from dutydesk.notify.one_post import one_post
from dutydesk.storage import sending

log = logging.getLogger("dutydesk.notify")
LOOK_S = 1.0
"""How often a channel looks whether the record has moved."""
STOP_S = 2.0
"""How long the end of the program waits for a request that is on its way; then it is UNKNOWN."""


class Sender:
    """Sends what one channel carries until it is stopped; idle while the record stands still."""

    def __init__(self, office: Office, on_fault: Callable[[str], None] | None = None) -> None:
        self._office = office
        self._stop = Event()
        self._mark: int | None = None
        self._again = False
        self._on_fault = on_fault or (lambda said: log.warning("%s: %s", office.channel.name, said))
        self._told = ""
        self._thread = Thread(target=self._run, name=f"send-{office.channel.name}", daemon=True)

    def start(self) -> None:
        """Begin in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Send nothing more; a request on its way is waited for a moment."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(STOP_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.look()
                self._told = ""
            except DeskError as error:
                self._say(error.message)
            except Exception as error:
                log.exception("a fault in channel %s", self._office.channel.name)
                self._say(f"{type(error).__name__}: {error}")
            self._stop.wait(LOOK_S)

    def look(self) -> int:
        """Send whatever may be sent now; gives how many requests were made."""
        if not self._moved():
            return 0
        sent = 0
        self._office.settle()
        if not self._waits():
            self._again = False
            return 0
        while not self._stop.is_set() and one_post(self._office):
            sent += 1
        self._again = self._waits()
        return sent

    def _moved(self) -> bool:
        mark = self._office.store.change_mark()
        moved, self._mark = mark != self._mark, mark
        return moved or self._again

    def _waits(self) -> bool:
        """Whether something is still there that time alone will let go."""
        with self._office.store.reading() as connection:
            return sending.unfinished(connection, self._office.area, self._office.channel.name)

    def _say(self, said: str) -> None:
        if said != self._told:
            self._told = said
            self._on_fault(said)
