"""Random histories of sending: faults, kills and waits; afterwards platform and outbox agree."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

import pytest
from outbox_stage import Stage
from sampled import sampled

from dutydesk.notify.one_post import _claimed
from dutydesk.notify.record import record
from dutydesk.notify.send import send
from dutydesk.storage import by_hand

Make = Callable[..., Stage]
FAULTS = ["drop", "no-json", "http-500", "busy", "too-often", "ip", "token-early"]


def step(desk: Stage, chance: random.Random, number: int) -> None:
    """One thing that happens: a message, a fault, time, or a process killed at some point."""
    kind = chance.randrange(6)
    if kind <= 1:
        desk.put(
            chance.choice(["公安", "城管", "没有账号"]), text=f"第{number}条", key=f"m{number}"
        )
    elif kind == 2:
        desk.platform.faults.append(chance.choice(FAULTS))
    elif kind == 3:
        desk.clock.advance(seconds=chance.randrange(1, 40))
    elif kind == 4:
        desk.go()
    else:
        post = _claimed(desk.office)
        point = chance.randrange(3)
        if post is not None and point:
            replies = send(desk.office.channel, post)
            if point == 2:
                record(desk.office, post, replies)


@pytest.mark.parametrize("seed", sampled(list(range(200)), (0, 1)))
@pytest.mark.parametrize("kind", ["robot", "wecom"])
def test_whatever_happens_nothing_is_lost_and_nothing_is_sent_twice(
    stage: Make, kind: str, seed: int
) -> None:
    desk, chance = stage(kind), random.Random(seed)
    for number in range(40):
        step(desk, chance, number)
    desk.platform.faults.clear()
    for _step in range(60):
        desk.clock.advance(seconds=15)
        desk.go()

    rows = desk.rows()
    log = "\n".join(one["text"] for one in desk.platform.accepted)
    taken = Counter(line for line in log.split("\n") if line.startswith("第"))
    for row in rows:
        assert row.state in ("SENT", "FAILED", "UNKNOWN"), (seed, row)
        expected = {"SENT": {1}, "FAILED": {0}, "UNKNOWN": {0, 1}}[row.state]
        assert taken[row.text] in expected, (seed, row)
    assert set(taken) <= {row.text for row in rows}

    unclear = [row.key for row in rows if row.state == "UNKNOWN"]
    with desk.store.unit() as unit:
        assert by_hand.again(unit.connection, unclear, desk.clock.now(), "陈安") == len(unclear)
    for _step in range(20):
        desk.clock.advance(seconds=4)
        desk.go()
    marked = {row.key: row for row in desk.rows() if row.confirmed_by}
    assert {row.state for row in marked.values()} <= {"SENT"}
    assert set(marked) == set(unclear)
