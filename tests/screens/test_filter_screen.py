"""Narrowing the queue: counts beside each choice that are the rows of the list."""

from __future__ import annotations

import pytest
from opened import Seat, sit
from shift import mid_shift

from dutydesk.screens.filters import FACETS, Facet, count, worded
from dutydesk.screens.forms.entry import Entry
from dutydesk.views.labels import Words
from dutydesk.views.queue import Filters, Queue


async def opened(seat: Seat, filters: Filters | None = None) -> None:
    seat.sitting.open("filters", filters=filters or Filters())
    await seat.until(lambda: bool(seat.screen.query_one("#facet-bay", Facet).options))


def test_a_digit_narrows_and_the_desk_shows_exactly_what_was_counted() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        assert "○3 处置 6" in seat.text()
        await seat.press("3")
        await seat.until(lambda: "符合 6 件" in seat.text())
        assert seat.alarm_seen
        await seat.press("enter")
        await seat.until(lambda: seat.name == "DeskScreen")
        await seat.until(lambda: len(seat.app.desk.board.rows) == 6)
        assert {row.bay for row in seat.app.desk.board.rows} == {"处置"}
        assert seat.app.desk.filters == Filters(bay="处置")

    sit(scenario)


@pytest.mark.soak
def test_the_same_digit_takes_the_choice_away_and_minus_takes_all() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        await seat.press("3", "3")
        assert seat.screen.wanted() == Filters()
        await seat.press("3", "asterisk", "2", "minus")
        assert seat.screen.wanted() == Filters()

    sit(scenario)


@pytest.mark.soak
def test_full_width_digits_and_signs_do_the_same() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        await seat.press("３")
        await seat.wide("＊")
        await seat.press("１")
        assert seat.screen.wanted() == Filters(bay="处置", grid="仓场社区网格")

    sit(scenario)


@pytest.mark.soak
def test_escape_leaves_the_filters_as_they_were() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat, Filters(bay="结案"))
        await seat.press("1", "escape")
        await seat.until(lambda: seat.name == "DeskScreen")
        assert seat.app.desk.filters == Filters()

    sit(scenario)


@pytest.mark.soak
def test_a_text_narrows_too() -> None:
    async def scenario(seat: Seat) -> None:
        await opened(seat)
        seat.screen.query_one("#facet-text", Entry).focus()
        await seat.type("井盖")
        await seat.press("enter")
        assert seat.app.desk.filters == Filters(text="井盖")

    sit(scenario)


def test_every_tag_flag_kind_and_way_of_finding_narrows_and_is_counted() -> None:
    shift = mid_shift(6)
    shift.case(0, 3, pain_points=["热点"], kind="component", discovered_by="technology")
    shift.case(1, 3, pain_points=["堵点"], kind="event", discovered_by="people", legacy=True)
    shift.case(2, 3, key_work=["进博保障"], cross_level=True, cross_domain=True)
    shift.case(3, 3, cross_grids=["仓场", "迎园"])
    desk = shift.desk
    choices = count(desk, Filters()).choices
    counts = {facet: dict(values) for facet, values in choices.items()}
    assert counts["tag"] == {
        "cross_level": 1, "cross_grid": 1, "cross_domain": 1, "legacy": 1,
        "热点": 1, "难点": 0, "堵点": 1, "进博保障": 1,
    }  # fmt: skip
    assert counts["kind"] == {"component": 1, "event": 1}
    assert counts["discovered_by"] == {"people": 1, "technology": 1}
    for facet in ("bay", "grid", "channel", "track", "tag", "mark", "kind", "discovered_by"):
        for value, number in choices[facet]:
            wanted = Filters(area=desk.context.area, **{facet: value})
            assert len(desk.read(Queue(wanted))) == number, (facet, value)


def test_counts_follow_the_other_filters_and_not_their_own() -> None:
    desk = mid_shift(24).desk
    counts = count(desk, Filters(bay="处置"))
    assert dict(counts.choices["bay"])["受理"] == 4
    assert sum(number for _grid, number in counts.choices["grid"]) == 6
    assert counts.all == 6


def test_the_filters_in_a_few_words() -> None:
    words = Words(mid_shift(1).desk.context.procedure)
    filters = Filters(bay="处置", grid="仓场社区网格", tag="legacy", overdue=True, text="井")
    assert worded(filters, words) == "处置 · 仓场 · 历史遗留 · 超时 · “井”"
    assert set(FACETS) < set(Filters.__dataclass_fields__)
