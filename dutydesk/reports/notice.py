"""The ready texts that leave the desk: short, with time and place, numbers covered (A-32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from dutydesk.i18n import _, listed
from dutydesk.text import mask_numbers, one_line
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.templates import templates_of
from dutydesk.workflow.time.zone import to_local


class Subject(Protocol):
    """What a notice says of a case; a case's card is one."""

    @property
    def tail(self) -> str: ...
    @property
    def difficulty_label(self) -> str | None: ...
    @property
    def place(self) -> str: ...
    @property
    def description(self) -> str: ...


class Matter(NamedTuple):
    """The subject of a notice where no card is at hand."""

    tail: str
    difficulty_label: str | None
    place: str
    description: str


def matter_of(case: Case, words: Words) -> Matter:
    """What a notice says of this case."""
    difficulty = words.choice("difficulty", case.course.difficulty) or None
    return Matter(case.no[-4:], difficulty, case.place, case.description)


@dataclass(frozen=True, slots=True)
class Meeting:
    """When, where, how and with whom a coordination takes place; `at` None while it is open.

    `reason` is why it was moved, empty where it was not.
    """

    at: datetime | None
    location: str
    mode: str
    parties: Sequence[str]
    reason: str = ""


def notice(
    matter: Subject, meeting: Meeting, words: Words, *, drill: bool = False, kind: str = "convene"
) -> str:
    """The text of the push (X-5.2.3.3): case information, coordination time and place.

    With `kind` "reschedule" the procedure's own text of a meeting that was moved, where it has one.
    Numbers in free texts are covered and the caller is left out (X-3.2.6); a drill says so.
    """
    time = "…" if meeting.at is None else f"{to_local(meeting.at):%m-%d %H:%M}"
    no, level = matter.tail, matter.difficulty_label or ""
    known = templates_of(words.procedure)
    template = known.get(kind) or known.get("convene")
    if template is not None:
        return marked(template.filled(words.lang, _values(matter, meeting, time, words)), drill)
    lines = [
        _("【城运协调】{no} {level}案件").format(no=no, level=level),
        _("地点：{place}").format(place=said(matter.place)),
        _("事由：{description}").format(description=said(matter.description)),
        _("协调时间：{time}（{mode}）").format(time=time, mode=words.choice("mode", meeting.mode)),
        _("协调地点：{location}").format(location=said(meeting.location)),
        _("参加：{parties}").format(parties=listed(said(name) for name in meeting.parties)),
        _("请按时到场并确认响应；来不了请立即回电。"),
    ]
    return marked("\n".join(lines), drill)


def _values(matter: Subject, meeting: Meeting, time: str, words: Words) -> dict[str, str]:
    """What a procedure's own text of a convening may name."""
    return {
        "no": matter.tail,
        "level": matter.difficulty_label or "",
        "place": said(matter.place),
        "description": said(matter.description),
        "time": time,
        "mode": words.choice("mode", meeting.mode),
        "location": said(meeting.location),
        "parties": listed(said(name) for name in meeting.parties),
        "reason": said(words.choice("reason", meeting.reason)),
    }


def joint_notice(
    cases: Sequence[tuple[Subject, Sequence[str]]],
    meeting: Meeting,
    words: Words,
    *,
    drill: bool = False,
) -> str:
    """One push for several cases that are coordinated together, each listed with its parties."""
    time = "…" if meeting.at is None else f"{to_local(meeting.at):%m-%d %H:%M}"
    lines = [_("【城运协调】{count} 件案件一并协调").format(count=len(cases))]
    for number, (matter, parties) in enumerate(cases, start=1):
        line = _("{number}. {no} {level}案件，{place}：{description}（{parties}）")
        lines.append(
            line.format(
                number=number,
                no=matter.tail,
                level=matter.difficulty_label or "",
                place=said(matter.place),
                description=said(matter.description),
                parties=listed(said(name) for name in parties),
            )
        )
    lines += [
        _("协调时间：{time}（{mode}）").format(time=time, mode=words.choice("mode", meeting.mode)),
        _("协调地点：{location}").format(location=said(meeting.location)),
        _("请按时到场并确认响应；来不了请立即回电。"),
    ]
    return marked("\n".join(lines), drill)


def marked(text: str, drill: bool) -> str:
    """A text that leaves the desk; in a drill its first line says that it is one."""
    return f"{_('【演练】')}\n{text}" if drill else text


def said(text: str) -> str:
    """A free text as it may leave the desk: on one line, numbers covered (X-3.2.6)."""
    return mask_numbers(one_line(text))


def late_refusal(case: Case, *, drill: bool = False) -> str:
    """What the street centre is told when a refusal was fed back late (X-5.2.1.3)."""
    return marked(_("{no} 不予受理的反馈已超过 1 个自然日").format(no=case.no), drill)
