"""The headless process: it keeps the clock of a desk until it is asked to stop."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from dutydesk.bootstrap import senders_of, store_file
from dutydesk.config.settings import Settings, data_folder
from dutydesk.daemon.bell import Bell
from dutydesk.daemon.errands import Notice, errands_of, presence_of
from dutydesk.daemon.keeper import Keeper, name_of_keeper
from dutydesk.desk import Desk, Swept
from dutydesk.desk.turns import my_turn, rings_urgently
from dutydesk.errors import DeskError
from dutydesk.workflow.time.zone import ZONE, iso

log = logging.getLogger("dutydesk.daemon")
LOG_BYTES = 1_000_000
LOGS_KEPT = 3


def log_file(settings: Settings) -> Path:
    """Where the process writes what it did: beside the store."""
    store = store_file(settings)
    return (store.parent if store is not None else data_folder()) / "watch.log"


def watch(desk: Desk, settings: Settings) -> int:
    """Keep the clock of this desk; gives 0 once SIGTERM or SIGINT has ended it cleanly.

    One thread has the desk; it prints nothing, the log file holds starts, alarms and faults.
    """
    handler = _log_to(log_file(settings))
    try:
        asyncio.run(_keep(desk, settings))
    finally:
        log.removeHandler(handler)
        handler.close()
    return 0


class _Stamped(logging.Formatter):
    """Times as everywhere at the desk, whatever zone the machine is set to."""

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """ISO 8601 to the second with the offset +08:00."""
        return iso(datetime.fromtimestamp(record.created, ZONE))


def _log_to(path: Path) -> logging.Handler:
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8"
        )
    except OSError:
        # A log that cannot be written must not keep the clock from going.
        handler = logging.StreamHandler()
    handler.setFormatter(_Stamped("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    return handler


async def _keep(desk: Desk, settings: Settings) -> None:
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    name = name_of_keeper()
    here = f"{socket.gethostname().partition('.')[0]} {os.getpid()}"
    bell = Bell(settings.alarm)
    ringing: set[asyncio.Task[None]] = set()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk") as worker:

        async def run(call: Callable[[Desk], Any]) -> Any:
            return await loop.run_in_executor(worker, call, desk)

        def swept(found: Swept) -> None:
            _log_alarms(found)
            if any(alarm.rings for alarm in found.alarms):
                task = loop.create_task(_ring(bell, run, found))
                ringing.add(task)
                task.add_done_callback(ringing.discard)

        keeper = Keeper(
            run,
            swept,
            clock=desk.clock,
            on_notice=_log_notice,
            sweep_seconds=settings.alarm.sweep_seconds,
            errands=(*errands_of(settings, name), presence_of(here)),
            name=name,
        )
        senders = senders_of(settings, desk, lambda said: _log_notice(Notice("outbox", said)))
        log.info("watch started")
        for sender in senders:
            sender.start()
        try:
            await keeper.start()
            await asked.wait()
        finally:
            for sender in senders:
                await asyncio.to_thread(sender.stop)
            await keeper.stop()
            await run(partial(my_turn, work="watch", holder=here, seconds=0))
            await asyncio.gather(*ringing)
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)
            log.info("watch stopped")


async def _ring(bell: Bell, run: Callable[[Callable[[Desk], Any]], Any], found: Swept) -> None:
    """Ring in a thread of its own: a slow command must not hold up the clock."""
    try:
        urgent = await run(lambda desk: rings_urgently(desk, found.alarms))
        await asyncio.to_thread(lambda: bell.ring(urgent=urgent))
    except DeskError as error:
        _log_notice(Notice("bell", error.message))


def _log_alarms(found: Swept) -> None:
    for alarm in found.alarms:
        log.info(
            "alarm %s %s %s rung %s%s%s",
            alarm.light,
            alarm.case or alarm.area,
            alarm.clock,
            alarm.rung,
            " rings" if alarm.rings else "",
            " late" if alarm.late else "",
        )


def _log_notice(notice: Notice) -> None:
    level = logging.WARNING if notice.fault else logging.INFO
    log.log(level, "%s: %s", notice.subject, notice.text)
