"""What the lines of a list would do, and doing them: in the order of their times, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from dutydesk.config.time_words import when_message
from dutydesk.config.timed_lines import LONGEST, MOST_LINES, TimedLine, Typed, timed_lines
from dutydesk.config.when import BadWhen
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.screens.command.looking import Seat, View, look
from dutydesk.screens.command.parsing import Known, tokens
from dutydesk.screens.command.several import meant_by
from dutydesk.screens.command.verbs import vocabulary
from dutydesk.screens.forms.submit import AT, acts
from dutydesk.screens.late.saying import said_of, what_is_wrong, worded
from dutydesk.views.labels import Words
from dutydesk.views.queue import Queue, QueueRow
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.time.zone import iso

if TYPE_CHECKING:
    from dutydesk.desk import Desk, Done
    from dutydesk.desk.entering import Entering

FITS, DONE, BEFORE, WRONG = "fits", "done", "before", "wrong"
"""What is known of a line: it can be done, it was done now, it had been done before, it cannot."""


@dataclass(frozen=True, slots=True)
class LateRow:
    """One line and what came of it; `why` says why it is wrong, or what of it was left undone.

    `said` is the act as the desk reads it, `case` the number of its case: of a registration that
    was only looked at the number it would get. `at` is None where its time cannot be read.
    """

    number: int
    text: str
    at: datetime | None
    status: str
    why: str = ""
    case: str | None = None
    verb: str | None = None
    said: str = ""
    key: str | None = None

    @property
    def entered(self) -> bool:
        """Whether the line is on the record."""
        return self.status in (DONE, BEFORE)


def seat_of(desk: Desk, words: Words, actor: Actor, seat: str = "") -> Seat:
    """Who enters a list, and in which words it is answered."""
    procedure = desk.context.procedure
    return Seat(Known(procedure, vocabulary(procedure, words.lang)), words, actor, seat)


def look_over(desk: Desk, typed: Sequence[Typed], seat: Seat) -> tuple[LateRow, ...]:
    """What each line would do after those before it in time; nothing is kept of it.

    Raises BadInput for a list that is too long.
    """
    return _played(desk, typed, seat, keep=False)


def enter(desk: Desk, typed: Sequence[Typed], seat: Seat) -> tuple[LateRow, ...]:
    """Do every line that can be done, all in one transaction, in the order of their times.

    A line that was entered before is not done again. Raises BadInput for a list that is too long,
    StoreError: then nothing was done.
    """
    return _played(desk, typed, seat, keep=True)


def _played(desk: Desk, typed: Sequence[Typed], seat: Seat, *, keep: bool) -> tuple[LateRow, ...]:
    if len(typed) > MOST_LINES or any(len(one.text) > LONGEST for one in typed):
        said = _("一次最多 {lines} 行，每行最多 {signs} 个字")
        raise BadInput(said.format(lines=MOST_LINES, signs=LONGEST))
    now = desk.now()
    lines = timed_lines(typed)
    timed = sorted((line.at, line.number, line) for line in lines if line.at is not None)
    found = {line.number: _no_time(line) for line in lines if line.at is None}
    if timed:
        from dutydesk.desk.entering import entering  # slow import

        with entering(desk, keep=keep) as record:
            play = _Play(record, desk.context.area, seat, now, DONE if keep else FITS)
            for at, number, line in timed:
                found[number] = play.line(line, at)
    return tuple(found[line.number] for line in lines)


def _no_time(line: TimedLine) -> LateRow:
    assert line.bad is not None
    why = when_message(BadWhen(*line.bad)).partition("\n")[0]
    return LateRow(line.number, line.text, None, WRONG, why)


class _Play:
    """The lines of one unit, one after the other; each sees what those before it did."""

    def __init__(self, record: Entering, area: str, seat: Seat, now: datetime, good: str) -> None:
        self._record, self._area, self._seat, self._now = record, area, seat, now
        self._good = good
        self._rows: tuple[QueueRow, ...] | None = None

    def line(self, line: TimedLine, at: datetime) -> LateRow:
        """Do one line inside the unit, or say why not."""
        key = _key(self._area, at, line.words)
        row = LateRow(line.number, line.text, at, WRONG, key=key)
        kept = self._record.before(f"{key}|0")
        if kept is not None:
            label = self._seat.words.verb(kept.verb)
            return replace(row, status=BEFORE, case=kept.case, verb=kept.verb, said=label)
        if at > self._now:
            return replace(row, why=_("时间还没到，补录只记已经发生的"))
        view = self._looked(line.words, at)
        row = replace(row, case=view.head.no, verb=view.head.verb, said=said_of(view, self._words))
        wrong = what_is_wrong(view, self._words)
        return replace(row, why=wrong) if wrong else self._done(row, view, at)

    @property
    def _words(self) -> Words:
        return self._seat.words

    def _looked(self, words: str, at: datetime) -> View:
        """The words read as the command bar reads them, at that moment."""
        asked = self._record.as_of(at)
        if self._rows is None:
            self._rows = asked.read(Queue())
        digits = [word for word in tokens(words)[:2] if word.isdecimal()]
        meant = {one: meant_by(asked, one) for one in digits}
        known = replace(
            self._seat.known,
            rows=self._rows,
            found={one: tuple(c.no for c in found) for one, found in meant.items()},
            states={c.no: c.state for found in meant.values() for c in found},
        )
        return look(asked, words, replace(self._seat, known=known))

    def _done(self, row: LateRow, view: View, at: datetime) -> LateRow:
        """Do the acts of a line; the first refusal ends it."""
        proposal = view.proposal
        assert proposal is not None
        wanted = acts(proposal.scene, {AT: at, **proposal.values}, self._now)
        done: list[Done] = []
        why = ""
        for number, act in enumerate(wanted):
            try:
                done.append(self._record.do(_keyed(act, row.key, number)))
            except (Refused, BadInput) as error:
                why = worded(error, self._words)
                break
        if not done:
            return replace(row, why=why)
        self._rows = None
        case = done[-1].case
        if why:
            label = self._words.verb(wanted[len(done)].verb)
            why = _("{act}没有办：{why}").format(act=label, why=why)
        return replace(row, status=self._good, why=why, case=case.no if case else row.case)


def _key(area: str, at: datetime, words: str) -> str:
    """The same words at the same minute are the same entry, whoever types them."""
    digest = sha256(" ".join(tokens(words)).encode()).hexdigest()[:24]
    return f"late|{area}|{iso(at)}|{digest}"


def _keyed(act: Act, key: str | None, number: int) -> Act:
    return replace(act, key=f"{key}|{number}")
