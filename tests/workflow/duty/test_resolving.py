"""Rungs reach persons on duty: an empty one is passed over at once, and the next knows why."""

from __future__ import annotations

from datetime import datetime

from dutydesk.clock import ZONE
from dutydesk.config.procedures import load
from dutydesk.workflow.alarms.model import Told
from dutydesk.workflow.duty.presence import OnDuty, Slot, Status
from dutydesk.workflow.duty.resolving import EMPTY, OWN_UNIT, STANDS_IN, Standing, resolve

NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)
PARTS = load("xinchenglu").parts
AREA = "140901"
NAMES = {
    "commander": "陈安",
    "deputy_head": "陆知行",
    "area_head": "程远舟",
    "street_centre": "吴渊",
    "城管": "宋帆",
}


def standing(*off: str, night: bool = False, own: str = "") -> Standing:
    def entry(role: str, unit: str | None = None, area: str | None = AREA) -> OnDuty:
        key = unit or role
        status = Status.OFF if key in off else Status.UNKNOWN
        return OnDuty(Slot(area, role, unit), NAMES[key], status, None, None)

    posts = (
        entry("commander"),
        entry("deputy_head"),
        entry("area_head"),
        entry("line_lead", "城管"),
        entry("street_centre", area=None),
    )
    holder = "night_desk" if night else "commander"
    units = {"陆知行": frozenset((own,))} if own else {}
    return Standing(AREA, posts, PARTS, holder, units)


def test_a_rung_reaches_the_persons_of_now() -> None:
    found = resolve(["commander", "deputy_head"], standing())
    assert found == (Told("commander", ("陈安",)), Told("deputy_head", ("陆知行",)))


def test_a_deputy_stands_in_for_his_head_and_both_absent_go_to_the_street() -> None:
    assert resolve(["area_head"], standing("area_head")) == (
        Told("area_head", (), EMPTY),
        Told("deputy_head", ("陆知行",), STANDS_IN),
    )
    assert resolve(["area_head"], standing("area_head", "deputy_head")) == (
        Told("area_head", (), EMPTY),
        Told("street_centre", ("吴渊",), EMPTY),
    )


def test_an_empty_rung_goes_up_at_once_and_nobody_at_all_is_on_the_record() -> None:
    assert resolve(["deputy_head"], standing("deputy_head")) == (
        Told("deputy_head", (), EMPTY),
        Told("area_head", ("程远舟",), EMPTY),
    )
    nobody = standing("deputy_head", "area_head", "street_centre")
    assert resolve(["deputy_head"], nobody) == (Told("deputy_head", (), EMPTY),)


def test_a_deputy_whose_own_unit_is_the_subject_is_not_the_only_one_told() -> None:
    own = standing(own="城管")
    assert resolve(["deputy_head"], own, units=["城管"]) == (
        Told("deputy_head", ("陆知行",)),
        Told("commander", ("陈安",), OWN_UNIT),
        Told("area_head", ("程远舟",), OWN_UNIT),
    )
    assert resolve(["deputy_head"], own, units=["公安"]) == (Told("deputy_head", ("陆知行",)),)


def test_a_party_is_told_by_its_lead_and_a_station_as_it_is() -> None:
    assert resolve(["party"], standing(), party="城管") == (Told("party", ("宋帆",)),)
    assert resolve(["party"], standing(), party="嘉乐社区网格") == (
        Told("party", ("嘉乐社区网格",)),
    )
    assert resolve(["station"], standing()) == (Told("station"),)


def test_while_the_night_desk_holds_it_is_told_for_the_operator() -> None:
    assert [one.role for one in resolve(["commander"], standing(night=True))] == ["night_desk"]
