"""Who was not reached is counted up to the latest call, and rung again when the procedure says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dutydesk.clock import ZONE
from dutydesk.config.procedures import load
from dutydesk.workflow.cases.model import Call
from dutydesk.workflow.cases.reaching import again_at, retry, unanswered

NOON = datetime(2026, 11, 20, 12, tzinfo=ZONE)


def calls(*outcomes: str) -> tuple[Call, ...]:
    """Calls to one party a minute apart, and one to another that nobody heard."""
    other = Call("乙", "no_answer", NOON)
    return (other, *(Call("甲", o, NOON + timedelta(minutes=n)) for n, o in enumerate(outcomes)))


@pytest.mark.parametrize(
    ("outcomes", "count", "minute"),
    [
        ((), 0, None),
        (("no_answer",), 1, 5),
        (("no_answer", "busy"), 2, 6),
        (("busy", "reached"), 0, None),
        (("reached", "busy"), 1, 6),
        (("no_answer", "left_word"), 0, None),
        (("declined",), 0, None),
    ],
)
def test_only_calls_that_nobody_heard_are_made_again(
    outcomes: tuple[str, ...], count: int, minute: int | None
) -> None:
    made, procedure = calls(*outcomes), load("xinchenglu")
    assert unanswered(made, "甲") == count
    due = again_at(made, "甲", procedure)
    assert due == (None if minute is None else NOON + timedelta(minutes=minute))


def test_the_procedure_says_how_long_until_the_next_try() -> None:
    procedure = load("xinchenglu")
    assert retry(procedure) == timedelta(minutes=5)
    assert retry(replace(procedure, values={"retry_min": 9})) == timedelta(minutes=9)
    assert retry(replace(procedure, values={})) == timedelta(minutes=5)
