"""The header counts what the upstream platform does not have yet."""

from __future__ import annotations

from dutydesk.bootstrap import memory_desk
from dutydesk.views.writebacks import NotWrittenBack
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.time.zone import parse_instant

NOW = parse_instant("2026-11-23T09:00")


def test_a_refusal_counts_until_it_is_ticked() -> None:
    desk = memory_desk(NOW)
    fields = {
        "channel": "grid",
        "place": "外区",
        "description": "垃圾",
        "external_no": "2611A0000001",
    }
    by = Actor("commander")
    case = desk.execute(Act("register", by, NOW, NOW, fields=fields)).case
    assert case is not None
    counts = [desk.read(NotWrittenBack())]

    refusal = {"reason": "not_in_area", "fed_back_at": NOW}
    desk.execute(Act("refuse", by, NOW, NOW, case=case.no, fields=refusal))
    counts.append(desk.read(NotWrittenBack()))
    ticked = {"system": "网格化平台", "what": "不予受理"}
    desk.execute(Act("write_back", by, NOW, NOW, case=case.no, fields=ticked))
    counts.append(desk.read(NotWrittenBack()))

    assert counts == [0, 1, 0]
