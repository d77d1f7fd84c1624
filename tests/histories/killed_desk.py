"""The process that test_killed_histories.py kills: acts, sweeps and sends without end.

Called as `python killed_desk.py STORE BASE_URL SEED ORIGIN`: its clock runs 600 times as fast as
the machine's, from ORIGIN (seconds of the machine) on, so that all processes of a store agree.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "workflow")]

from history_fields import first_steps, registered, some_act  # noqa: E402
from history_seat import KINDS, START  # noqa: E402
from sqlalchemy import text  # noqa: E402

from dutydesk.bootstrap import memory_desk  # noqa: E402
from dutydesk.config.channels import Channel as Settings  # noqa: E402
from dutydesk.desk import Desk  # noqa: E402
from dutydesk.desk.pushing import settle  # noqa: E402
from dutydesk.errors import BadInput, Refused  # noqa: E402
from dutydesk.notify.office import Office  # noqa: E402
from dutydesk.notify.one_post import one_post  # noqa: E402
from dutydesk.notify.registry import kinds  # noqa: E402
from dutydesk.storage import cases  # noqa: E402

FASTER = 600
MOST_CASES = 12


class Fast:
    """The machine's time, many times as fast."""

    def __init__(self, origin: float) -> None:
        self._origin = origin

    def now(self) -> datetime:
        passed = (time.time() - self._origin) * FASTER  # noqa: TID251
        return (START + timedelta(seconds=passed)).replace(microsecond=0)

    def monotonic(self) -> float:
        return time.monotonic()


def opened(file: str, url: str, origin: float) -> tuple[Desk, Office]:
    """A desk of a store, and its sender to a platform."""
    desk = memory_desk(Fast(origin), url=f"sqlite:///{file}")
    desk.ground = replace(desk.ground, carries=dict.fromkeys(KINDS, "app"))
    table = Settings(
        kind="wecom", base_url=url, corp_id="ww", agent_id=1, timeout_seconds=1,
        max_age=timedelta(days=30),
    )  # fmt: skip
    channel = kinds()["wecom"]("app", table, lambda: "stand-in", Path)
    return desk, Office(
        desk.store, desk.ground.area, channel, desk.clock, lambda name, at: name,
        lambda: settle(desk),
    )  # fmt: skip


def work(desk: Desk, office: Office, chance: Random) -> None:
    """One thing after the other until somebody kills it, or whoever started it is gone."""
    parent = os.getppid()
    while os.getppid() == parent:
        desk.sweep()
        one_post(office)
        with desk.store.reading() as connection:
            nos = list(connection.execute(text("SELECT no FROM case_row")).scalars())
            known = {case.no: case for _row, case in cases.many(connection, nos)}
        now = desk.now()
        with suppress(Refused, BadInput):
            if len(known) < MOST_CASES and chance.random() < 0.3:
                made = desk.execute(registered("xinchenglu", chance, now)).case
                for act in first_steps("xinchenglu", made.no if made else "", chance, now):
                    desk.execute(act)
            elif known:
                case = known[chance.choice(sorted(known))]
                act = some_act(case, known, chance, now, desk.rules())
                if act is not None:
                    desk.execute(act)


if __name__ == "__main__":
    store, address, seed, began = sys.argv[1:]
    work(*opened(store, address, float(began)), Random(int(seed)))
