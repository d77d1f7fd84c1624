"""A keeper with its ears, and one case whose clock runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dutydesk.clock import Clock
from dutydesk.daemon import Errand, Keeper, Notice
from dutydesk.desk import Desk, Swept
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

COMMANDER = Actor("commander", "陈静")


@dataclass
class Kept:
    """A keeper of a desk, and what it said."""

    keeper: Keeper
    desk: Desk
    swept: list[Swept] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        return [alarm.key for found in self.swept for alarm in found.alarms]


def keep(
    desk: Desk,
    clock: Clock,
    *,
    errands: Sequence[Errand] = (),
    name: str = "here",
    worker: Executor | None = None,
) -> Kept:
    """A keeper whose desk is called in the loop itself, or in the thread of a ``worker``."""
    swept: list[Swept] = []
    notices: list[Notice] = []

    async def run(call: Callable[[Desk], Any]) -> Any:
        if worker is not None:
            return await asyncio.get_running_loop().run_in_executor(worker, call, desk)
        await asyncio.sleep(0)
        return call(desk)

    keeper = Keeper(
        run, swept.append, clock=clock, on_notice=notices.append, errands=errands, name=name
    )
    return Kept(keeper, desk, swept, notices)


def register(desk: Desk, at: datetime | None = None) -> str:
    """One case, received now."""
    now = at or desk.now()
    fields = {"channel": "walk_in", "place": "嘉乐小区", "description": "楼道堆物"}
    case = desk.execute(Act("register", COMMANDER, now, now, fields=fields)).case
    assert case is not None
    return case.no
