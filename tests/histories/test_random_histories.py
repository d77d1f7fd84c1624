"""Random histories: two seats, kills, clock jumps, a faulty platform; afterwards all promises hold.

`DUTYDESK_TEST_SEED=17` plays one history anew and prints it, `DUTYDESK_TEST_STEPS` sets its length.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from history import History, template
from history_findings import findings

STEPS = 4
SHARES = 4
"""The histories of `make test` are dealt out to the workers in so many parts."""
SEED = os.environ.get("DUTYDESK_TEST_SEED")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template(tmp_path_factory.mktemp("histories"))


def seeds(count: int, share: int) -> list[int]:
    """The histories of one share; the one that was asked for, if one was."""
    if SEED is not None:
        return [int(SEED)] if share == 0 else []
    return list(range(share, count, SHARES))


def played(seed: int, empty: Path, steps: int) -> list[str]:
    """What is wrong after a history; what happened is part of it then."""
    history = History(seed, empty)
    try:
        history.play(steps)
        found = findings(history)
    except Exception as error:
        error.add_note(_again(seed, steps, history))
        raise
    finally:
        history.close()
    if SEED is not None:
        print("\n".join(history.told))
    return [*found, _again(seed, steps, history)] if found else []


def _again(seed: int, steps: int, history: History) -> str:
    again = f"DUTYDESK_TEST_SEED={seed} DUTYDESK_TEST_STEPS={steps}"
    return "\n".join([f"seed {seed}; play it anew with {again}", *history.told])


def steps(usual: int) -> int:
    return int(os.environ.get("DUTYDESK_TEST_STEPS", usual))


@pytest.mark.parametrize("share", range(SHARES))
def test_whatever_happens_every_promise_of_alarms_and_messages_holds(
    share: int, empty: Path
) -> None:
    for seed in seeds(200, share):
        assert played(seed, empty, steps(STEPS)) == []


@pytest.mark.soak
@pytest.mark.parametrize("share", range(SHARES))
def test_the_same_in_long_histories(share: int, empty: Path) -> None:
    for seed in seeds(2400, share):
        assert played(seed, empty, steps(40)) == []
