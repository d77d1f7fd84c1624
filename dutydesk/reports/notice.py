"""The message that calls the parties together: matter, time, place, ready to paste (A-32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dutydesk.i18n import _, listed
from dutydesk.text import mask_numbers, one_line
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.time.zone import to_local


@dataclass(frozen=True, slots=True)
class Meeting:
    """When, where, how and with whom a coordination takes place."""

    at: datetime
    location: str
    mode: str
    parties: Sequence[str]


def notice(card: CaseCard, meeting: Meeting, words: Words, *, drill: bool = False) -> str:
    """The text of the push (X-5.2.3.3): case information, coordination time and place.

    Numbers in free texts are covered and the caller is left out (X-3.2.6); a drill says so.
    """
    local = to_local(meeting.at)
    no, level = card.tail, card.difficulty_label or ""
    lines = [
        _("【城运协调】{no} {level}案件").format(no=no, level=level),
        _("地点：{place}").format(place=_said(card.place)),
        _("事由：{description}").format(description=_said(card.description)),
        _("协调时间：{time}（{mode}）").format(
            time=f"{local:%m-%d %H:%M}", mode=words.choice("mode", meeting.mode)
        ),
        _("协调地点：{location}").format(location=_said(meeting.location)),
        _("参加：{parties}").format(parties=listed(_said(name) for name in meeting.parties)),
        _("请按时到场并确认响应；来不了请立即回电。"),
    ]
    if drill:
        lines.insert(0, _("【演练】"))
    return "\n".join(lines)


def _said(text: str) -> str:
    return mask_numbers(one_line(text))


def write_back(case: Case, words: Words) -> str:
    """What goes back to the platform a case came from: number, state, when, the answer."""
    at = case.closed_at
    lines = [
        _("编号：{no}").format(no=case.external_no or case.no),
        _("状态：{state}").format(state=words.state(case.state)),
        _("办结时间：{time}").format(time=f"{to_local(at):%Y-%m-%d %H:%M}" if at else ""),
        _("办理结果：{result}").format(result=mask_numbers(case.course.report or "")),
    ]
    return "\n".join(lines)
