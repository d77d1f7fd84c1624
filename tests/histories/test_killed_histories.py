"""Two processes on one store and a faulty platform, killed with -9 again and again."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from signal import SIGKILL

import pytest
from killed_desk import Fast, opened

from dutydesk.clock import ManualClock
from dutydesk.notify.one_post import one_post
from dutydesk.notify.stand_in import StandIn
from dutydesk.storage.verify import verify

WORKER = Path(__file__).with_name("killed_desk.py")
FAULTS = ("drop", "no-json", "http-500", "busy", "token-early", "partial", "slow")
KILLS = 24


def begun(file: Path, url: str, seed: int, origin: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(WORKER), str(file), url, str(seed), str(origin)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def killed(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    _out, said = process.communicate(timeout=30)
    assert process.returncode == -SIGKILL, said.decode()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
def test_killed_with_9_nothing_is_lost_raised_twice_or_sent_twice(
    seed: int, tmp_path: Path
) -> None:
    chance, file = Random(seed), tmp_path / "desk.sqlite3"
    with StandIn(slow_s=1.5) as platform:
        origin = time.time()  # noqa: TID251
        opened(str(file), platform.base_url, origin)[0].close()
        running = [begun(file, platform.base_url, 100 * seed + n, origin) for n in range(2)]
        for kill in range(KILLS):
            platform.faults.append(chance.choice(FAULTS))
            time.sleep(chance.uniform(0.8, 2.5))
            place = kill % 2
            killed(running[place])
            running[place] = begun(file, platform.base_url, 100 * seed + kill + 9, origin)
        for process in running:
            killed(process)
        platform.faults.clear()
        settled(file, platform, origin)
        assert wrong(file, platform) == [], f"seed {seed}"
        print(f"seed {seed}: {len(platform.accepted)} messages taken, {2 + KILLS} processes killed")

        # The same question finds a message that was sent twice, and one that never was.
        once = list(platform.accepted)
        platform.accepted.extend(once)
        assert any(line.startswith("sent twice") for line in wrong(file, platform))
        platform.accepted.clear()
        assert any(line.startswith("SENT and not") for line in wrong(file, platform))


def settled(file: Path, platform: StandIn, origin: float) -> None:
    """One desk alone brings everything to its end."""
    desk, office = opened(str(file), platform.base_url, origin)
    clock = ManualClock(Fast(origin).now())
    desk.clock, office = clock, type(office)(
        office.store, office.area, office.channel, clock, office.address, office.settle
    )  # fmt: skip
    for _pass in range(3):
        clock.advance(seconds=130)
        desk.sweep()
        for _request in range(500):
            if not one_post(office):
                break
    assert verify(desk.store).whole
    desk.close()


def wrong(file: Path, platform: StandIn) -> list[str]:
    """What is wrong with the store, and with it and the platform's log together."""
    with closing(sqlite3.connect(file)) as store:
        asked = store.execute("SELECT recipient, text, state, reason FROM outbox").fetchall()
        gaps = store.execute(
            "SELECT case_no, clock_id FROM alarm WHERE case_no IS NOT NULL GROUP BY 1, 2 "
            "HAVING count(*) <> max(rung) + 1 OR count(DISTINCT rung) <> count(*)"
        ).fetchall()
        red = store.execute(
            "SELECT r.case_no, r.id FROM clock_run r JOIN case_row c ON c.no = r.case_no "
            "WHERE c.is_open AND r.stopped_at IS NULL AND r.name <> 'street_coordination' "
            "AND r.due_at < (SELECT max(raised_at) FROM alarm) AND NOT EXISTS "
            "(SELECT 1 FROM alarm a WHERE a.clock_id = r.id AND a.case_no = r.case_no "
            "AND a.light = 'red')"
        ).fetchall()
    log = Counter((whom, one["text"]) for one in platform.accepted for whom in one["to"])
    found = [f"rungs lost or twice: {row}" for row in gaps] + [f"red lost: {row}" for row in red]
    known = Counter((whom, text) for whom, text, *_rest in asked)
    found += [f"sent and not on record: {key}" for key in log if key not in known]
    found += [f"sent twice: {key}" for key, count in log.items() if count > known[key]]
    for whom, text, state, reason in asked:
        taken = log[whom, text]
        if state in ("DRAFT", "SENDING"):
            found.append(f"stuck: {whom} {text} {state} {reason}")
        if state == "SENT" and reason is None and not taken:
            found.append(f"SENT and not in the log: {whom} {text}")
        if state == "FAILED" and taken and known[whom, text] == 1:
            found.append(f"{state} {reason} and in the log: {whom} {text}")
    if not asked or not log:
        found.append("nothing was sent: this history proves nothing")
    return found
