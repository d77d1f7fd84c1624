"""The gateway: one worker, only the newest answer of a slot, failures that can be read."""

from __future__ import annotations

import threading
from typing import Any

from shift import ME, NOW, mid_shift
from textual.message import Message

from dutydesk.errors import BadInput, Refused
from dutydesk.screens import messages
from dutydesk.screens.gateway import Gateway
from dutydesk.workflow.cases.acts import Act


class Inbox:
    """What a screen would get."""

    def __init__(self) -> None:
        self.came: list[Any] = []
        self.some = threading.Condition()

    def post_message(self, message: Message) -> bool:
        with self.some:
            self.came.append(message)
            self.some.notify_all()
        return True

    def wait(self, count: int) -> list[Any]:
        with self.some:
            assert self.some.wait_for(lambda: len(self.came) >= count, timeout=20)
            return list(self.came)


def opened(inbox: Inbox) -> Gateway:
    gateway = Gateway(lambda: mid_shift(3).desk, operator="陈安")
    gateway.open(inbox)  # type: ignore[arg-type]
    assert isinstance(inbox.wait(1)[0], messages.Opened)
    return gateway


def test_of_one_slot_only_the_newest_question_is_answered() -> None:
    inbox, gate = Inbox(), threading.Event()
    gateway = opened(inbox)
    gateway.job(lambda desk: gate.wait(20), inbox, "other")  # type: ignore[arg-type]
    asked: list[int] = []
    for n in range(5):
        gateway.job(lambda desk, n=n: asked.append(n) or n, inbox, "card")  # type: ignore
    gate.set()
    answers = [(m.slot, m.answer) for m in inbox.wait(3)[1:]]
    assert answers == [("other", True), ("card", 4)]
    assert asked == [4]
    gateway.close()


def test_a_refusal_is_worded_and_typed() -> None:
    inbox = Inbox()
    gateway = opened(inbox)
    act = Act("dispatch", ME, NOW, NOW, "1409012611200001", {"station": "仓场"})
    gateway.act(act, inbox)  # type: ignore[arg-type]
    failed = inbox.wait(2)[1]
    assert isinstance(failed, messages.Failed)
    assert isinstance(failed.error, Refused)
    assert failed.act is act
    assert "派单" in failed.sentence
    assert "wrong_state" not in failed.sentence
    gateway.close()


def test_a_fault_of_the_program_is_said_and_nothing_is_swallowed() -> None:
    inbox = Inbox()
    gateway = opened(inbox)
    gateway.job(lambda desk: 1 // 0, inbox, "sum")  # type: ignore[arg-type]
    failed = inbox.wait(2)[1]
    assert (failed.slot, "ZeroDivisionError" in failed.sentence) == ("sum", True)
    gateway.close()


def test_a_desk_that_cannot_be_opened_says_why() -> None:
    def opening() -> Any:
        raise BadInput("没有这个文件", file="desk.db")

    inbox = Inbox()
    gateway = Gateway(opening)
    gateway.open(inbox)  # type: ignore[arg-type]
    failed = inbox.wait(1)[0]
    assert isinstance(failed, messages.OpenFailed)
    assert failed.error.message == "没有这个文件"
    gateway.close()


def test_a_screen_that_went_gets_no_answer() -> None:
    inbox, gate = Inbox(), threading.Event()
    gateway = opened(inbox)
    gateway.job(lambda desk: gate.wait(20), inbox, "first")  # type: ignore[arg-type]
    gateway.forget(inbox)  # type: ignore[arg-type]
    gate.set()
    gateway.close()
    assert len(inbox.came) == 1
