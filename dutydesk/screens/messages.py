"""What the gateway and the ticker tell the screens."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from dutydesk.desk import Done
    from dutydesk.errors import DeskError
    from dutydesk.workflow.alarms.model import Alarm
    from dutydesk.workflow.cases.acts import Act
    from dutydesk.workflow.time.beat import Beat


OUTSIDE = "outside"
"""The slot of what is done outside the desk, such as printing: whoever waits for it may be gone."""


class Answered(Message, bubble=False):
    """The newest answer to what was asked in `slot`; older answers never arrive."""

    def __init__(self, number: int, slot: str, answer: Any) -> None:
        super().__init__()
        self.number = number
        self.slot = slot
        self.answer = answer


class Acted(Message, bubble=False):
    """An act was done and is on the record."""

    def __init__(self, number: int, act: Act, done: Done) -> None:
        super().__init__()
        self.number = number
        self.act = act
        self.done = done


class Failed(Message, bubble=False):
    """A question or an act failed; `error` is typed, `sentence` is what the user reads.

    `act` is the act that was refused, None for a question or a job.
    """

    def __init__(
        self, number: int, slot: str, error: DeskError, sentence: str, act: Act | None = None
    ) -> None:
        super().__init__()
        self.number = number
        self.slot = slot
        self.error = error
        self.sentence = sentence
        self.act = act


class Opened(Message, bubble=False):
    """The store is open; the gateway knows procedure, places and words from now on."""


class OpenFailed(Message, bubble=False):
    """The desk cannot be opened."""

    def __init__(self, error: DeskError) -> None:
        super().__init__()
        self.error = error


class Pulse(Message, bubble=False):
    """Once a second: whether the record moved, and the alarms that a due sweep raised.

    `beat` says who keeps the clock and when it last ticked, None where this desk sweeps itself.
    """

    def __init__(self, moved: bool, alarms: tuple[Alarm, ...], beat: Beat | None = None) -> None:
        super().__init__()
        self.moved = moved
        self.alarms = alarms
        self.beat = beat


class PulseFailed(Message, bubble=False):
    """The store could not be asked for its change mark; `sentence` says why."""

    def __init__(self, error: DeskError, sentence: str) -> None:
        super().__init__()
        self.error = error
        self.sentence = sentence


class Tick(Message, bubble=False):
    """It is `now`; texts that count down derive themselves from it."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now


class Moved(Message, bubble=False):
    """The record has moved: whoever shows something of it may read again."""
