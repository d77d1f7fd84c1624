"""What became of one alarm: raised, acknowledged, shelved, called back, over; who and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _
from dutydesk.screens import messages
from dutydesk.screens.forms.saying import Saying, Spoken
from dutydesk.screens.gateway import Gateway
from dutydesk.screens.parts.dialog import Dialog
from dutydesk.screens.parts.paint import Span, blank, column, free
from dutydesk.views.alarm_list import DID, AlarmHistory, Happened, at
from dutydesk.views.alarms import AlarmRow, worded
from dutydesk.views.labels import Words
from dutydesk.views.queue import millis

SLOT = "history"


class AlarmHistoryDialog(Dialog):
    """One alarm from its moment to its end."""

    DEFAULT_CSS = """
    AlarmHistoryDialog #box {
        width: 76; height: auto; max-height: 20; background: $panel; border: round $accent;
        padding: 0 1;
    }
    """

    def __init__(self, gateway: Gateway, alarm: AlarmRow) -> None:
        super().__init__(gateway)
        self.alarm = alarm

    def compose_body(self) -> ComposeResult:
        """What it says, over its steps."""
        gateway = self.gateway
        with Vertical(id="box"):
            what = worded(self.alarm, millis(gateway.now), gateway.words).what
            yield Saying(what, "accent!")
            yield Spoken(history_lines(self.alarm, (), gateway.words), id="steps")

    def on_mount(self) -> None:
        """Ask for the steps."""
        self.gateway.ask(AlarmHistory(self.alarm.key), self, SLOT)

    def on_answered(self, event: messages.Answered) -> None:
        """They have come."""
        lines = history_lines(self.alarm, event.answer, self.gateway.words)
        self.query_one("#steps", Spoken).show(lines)

    def on_failed(self, event: messages.Failed) -> None:
        """The store could not be asked."""
        self.say(event.sentence, "red")


def history_lines(alarm: AlarmRow, steps: Sequence[Happened], words: Words) -> list[list[Span]]:
    """A line for each step, in order of time."""
    found = [_line(at(alarm.raised_at), _("告警"), "", "")]
    if alarm.late:
        found.append(_line(at(alarm.planned_at), _("应在此时告警，补报"), "", ""))
    for step in steps:
        until = _("到 {time}").format(time=f"{step.until:%m-%d %H:%M}") if step.until else ""
        why = " ".join(part for part in (step.reason, until) if part)
        found.append(_line(step.at, _(DID[step.did]), words.actor(step.by), why))
    if alarm.returned_at is not None:
        found.append(_line(at(alarm.returned_at), _("已办，未确认"), "", ""))
    if alarm.ended_at is not None:
        found.append(_line(at(alarm.ended_at), _("结束"), "", ""))
    return [line for _at, line in sorted(found, key=lambda pair: pair[0])]


def _line(when: datetime, did: str, by: str, why: str) -> tuple[datetime, list[Span]]:
    spans = [column(f"{when:%m-%d %H:%M:%S}", 15, "bright"), free(did, "ink")]
    for text in (by, why):
        if text:
            spans += [blank(2), free(text, "dim")]
    return when, spans
