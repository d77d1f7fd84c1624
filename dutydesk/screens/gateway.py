"""The only holder of the desk: one worker thread asks it, answers come back as messages."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeVar

from textual.message_pump import MessagePump

from dutydesk.errors import BadInput, DeskError, Refused
from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.views.labels import Words
from dutydesk.views.question import Context, Question
from dutydesk.views.wording import word
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk import Desk

log = logging.getLogger("dutydesk.screens")
T = TypeVar("T")


class Gateway:
    """Questions, acts and jobs of the screens, done one after the other in one thread.

    Whoever asks gives itself as `target` and a `slot` that names what it wants to know: of one
    slot only the newest question is answered, an older one is not even read. Acts are all done.
    """

    def __init__(
        self,
        opening: Callable[[], Desk],
        *,
        operator: str = "",
        seat: str = "",
        drill: bool = False,
    ) -> None:
        self._opening = opening
        self._desk: Desk | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._latest: dict[tuple[int, str], int] = {}
        self._waiting: deque[Callable[[], None]] = deque()
        self._number = 0
        self._pulse_waits = False
        self._mark: int | None = None
        self._next_due_at: datetime | None = None
        self._sweep_every_pulse = False
        self._words: Words | None = None
        self._sitter: Actor | None = None
        self.operator = operator
        self.seat = seat
        self.drill = drill

    # What stands fast once the desk is open; none of it touches the store.

    @property
    def ready(self) -> bool:
        """Whether the desk is open."""
        return self._desk is not None

    @property
    def context(self) -> Context:
        """Procedure, places, hours and language; only once the desk is open."""
        return self._opened.context

    @property
    def words(self) -> Words:
        """The procedure's words in the language in use."""
        if self._words is None:
            self._words = Words(self.context.procedure)
        return self._words

    def speak(self, language: str) -> None:
        """Words of another language from now on."""
        self._words = Words(self.context.procedure, language)

    @property
    def actor(self) -> Actor:
        """Who sits here: whoever took over at this seat, else the operator of the settings."""
        return self._sitter or Actor(self.context.procedure.parts.operator, self.operator or None)

    def sit_down(self, role: str, who: str | None = None) -> None:
        """Somebody sits here from now on: who is named, the operator, or who is planned there."""
        mine = role == self.context.procedure.parts.operator
        name = self.operator if mine else self.planned(role)
        self._sitter = Actor(role, who or name or None)

    def planned(self, role: str) -> str | None:
        """Who is planned at a role now, None where the plan names nobody."""
        posts = self.context.plan.planned(self.now)
        names = [post.name for post in posts if post.slot.post == role and post.name != role]
        return self.operator if self.operator in names else next(iter(names), None)

    @property
    def now(self) -> datetime:
        """What the desk's clock says."""
        return self._opened.clock.now()

    @property
    def where(self) -> str:
        """The file or address of the store, without its password."""
        return self._opened.store.where

    @property
    def monotonic(self) -> float:
        """Seconds that never run backwards, by the desk's clock."""
        return self._opened.clock.monotonic()

    @property
    def _opened(self) -> Desk:
        if self._desk is None:
            raise RuntimeError("the desk is not open yet")
        return self._desk

    # Opening and closing.

    def open(self, target: MessagePump) -> None:
        """Open the desk in the worker; `Opened` or `OpenFailed` comes to `target`."""
        self._worker.submit(self._open, target)

    def _open(self, target: MessagePump) -> None:
        try:
            self._desk = self._opening()
        except Exception as error:
            target.post_message(messages.OpenFailed(_typed(error)))
        else:
            target.post_message(messages.Opened())

    def close(self) -> None:
        """Finish what is asked, then close the desk."""
        if self._desk is not None:
            self._worker.submit(self._desk.close)
        self._worker.shutdown(wait=True)

    # Asking and acting.

    def ask(self, question: Question[Any], target: MessagePump, slot: str = "") -> int:
        """Ask the desk; `Answered` or `Failed` comes to `target` with the number given here."""
        return self.job(lambda desk: desk.read(question), target, slot or type(question).__name__)

    def job(self, call: Callable[[Desk], T], target: MessagePump, slot: str) -> int:
        """Do something with the desk in the worker; the answer comes as from `ask`."""
        self._number += 1
        number = self._number
        self._latest[id(target), slot] = number
        self._submit(partial(self._answer, number, call, target, slot))
        return number

    def _answer(
        self,
        number: int,
        call: Callable[[Desk], Any],
        target: MessagePump,
        slot: str,
        heir: MessagePump | None = None,
    ) -> None:
        if self._latest.get((id(target), slot)) != number:
            return
        try:
            answer = call(self._opened)
        except Exception as error:
            typed = _typed(error)
            failed = messages.Failed(number, slot, typed, self.sentence(typed))
            (heir if heir is not None and not target.is_running else target).post_message(failed)
            return
        if self._latest.get((id(target), slot)) == number:
            target.post_message(messages.Answered(number, slot, answer))
        elif heir is not None and not target.is_running:
            heir.post_message(messages.Answered(number, slot, answer))

    def _submit(self, call: Callable[[], None]) -> None:
        self._waiting.append(call)
        self._worker.submit(self._next)

    def _next(self) -> None:
        """Do the longest waiting; nothing waits where `breathe` has done it already."""
        if self._waiting:
            self._waiting.popleft()()

    def breathe(self) -> None:
        """Do what waits by now: a long job in the worker calls this between two of its steps.

        So the second hand, the alarms and an acknowledgement never wait for an import.
        """
        for _turn in range(len(self._waiting)):
            self._next()

    def beside(
        self,
        call: Callable[[Desk], T],
        target: MessagePump,
        slot: str,
        heir: MessagePump | None = None,
    ) -> int:
        """Do something outside the store in a thread of its own; the answer comes as from `ask`.

        For slow folders, programs and printers: neither questions nor the second hand wait for it.
        An `heir` hears of it where the target has gone meanwhile.
        """
        self._number += 1
        number = self._number
        self._latest[id(target), slot] = number
        work = partial(self._answer, number, call, target, slot, heir)
        Thread(target=work, name=f"beside-{slot}", daemon=True).start()
        return number

    def forget(self, target: MessagePump) -> None:
        """Drop every answer still on its way to a screen that goes."""
        for key in [key for key in self._latest if key[0] == id(target)]:
            del self._latest[key]

    def act(self, act: Act, target: MessagePump, slot: str = "act") -> int:
        """Do an act; `Acted` or `Failed` comes to `target`. An act is never dropped."""
        self._number += 1
        self._submit(partial(self._execute, self._number, act, target, slot))
        return self._number

    def _execute(self, number: int, act: Act, target: MessagePump, slot: str) -> None:
        try:
            done = self._opened.execute(act)
        except Exception as error:
            typed = _typed(error)
            target.post_message(messages.Failed(number, slot, typed, self.sentence(typed), act))
        else:
            target.post_message(messages.Acted(number, act, done))

    # The second hand.

    def sweep_here(self, here: bool) -> None:
        """Whether the pulse sweeps when something falls due; False where a daemon does it."""
        self._sweep_every_pulse = here

    def pulse(self, target: MessagePump) -> None:
        """Look once whether the record moved, and sweep when something fell due.

        A pulse that finds the one before still waiting is left out: a slow store gets no queue.
        """
        if self._pulse_waits or self._desk is None:
            return
        self._pulse_waits = True
        self._submit(partial(self._look, target))

    def _look(self, target: MessagePump) -> None:
        try:
            target.post_message(self._looked(self._opened))
        except Exception as error:
            typed = _typed(error)
            target.post_message(messages.PulseFailed(typed, self.sentence(typed)))
        finally:
            self._pulse_waits = False

    def _looked(self, desk: Desk) -> messages.Pulse:
        alarms: tuple[Any, ...] = ()
        mark = desk.change_mark()
        # The first look follows no reading: what is shown first is read after it.
        moved = self._mark is not None and mark != self._mark
        if mark != self._mark:
            self._next_due_at = desk.next_due_at()
        due = self._next_due_at
        if self._sweep_every_pulse and due is not None and desk.now() >= due:
            swept = desk.sweep()
            alarms, self._next_due_at = tuple(swept.alarms), swept.next_due_at
            # Another seat may have raised what this sweep found already raised.
            moved, mark = True, desk.change_mark()
        self._mark = mark
        beat = None if self._sweep_every_pulse else desk.beat()
        return messages.Pulse(moved, alarms, beat)

    # Errors in words.

    def sentence(self, error: DeskError) -> str:
        """What the user reads of an error: a refusal is worded in the procedure's words."""
        if isinstance(error, Refused):
            said = word(error, self.words if self.ready else None)
            if error.clause:
                return _("{sentence}（{clause}）").format(sentence=said, clause=error.clause)
            return said
        return str(error) if isinstance(error, BadInput) else error.message


def _typed(error: Exception) -> DeskError:
    """The error as one that a user can read; a fault of the program is logged with its trace."""
    if isinstance(error, DeskError):
        return error
    log.error("a fault in the worker", exc_info=error)
    return DeskError(
        _("程序出错（{kind}：{text}）；刚才这一步没有做，其余不受影响，请告知管理员").format(
            kind=type(error).__name__, text=error
        )
    )
