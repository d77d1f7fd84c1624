"""Hongkou: five levels and three platforms, no limit in the text, not out of the street unsaid."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ZONE, ManualClock
from dutydesk.config.procedures import load
from dutydesk.views.card import Card
from dutydesk.views.card_rows import CaseCard
from dutydesk.views.jsonable import case as case_json
from dutydesk.views.owning import Owner
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor
from tests.acceptance.drilling import refusals, state
from tests.acceptance.ruled import Json, runs, told, under

drill = under("hongkou")


def line(at: str, do: str, by: str = "street_desk", **fields: Any) -> Json:
    return {"at": f"2026-11-{at}:00+08:00", "do": do, "by": by, "case": "a"} | fields


def taken(at: str = "23T09:00", **fields: Any) -> Json:
    given = {"channel": "life_net", "place": "x", "description": "楼道堆物"} | fields
    return line(at, "register", **given)


AUDIT = line("23T09:10", "audit", category="市容", kind="event")
DISPATCH = line("23T09:20", "dispatch", owner="committee", lead="甲居委", parties=["物业"])


@pytest.mark.clause("K-1.1", "K-5.1.6", "K-2.1.1", "K-1.3")
def test_a_case_goes_from_audit_to_the_citizens_word_without_any_limit() -> None:
    output = drill(
        taken(),
        AUDIT,
        DISPATCH,
        line("23T10:00", "coordinate", "area_head", participants=["城管", "物业"], text="商定"),
        line("25T09:00", "file_result", party="甲居委", text="已清"),
        line("25T10:00", "file_result", party="物业", text="已清"),
        line("25T11:00", "evaluate", satisfaction="satisfied"),
    )

    assert refusals(output) == []
    assert state(output) == "closed"
    assert runs(output, "in_hand") == [(None, None, None)]
    assert told(output, "in_hand") == [
        ("11-24T09:00", "yellow", ("street_desk",)),
        ("11-25T09:00", "yellow", ("street_desk",)),
    ]


@pytest.mark.clause("K-2.3.1")
@pytest.mark.parametrize("number", ["110", "120", "119"])
def test_the_emergency_numbers_stay_with_themselves(number: str) -> None:
    output = drill(
        taken(channel=number), taken("23T09:01", channel="hotline_12345", external_no="1")
    )

    assert refusals(output) == [("register", "police_incident")]
    refused = next(x for x in output if x["kind"] == "refused")
    assert number in refused["message"]
    assert refused["clause"] == "K-2.3.1"


@pytest.mark.clause("K-5.2.6", "K-2.3.2", "K-2.3.3")
def test_nothing_leaves_the_street_without_a_statement_why_it_cannot_stay() -> None:
    above = {"direction": "district", "transfer_no": "上1", "reason": "权限"}
    output = drill(
        taken(),
        AUDIT,
        line("23T09:20", "send_up", **above),
        line("23T09:30", "send_up", **above, statement="需区级审批"),
        line("24T09:00", "record_answer", "district_centre", text="同意"),
        line("24T09:10", "send_down", direction="area", transfer_no="下1", reason="属地"),
    )

    assert refusals(output) == [("send_up", "missing_field")]
    assert state(output) == "to_dispatch"


@pytest.mark.clause("K-5.2.6")
def test_within_the_street_no_statement_is_asked() -> None:
    given = {"direction": "street", "transfer_no": "上2", "reason": "跨片区"}
    assert refusals(drill(taken(), AUDIT, DISPATCH, line("23T10:00", "send_up", **given))) == []


@pytest.mark.clause("K-2.3.5")
def test_self_governing_units_close_what_they_can_solve_themselves() -> None:
    output = drill(
        taken(),
        AUDIT,
        line("23T10:00", "self_manage", "self_governing_unit", self_managed="managed", text="自清"),
        line("23T11:00", "evaluate", satisfaction="not_rated"),
    )

    assert refusals(output) == []
    assert state(output) == "closed"


@pytest.mark.clause("K-1.2", "K-5.4.1")
def test_five_levels_three_platforms_and_nothing_invented_below_the_fourth() -> None:
    table = load("hongkou").raw

    assert [(x["code"], x["platform"]) for x in table["levels"]] == [
        ("district", True),
        ("street", True),
        ("area", False),
        ("committee", True),
        ("self_governing_unit", False),
    ]
    assert [slot["entries"] for slot in table["slots"]] == [[], [], [], []]
    assert all(
        kind.limit is None for kinds in load("hongkou").clocks.values() for kind in kinds.values()
    )


@pytest.mark.clause("K-2.3.4", "K-5.1.1")
def test_the_street_leads_joint_duty_and_the_case_keeps_its_function() -> None:
    together = {
        "participants": ["城管分队", "派出所"],
        "neighbours": ["甲居委"],
        "text": "联勤巡查",
    }
    of_committee = drill(
        taken(function="joint_duty"), AUDIT, DISPATCH, line("23T10:00", "joint_duty", **together)
    )
    of_street = drill(
        taken(function="joint_duty"),
        AUDIT,
        line("23T09:20", "dispatch", owner="street", lead="城管分队"),
        line("23T10:00", "joint_duty", **together),
    )

    assert refusals(of_committee) == [("joint_duty", "wrong_state")]
    assert refusals(of_street) == []
    done = next(x for x in of_street if x.get("event") == "joint_duty")
    assert (done["by"], done["data"]["neighbours"]) == ("street_desk", ["甲居委"])


@pytest.mark.clause("K-3.2", "K-5.2.5", "K-1.3")
def test_a_case_shows_the_level_that_answers_for_it_and_its_head() -> None:
    at = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
    desk = memory_desk(ManualClock(at), procedure="hongkou")

    def do(verb: str, case: str | None = None, **fields: Any) -> CaseCard:
        done = desk.execute(Act(verb, Actor("street_desk"), at, at, case, fields))
        assert done.case is not None
        card = desk.read(Card(done.case.no))
        assert card is not None
        return card

    told = {"channel": "patrol", "place": "x", "description": "堆物", "function": "joint_action"}
    found = do("register", **told)
    assert found.owner == Owner("street", "街道", "街道主要领导", "", default=True)
    assert [(row.label, row.value_label) for row in found.kept] == [("职能", "大联动")]
    do("audit", found.no, category="市容", kind="event")
    sent = do("dispatch", found.no, owner="committee", lead="甲居委")
    assert sent.owner == Owner("committee", "居委会", "居委会主任", "", default=False)
    assert case_json(sent)["owner"]["head"] == "居委会主任"
    desk.close()
