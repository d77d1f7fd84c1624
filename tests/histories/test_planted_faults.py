"""The checker can fail: each fault that is planted in the desk is found, by the rule that is meant.

Histories are played until one shows the fault; that none does is a failure of the checker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from history import History, template
from history_findings import findings

from dutydesk.desk import sweeping
from dutydesk.notify import one_post, take
from dutydesk.storage import Unit, alarm_life, alarms, saving, sending
from dutydesk.storage.outbox import Sending

Patch = pytest.MonkeyPatch
MOST = 40
"""A fault that so many histories do not show is not found."""
STEPS = 25


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return template(tmp_path_factory.mktemp("planted"))


def lost_red(patch: Patch) -> None:
    """Now and then a red is counted and not written."""
    real, each = alarms.raise_new, count()

    def forgetful(connection: Any, found: Any) -> Any:
        kept = [one for one in found if one.light != "red" or next(each) % 3]
        return real(connection, kept)

    patch.setattr(alarms, "raise_new", forgetful)


def red_never_due(patch: Patch) -> None:
    """The pass leaves cases of the urgent track alone once they are red."""
    real = sweeping.due_alarms

    def blind(case: Any, now: Any, context: Any) -> Any:
        after, found = real(case, now, context)
        return after, tuple(one for one in found if not (one.light == "red" and one.urgent))

    patch.setattr(sweeping, "due_alarms", blind)


def double_raise(patch: Patch) -> None:
    """Rungs are not counted, and a key says when it was raised."""
    real = sweeping.due_alarms

    def anew(case: Any, now: Any, context: Any) -> Any:
        _after, found = real(case, now, context)
        stamped = (replace(one, key=f"{one.key}|{one.raised_at}") for one in found)
        return case, tuple(stamped)

    patch.setattr(sweeping, "due_alarms", anew)


def double_ring(patch: Patch) -> None:
    """Two sweepers each ring what only one of them has written."""
    real = Unit.raise_alarms

    def loud(unit: Unit, found: Any) -> Any:
        real(unit, found)
        return list(found)

    patch.setattr(Unit, "raise_alarms", loud)
    patch.setattr(saving.Saving, "save_swept", lambda self, items: None)


def double_send(patch: Patch) -> None:
    """Whoever was cut off while sending simply sends again."""
    real = sending.record

    def again(connection: Any, key: str, attempt: Any, now: Any, state: Any, **more: Any) -> bool:
        if state is Sending.UNKNOWN:
            state, more = Sending.DRAFT, {}
        return real(connection, key, attempt, now, state, **more)

    patch.setattr(sending, "record", again)


def swapped_order(patch: Patch) -> None:
    """What was put off is overtaken by what came after it."""

    def hasty(rows: Any, now: Any) -> list[Any]:
        free = [one for one in rows if one.state == "DRAFT"]
        return [one for one in reversed(free) if one.next_at is None or one.next_at <= now]

    patch.setattr(take, "_in_order", hasty)


def live_after_the_end(patch: Patch) -> None:
    """A clock ends, its alarms do not."""
    patch.setattr(alarm_life, "cleared", lambda *of: None)


def said_sent(patch: Patch) -> None:
    """What the platform refused is noted as sent."""
    real = sending.record

    def bold(connection: Any, key: str, attempt: Any, now: Any, state: Any, **more: Any) -> bool:
        state = Sending.SENT if state is Sending.FAILED else state
        return real(connection, key, attempt, now, state, **more)

    patch.setattr(sending, "record", bold)


def sent_before_intent(patch: Patch) -> None:
    """The intent is not noted before the request."""
    patch.setattr(one_post.sending, "claim", lambda *of: 1)


def message_without_cause(patch: Patch) -> None:
    """An act's message is forgotten now and then."""
    real, each = Unit.put_message, count()
    patch.setattr(Unit, "put_message", lambda unit, one: next(each) % 2 and real(unit, one))


PLANTED: list[tuple[Callable[[Patch], None], str]] = [
    (lost_red, "red lost"),
    (red_never_due, "red lost"),
    (double_raise, "raised twice"),
    (double_ring, "raised twice"),
    (double_send, "sent twice"),
    (swapped_order, "order"),
    (live_after_the_end, "still live"),
    (said_sent, "SENT and not in the log"),
    (sent_before_intent, "sent twice"),
    (message_without_cause, "a cause without its message"),
]


@pytest.mark.parametrize(("plant", "said"), PLANTED, ids=[one.__name__ for one, _ in PLANTED])
def test_a_planted_fault_is_found(
    plant: Callable[[Patch], None], said: str, empty: Path, monkeypatch: Patch
) -> None:
    plant(monkeypatch)
    assert any(_shown(seed, said, empty) for seed in range(MOST))


def _shown(seed: int, said: str, empty: Path) -> bool:
    history = History(seed, empty)
    try:
        history.play(STEPS)
        return any(line.startswith(said) for line in findings(history))
    finally:
        history.close()
