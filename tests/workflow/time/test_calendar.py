"""Day classes from yearly tables, by rules alone."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from dutydesk.workflow.time.calendar import (
    Calendar,
    Day,
    DayKind,
    Listed,
    YearTable,
    wanted_years,
)

PAPER_2030 = "https://example.test/2030"
PAPER_2031 = "https://example.test/2031"
TABLE_2030 = YearTable(
    2030,
    (
        Listed(date(2030, 1, 1), "元旦", True),
        Listed(date(2030, 1, 5), "元旦", False),
        Listed(date(2030, 2, 4), "春节", False),
        Listed(date(2030, 12, 31), "元旦", True),
    ),
    (PAPER_2030,),
)
TABLE_2031 = YearTable(
    2031,
    (
        Listed(date(2030, 12, 29), "元旦", False),
        Listed(date(2030, 12, 31), "元旦", False),
        Listed(date(2031, 1, 1), "元旦", True),
    ),
    (PAPER_2031,),
)
EMPTY_2032 = YearTable(2032)


def calendar() -> Calendar:
    return Calendar.of([TABLE_2030, TABLE_2031, EMPTY_2032])


def test_four_classes_with_their_source() -> None:
    found = calendar()
    assert [found.day_class(date(2030, 1, day)) for day in (1, 2, 5, 6)] == [
        Day(date(2030, 1, 1), DayKind.HOLIDAY, "元旦", PAPER_2030),
        Day(date(2030, 1, 2), DayKind.WORK, "", "week"),
        Day(date(2030, 1, 5), DayKind.MAKEUP, "元旦", PAPER_2030),
        Day(date(2030, 1, 6), DayKind.REST, "", "week"),
    ]
    assert [found.is_working_day(date(2030, 1, day)) for day in (1, 2, 5, 6)] == [
        *(False, True, True, False),
    ]


def test_a_weekday_named_as_worked_is_a_plain_working_day() -> None:
    assert calendar().day_class(date(2030, 2, 4)).kind is DayKind.WORK


def test_december_is_read_from_the_next_years_table_too_and_that_is_the_later_word() -> None:
    found = calendar()
    assert found.day_class(date(2030, 12, 29)).kind is DayKind.MAKEUP
    assert found.day_class(date(2030, 12, 31)) == Day(
        date(2030, 12, 31), DayKind.WORK, "元旦", PAPER_2031
    )


def test_a_year_without_a_table_is_the_plain_week_taken_on_trust() -> None:
    found = calendar()
    assert [found.published(year) for year in (2029, 2030, 2031, 2032)] == [
        *(False, True, True, False),
    ]
    assert found.missing_years(2029, 2033) == (2029, 2032, 2033)
    assert found.day_class(date(2032, 10, 1)) == Day(date(2032, 10, 1), DayKind.WORK, "", "assumed")
    assert found.day_class(date(2032, 10, 2)).kind is DayKind.REST


def test_a_desks_own_day_stands_above_the_table() -> None:
    own = Day(date(2030, 1, 1), DayKind.WORK, "防汛", "desk")
    found = Calendar.of([TABLE_2030], {own.date: own})
    assert found.day_class(date(2030, 1, 1)) == own
    assert found.is_working_day(date(2030, 1, 1))


def test_a_table_is_asked_for_once_and_only_when_needed() -> None:
    asked: list[int] = []

    def source(year: int) -> YearTable | None:
        asked.append(year)
        return {2030: TABLE_2030}.get(year)

    found = Calendar(source)
    assert asked == []
    for _ in range(3):
        found.day_class(date(2030, 6, 1))
    assert asked == [2030, 2031]


def test_the_next_year_is_wanted_from_the_first_of_november() -> None:
    found = calendar()
    assert wanted_years(found, date(2031, 10, 31)) == ()
    assert wanted_years(found, date(2031, 11, 1)) == (2032,)
    assert wanted_years(found, date(2032, 12, 1)) == (2032, 2033)


@given(st.dates(date(2029, 1, 1), date(2033, 12, 31)))
def test_the_next_working_day_is_the_first_one_after(day: date) -> None:
    found = calendar()
    following = found.next_working_day(day)
    between = [
        date.fromordinal(number) for number in range(day.toordinal() + 1, following.toordinal())
    ]
    assert found.is_working_day(following)
    assert following > day
    assert [found.is_working_day(each) for each in between] == [False] * len(between)
