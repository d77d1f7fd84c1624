"""The clock kept inside a running loop: one job for the next due moment, and nets under it."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import uuid
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from dutydesk.clock import ZONE, Clock
from dutydesk.daemon.errands import Errand, Notice
from dutydesk.desk import Desk, Swept
from dutydesk.desk.stopping import note_jump
from dutydesk.desk.turns import PATIENCE, holder_of, sweep_in_turn, tick
from dutydesk.errors import BadInput, DeskError
from dutydesk.i18n import _

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger("dutydesk.daemon")
T = TypeVar("T")
Runner = Callable[[Callable[[Desk], Any]], Awaitable[Any]]
"""Does something with the desk in its own thread, and gives the answer to the loop."""

JUMP = timedelta(minutes=2)
"""How far the wall clock may run away from the monotonic one before it is called a jump."""
DUE_JOB = "due"


def name_of_keeper() -> str:
    """A name that no other process has, for the lease."""
    host = socket.gethostname().partition(".")[0]
    return f"{host} {os.getpid()}-{uuid.uuid4().hex[:8]}"


class Keeper:
    """Sweeps a desk at its due moments and runs its errands, until it is stopped.

    ``run`` does a call in the desk's thread (a screen gives its gateway's, `watch` its own).
    ``on_swept`` gets every pass that raised something, ``on_notice`` what an operator should
    read: each fault once until it has gone. Both are called in the loop. The loop never touches
    the store, and no fault stops the clock.
    """

    def __init__(
        self,
        run: Runner,
        on_swept: Callable[[Swept], None],
        *,
        clock: Clock,
        on_notice: Callable[[Notice], None] | None = None,
        sweep_seconds: int = 30,
        errands: Sequence[Errand] = (),
        name: str | None = None,
    ) -> None:
        self._run = run
        self._on_swept = on_swept
        self._on_notice = on_notice or _logged
        self._clock = clock
        self._seconds = sweep_seconds
        self._errands = tuple(errands)
        self.name = name or name_of_keeper()
        self.armed_at: datetime | None = None
        self._scheduler: AsyncIOScheduler | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sweeping = asyncio.Lock()
        self._told: dict[str, str] = {}
        self._mark: int | None = None
        self._holder: str | None = None
        self._wall = clock.now()
        self._monotonic = clock.monotonic()

    async def start(self) -> None:
        """Catch up once, arm the job for the next moment, and begin to tick."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # slow import

        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._loop = asyncio.get_running_loop()
        # Without a grace time a job that slept through its moment still runs, once.
        every = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=ZONE, job_defaults=every, event_loop=self._loop)
        self._wall, self._monotonic = self._clock.now(), self._clock.monotonic()
        self._scheduler.start()
        await self.sweep()
        self._scheduler.add_job(self.tick, "interval", seconds=1, id="tick")
        self._scheduler.add_job(self.sweep, "interval", seconds=self._seconds, id="safety")
        for errand in self._errands:
            self._scheduler.add_job(
                partial(self.go, errand),
                "interval",
                seconds=errand.every.total_seconds(),
                id=f"errand:{errand.name}",
            )
            await self.go(errand)

    async def stop(self) -> None:
        """No more jobs; a pass on its way is finished first."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        async with self._sweeping:
            self.armed_at = None

    async def sweep(self) -> None:
        """One pass of the clock in turn with whoever else keeps this store, then arm again."""
        async with self._sweeping:
            swept = await self._safely("clock", partial(_pass, name=self.name, seconds=self._lease))
            if isinstance(swept, _Passed):
                self._mark = swept.mark
                self._arm(swept.next_at)
                if swept.swept is not None and swept.swept.alarms:
                    self._on_swept(swept.swept)

    async def tick(self) -> None:
        """Once a second: a clock that jumped, a moment that was slept through, a new due time."""
        jumped = self._jumped()
        if jumped:
            await self._safely("clock", partial(note_jump, seconds=jumped))
        if jumped or self._overdue():
            await self.sweep()
            return
        look = partial(_moved, mark=self._mark, name=self.name, seconds=self._lease)
        moved = await self._safely("clock", look)
        if isinstance(moved, _Moved):
            self._mark = moved.mark
            self._arm(moved.next_at)
            await self._handover(moved.holder)

    async def go(self, errand: Errand) -> None:
        """Run one errand in the desk's thread and tell what it has to say."""

        def work(desk: Desk) -> Sequence[Notice]:
            return errand.do(desk, partial(self._between, desk))

        for notice in await self._safely(errand.name, work) or ():
            self._tell(notice)

    def _between(self, desk: Desk) -> None:
        """In the desk's thread, inside a long errand: sweep what has fallen due meanwhile."""
        if not self._overdue() or self._loop is None:
            return
        passed = _pass(desk, name=self.name, seconds=self._lease)
        # At once for the next look of this errand; the job itself is the loop's to arm.
        self.armed_at = passed.next_at
        self._loop.call_soon_threadsafe(self._arm, passed.next_at)
        if passed.swept is not None and passed.swept.alarms:
            self._loop.call_soon_threadsafe(self._on_swept, passed.swept)

    @property
    def _lease(self) -> int:
        return 2 * self._seconds

    def _overdue(self) -> bool:
        return self.armed_at is not None and self._clock.now() >= self.armed_at

    def _jumped(self) -> int:
        """By how many seconds the wall clock ran away from the monotonic one since the last tick;
        0 below two minutes."""
        wall, monotonic = self._clock.now(), self._clock.monotonic()
        went = timedelta(seconds=monotonic - self._monotonic)
        away = (wall - self._wall) - went
        self._wall, self._monotonic = wall, monotonic
        if abs(away) <= JUMP:
            return 0
        seconds = int(away.total_seconds())
        text = _("时钟跳动了 {seconds} 秒；时限已重新排定，错过的告警补记为迟到")
        self._tell(Notice("jump", text.format(seconds=seconds), fault=False))
        return seconds

    def _arm(self, at: datetime | None) -> None:
        """One date job for the next moment, in the place of the one before."""
        same = at == self.armed_at
        self.armed_at = at
        if self._scheduler is None:
            return
        waiting = self._scheduler.get_job(DUE_JOB) is not None
        if at is not None and not (same and waiting):
            self._scheduler.add_job(
                self.sweep, "date", run_date=at, id=DUE_JOB, replace_existing=True
            )
        elif at is None and waiting:
            self._scheduler.remove_job(DUE_JOB)

    async def _handover(self, holder: str) -> None:
        before, self._holder = self._holder, holder
        if before is None or before == holder:
            return
        for errand in self._errands:
            if errand.at_handover:
                await self.go(errand)

    async def _safely(self, subject: str, call: Callable[[Desk], T]) -> T | None:
        """The answer of a call in the desk's thread; a fault is told once and the clock goes on."""
        try:
            answer: T = await self._run(call)
        except DeskError as error:
            said = str(error) if isinstance(error, BadInput) else error.message
            self._tell(Notice(subject, said))
            return None
        except Exception as error:
            log.exception("a fault in %s", subject)
            self._tell(Notice(subject, f"{type(error).__name__}: {error}"))
            return None
        if self._told.pop(subject, None) is not None:
            log.info("%s works again", subject)
        return answer

    def _tell(self, notice: Notice) -> None:
        """Pass a notice on; a fault that was told already is not told again."""
        if notice.fault:
            if self._told.get(notice.subject) == notice.text:
                return
            self._told[notice.subject] = notice.text
        self._on_notice(notice)


