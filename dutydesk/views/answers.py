"""What became of a case in the words that go back to where it came from."""

from __future__ import annotations

from collections.abc import Mapping

from dutydesk.i18n import _
from dutydesk.workflow.cases.model import Case


def result_of(case: Case) -> str:
    """What the parties filed, each by name where there are several; else the report."""
    filed = [(p.name, p.result) for p in case.course.parties if p.result]
    if len(filed) == 1:
        return str(filed[0][1])
    if filed:
        return "；".join(f"{name}：{text}" for name, text in filed)
    return case.course.report or ""


def why_refused(refusal: Mapping[str, object]) -> str:
    """The reason of a refusal in words, with the grid it belongs to where that is known."""
    belongs_to = refusal.get("belongs_to")
    if belongs_to:
        return _("不属本片区，应属 {grid}").format(grid=belongs_to)
    return _("不属本片区")
