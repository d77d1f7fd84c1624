"""The ready texts that go out to people: short, with time and place, personal data covered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dutydesk.i18n import _, listed
from dutydesk.text import mask_numbers, one_line
from dutydesk.views.labels import Words
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.time.zone import to_local

LONGEST_STORY = 120
"""Characters of the description that a message carries."""


def convene_text(
    case: Case,
    words: Words,
    *,
    parties: Sequence[str],
    time: datetime | None,
    location: str | None,
    mode: str | None,
    drill: bool = False,
) -> str:
    """The message that convenes the parties: case, coordination time and place (X-5.2.3.3).

    Numbers inside the description are masked; the caller is not named.
    """
    story = mask_numbers(one_line(case.description))[:LONGEST_STORY]
    place = mask_numbers(one_line(case.place)) or _("地点待补")
    when = "…" if time is None else f"{to_local(time):%m-%d %H:%M}"
    way = _("线上") if mode == "online" else _("线下")
    difficulty = words.choice("difficulty", case.course.difficulty)
    lines = [
        _("【联动协调】{no}（{level}）").format(no=case.no, level=difficulty),
        _("事由：{story}").format(story=story),
        _("地点：{place}").format(place=place),
        _("协调时间：{when}").format(when=when),
        _("协调地点：{location}（{way}）").format(location=location or "…", way=way),
        _("参加：{parties}；牵头：{lead}").format(
            parties=listed(parties), lead=case.course.lead or "…"
        ),
        _("请按时到场并确认响应。"),
    ]
    if drill:
        lines.insert(0, _("【演练】"))
    return "\n".join(lines)


def late_refusal_text(case: Case) -> str:
    """What the street centre is told when a refusal was fed back late (X-5.2.1.3)."""
    return _("{no} 不予受理的反馈已超过 1 个自然日").format(no=case.no)