class _Passed:
    """What a pass found: nothing swept where it was another's turn."""

    __slots__ = ("mark", "next_at", "swept")

    def __init__(self, swept: Swept | None, next_at: datetime | None, mark: int) -> None:
        self.swept = swept
        self.next_at = next_at
        self.mark = mark


class _Moved:
    """What is different since the change mark moved."""

    __slots__ = ("holder", "mark", "next_at")

    def __init__(self, mark: int, next_at: datetime | None, holder: str) -> None:
        self.mark = mark
        self.next_at = next_at
        self.holder = holder


def _pass(desk: Desk, *, name: str, seconds: int) -> _Passed:
    """In the desk's thread: sweep in turn; whoever has no turn looks again a moment later."""
    swept = sweep_in_turn(desk, name, seconds)
    if swept is not None:
        return _Passed(swept, swept.next_due_at, desk.change_mark())
    next_at = desk.next_due_at()
    if next_at is not None and next_at <= desk.now():
        next_at = desk.now() + PATIENCE
    return _Passed(None, next_at, desk.change_mark())


def _moved(desk: Desk, *, mark: int | None, name: str, seconds: int) -> _Moved | None:
    """In the desk's thread: the new due moment and holder, None where nothing was written.

    Says besides that the clock goes, or takes it from one that is dead.
    """
    tick(desk, name, seconds)
    now = desk.change_mark()
    if now == mark:
        return None
    return _Moved(now, desk.next_due_at(), holder_of(desk))


def _logged(notice: Notice) -> None:
    log.log(logging.WARNING if notice.fault else logging.INFO, "%s: %s", *_said(notice))


def _said(notice: Notice) -> tuple[str, str]:
    return notice.subject, notice.text
