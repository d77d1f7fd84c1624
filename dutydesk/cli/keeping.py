"""The clock beside the screens: the daemon's keeper in the app's loop, through its gateway."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import Any

from dutydesk.bootstrap import senders_of
from dutydesk.config.settings import Settings
from dutydesk.daemon import Keeper, Notice, errands_of
from dutydesk.daemon.keeper import name_of_keeper
from dutydesk.desk import Desk, Swept
from dutydesk.screens import messages
from dutydesk.screens.app import DeskApp

SLOT = "keeper"


class Waiting:
    """One call on its way through the gateway: takes the answer in place of a screen."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[Any] = self._loop.create_future()

    def post_message(self, message: object) -> bool:
        """Called in the desk's thread with `Answered` or `Failed`."""
        self._loop.call_soon_threadsafe(self._settle, message)
        return True

    def _settle(self, message: object) -> None:
        if self.answer.done():
            return
        if isinstance(message, messages.Failed):
            self.answer.set_exception(message.error)
        elif isinstance(message, messages.Answered):
            self.answer.set_result(message.answer)


def beside(settings: Settings, *, drill: bool = False) -> Callable[[DeskApp], None]:
    """What the app calls once its desk is open: starts the keeper and leaves the sweeping to it.

    In a drill nothing is written outside the throw-away store: no board, no inbox.
    """

    def attach(app: DeskApp) -> None:
        # Until the keeper runs, the app's second hand sweeps: no moment is nobody's.
        app.run_worker(keep(app, settings, drill=drill), name=SLOT, exit_on_error=False)

    return attach


async def keep(app: DeskApp, settings: Settings, *, drill: bool) -> None:
    """Keep the clock until the app ends."""
    await asyncio.to_thread(import_module, "apscheduler.schedulers.asyncio")
    name = name_of_keeper()

    async def run(call: Callable[[Desk], Any]) -> Any:
        waiting = Waiting()
        # To the gateway it is one more screen that waits; only screens know what that is.
        target: Any = waiting
        app.gateway.job(call, target, SLOT)
        try:
            return await waiting.answer
        finally:
            app.gateway.forget(target)

    def swept(found: Swept) -> None:
        app.post_message(messages.Pulse(True, found.alarms))

    def noticed(notice: Notice) -> None:
        app.desk.say(notice.text, "red" if notice.fault else "amber")

    clock = await run(lambda desk: desk.clock)
    keeper = Keeper(
        run,
        swept,
        clock=clock,
        on_notice=noticed,
        sweep_seconds=settings.alarm.sweep_seconds,
        errands=() if drill else errands_of(settings, name),
        name=name,
    )
    loop = asyncio.get_running_loop()

    def unsent(said: str) -> None:
        loop.call_soon_threadsafe(noticed, Notice("outbox", said))

    senders = () if drill else await run(lambda desk: senders_of(settings, desk, unsent))
    try:
        await keeper.start()
        for sender in senders:
            sender.start()
        app.gateway.sweep_here(False)
        await asyncio.Event().wait()
    finally:
        app.gateway.sweep_here(True)
        await keeper.stop()
        for sender in senders:
            await asyncio.to_thread(sender.stop)
