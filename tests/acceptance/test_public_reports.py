"""What the public reports by WeChat, and what the citizen says of every case in the end."""

from __future__ import annotations

from typing import Any

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.config.procedures import load, names
from dutydesk.errors import Refused
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.time.zone import parse_instant

AT = parse_instant("2026-11-23T09:00:00+08:00")


def reported(procedure: str, by: str, **fields: Any) -> CaseCard:
    desk = memory_desk(ManualClock(AT), procedure=procedure)
    try:
        done = desk.execute(Act("register", Actor.parse(by), AT, AT, None, fields))
        assert done.case is not None
        card = desk.read(Card(done.case.no))
        assert card is not None
        return card
    finally:
        desk.close()


@pytest.mark.clause("J-11.5")
def test_a_bound_account_reports_into_the_queue_of_the_centre() -> None:
    told = {
        "channel": "wechat",
        "place": "x",
        "description": "乱倒垃圾",
        "reporter": "微网格-演示甲",
    }
    card = reported("jinshan", "reporter:演示甲", **told)
    assert (card.channel_label, card.waiting_for, card.hands) == (
        "金山微网格",
        ("acceptor",),
        "mine",
    )
    assert [(row.name, row.value) for row in card.kept] == [("reporter", "微网格-演示甲")]


@pytest.mark.clause("B-3.4.1.5")
@pytest.mark.parametrize("raised", ["problem", "opinion", "suggestion"])
def test_the_public_raises_a_problem_an_opinion_or_a_suggestion(raised: str) -> None:
    told = {"channel": "wechat_public", "place": "x", "description": "路灯太暗"}
    card = reported(
        *("baoshan", "public:演示乙"),
        **{**told, "urgency": "ordinary", "raised": raised, "raised_by": "resident"},
    )
    assert (card.state, card.channel_label) == ("collected", "微信公众号")
    kept = {row.name: row.value for row in card.kept}
    assert (kept["raised"], kept["raised_by"]) == (raised, "resident")


@pytest.mark.clause("K-2.1.1")
@pytest.mark.parametrize("name", names())
def test_the_citizens_word_is_asked_and_kept_under_every_procedure(name: str) -> None:
    procedure = load(name)
    asking = [verb for verb, kind in procedure.acts.items() if kind.field("satisfaction")]
    assert asking
    for verb in asking:
        field = procedure.acts[verb].field("satisfaction")
        assert field is not None
        assert set(field.choices) == {"satisfied", "unsatisfied", "not_rated"}
        assert procedure.sets(verb, "citizen_contacted")


@pytest.mark.clause("J-11.5")
def test_a_report_of_the_wechat_grid_names_the_bound_account() -> None:
    told = {"channel": "wechat", "place": "x", "description": "乱倒垃圾"}
    with pytest.raises(Refused) as refused:
        reported("jinshan", "reporter:演示甲", **told)
    assert (refused.value.code, refused.value.params["field"]) == ("missing_field", "reporter")
