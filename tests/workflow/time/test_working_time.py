"""Working days and hours: worked instants, and that adding and measuring agree on any calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dutydesk.config.calendars import shipped_calendar
from dutydesk.workflow.time.calendar import Calendar, Day, DayKind, Listed, YearTable
from dutydesk.workflow.time.counting import (
    BeyondCalendar,
    Counting,
    before,
    due_at,
    elapsed_s,
)
from dutydesk.workflow.time.explaining import due
from dutydesk.workflow.time.ledger import Pause, Why
from dutydesk.workflow.time.limits import Limit, LimitKind, parse
from dutydesk.workflow.time.slots import DAY_S, BadSlots, Slot, Slots, read_slots
from dutydesk.workflow.time.zone import ZONE, iso, parse_instant

SHIPPED = shipped_calendar()
COUNTINGS = [Counting(working_day=name) for name in ("end_of_day", "same_clock", "8h")]
END, CLOCK, HOURS = COUNTINGS


def at(start: str, limit: str, counting: Counting = END, calendar: Calendar = SHIPPED) -> str:
    found = due_at(parse(limit), parse_instant(start), counting=counting, calendar=calendar)
    return iso(found).removesuffix("+08:00")


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("1个工作日", "2026-11-20T17:00", "2026-11-24T00:00:00"),
        ("5 working days", "2026-11-20T00:00", "2026-11-28T00:00:00"),
        ("12个工作日", "2026-11-20T23:59:59", "2026-12-09T00:00:00"),
        ("15 working days", "2026-11-20T09:00", "2026-12-12T00:00:00"),
        # Friday before the make-up Saturday of National Day; Sunday 20 September is worked.
        ("1个工作日", "2026-10-09T10:00", "2026-10-11T00:00:00"),
        ("2个工作日", "2026-09-18T10:00", "2026-09-22T00:00:00"),
        # A start on a rest day, and over the Spring Festival.
        ("1个工作日", "2026-11-21T10:00", "2026-11-24T00:00:00"),
        ("1个工作日", "2026-02-14T10:00", "2026-02-25T00:00:00"),
        # The year's end reads both tables: Saturday 29 December 2018 was worked, Monday was not.
        ("1个工作日", "2018-12-28T10:00", "2018-12-30T00:00:00"),
        ("2个工作日", "2018-12-28T10:00", "2019-01-03T00:00:00"),
        ("1 working day", "2028-02-28T10:00", "2028-03-01T00:00:00"),
    ],
)
def test_to_the_end_of_the_nth_working_day(limit: str, start: str, expected: str) -> None:
    assert at(start, limit) == expected


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("1个工作日", "2026-11-20T17:00:07", "2026-11-23T17:00:07"),
        ("1个工作日", "2026-11-21T10:00", "2026-11-24T00:00:00"),
        ("5个工作日", "2026-11-21T10:00", "2026-11-30T00:00:00"),
        ("1个工作日", "2026-11-20T00:00", "2026-11-23T00:00:00"),
        ("1个工作日", "2026-10-09T18:00", "2026-10-10T18:00:00"),
    ],
)
def test_to_the_same_time_of_day(limit: str, start: str, expected: str) -> None:
    assert at(start, limit, CLOCK) == expected


@pytest.mark.parametrize(
    ("limit", "start", "expected"),
    [
        ("4工作时", "2026-11-20T08:30", "2026-11-20T14:00:00"),
        ("4 working hours", "2026-11-20T13:30", "2026-11-20T17:30:00"),
        ("1 working hour", "2026-11-20T11:30:30", "2026-11-20T14:00:30"),
        ("1工作时", "2026-11-20T12:00", "2026-11-20T14:30:00"),
        ("1工作时", "2026-11-20T17:30", "2026-11-23T09:30:00"),
        ("4工作时", "2026-10-09T16:30", "2026-10-10T11:30:00"),
        ("8工作时", "2026-11-21T03:00", "2026-11-24T09:00:00"),
    ],
)
def test_inside_the_working_slots(limit: str, start: str, expected: str) -> None:
    assert at(start, limit) == expected


def test_a_working_day_of_eight_hours() -> None:
    assert at("2026-11-20T08:30", "1个工作日", HOURS) == "2026-11-23T09:00:00"


def test_slots_by_weekday_and_by_date() -> None:
    slots = Slots(
        by_weekday={4: read_slots("08:30-10:00,10:15-12:00,13:30-16:00")},
        by_date={date(2026, 11, 23): read_slots("00:00-24:00")},
    )
    calendar = Calendar.of([], slots=slots)
    # Friday gives 5 h 45 min in three slots, Monday all of its day.
    assert at("2026-11-20T08:00", "5工作时", calendar=calendar) == "2026-11-20T15:15:00"
    assert at("2026-11-20T08:00", "6工作时", calendar=calendar) == "2026-11-23T00:15:00"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("13:30－17:30，08:30～12:00", ["08:30-12:00", "13:30-17:30"]),
        ("0:00-24:00", ["00:00-24:00"]),
    ],
)
def test_slots_are_read_in_any_order_and_width(text: str, shown: list[str]) -> None:
    assert [str(slot) for slot in read_slots(text)] == shown


@pytest.mark.parametrize("text", ["", "8-12", "08:30-08:30", "08:30-25:00", "08:60-09:00", "9:00-"])
def test_what_is_no_slot_is_refused(text: str) -> None:
    with pytest.raises(BadSlots):
        read_slots(text)


def test_a_calendar_without_work_is_a_named_error() -> None:
    nothing = {
        date.fromordinal(number): Day(date.fromordinal(number), DayKind.REST, "", "own")
        for number in range(date(2030, 1, 1).toordinal(), date(2031, 1, 1).toordinal())
    }
    with pytest.raises(BeyondCalendar):
        at("2030-06-01T10:00", "1个工作日", calendar=Calendar.of([], nothing))


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("1 working day", "2026-10-10T00:00:00"),
        ("2 working days", "2026-10-09T00:00:00"),
        ("3 working days", "2026-10-08T00:00:00"),
        ("4 working days", "2026-09-30T00:00:00"),
        ("8 working hours", "2026-10-09T17:00:00"),
        ("24 h", "2026-10-10T00:00:00"),
    ],
)
def test_reminders_before_a_due_time_pass_over_holidays(limit: str, expected: str) -> None:
    # Due at 24:00 of the make-up Saturday after National Day (J-8.5, complaint 6 of the peers).
    found = before(parse(limit), parse_instant("2026-10-11 00:00"), SHIPPED)
    assert iso(found).removesuffix("+08:00") == expected


def test_the_ledger_names_lunch_night_weekend_holiday_and_makeup_day() -> None:
    found = due(parse("26工作时"), parse_instant("2026-09-30 16:30"), calendar=SHIPPED)
    whys = [(stretch.why, stretch.name) for stretch in found.ledger]
    assert whys[:3] == [
        (Why.WORKING_HOURS, ""),
        (Why.OFF_HOURS, ""),
        (Why.HOLIDAY, "国庆节"),
    ]
    assert (Why.BREAK, "") in whys
    assert (Why.MAKEUP_DAY, "国庆节") in whys
    assert (Why.REST_DAYS, "") in whys
    assert found.counted_s == 26 * 3600


# ── any calendar ────────────────────────────────────────────────────────────────────────────────


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Odd holidays, make-up days, overrides, and slots of any number by weekday and by date."""
    days = st.dates(date(2029, 12, 1), date(2031, 12, 31))
    listed = draw(st.dictionaries(days, st.booleans(), max_size=60))
    tables = []
    for year in (2030, 2031):
        own = [Listed(day, "节", off) for day, off in listed.items() if day.year == year]
        tables.append(YearTable(year, tuple(own), ("notice",)))
    kinds = st.sampled_from(list(DayKind))
    overrides = {
        day: Day(day, kind, "本地", "own")
        for day, kind in draw(st.dictionaries(days, kinds, max_size=10)).items()
    }
    return Calendar.of(tables, overrides, draw(all_slots()))


@st.composite
def day_slots(draw: st.DrawFn) -> tuple[Slot, ...]:
    edges = sorted(draw(st.sets(st.integers(0, DAY_S), min_size=2, max_size=8)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return tuple(Slot(*pair) for pair in pairs)


@st.composite
def all_slots(draw: st.DrawFn) -> Slots:
    usual = draw(day_slots())
    assume(sum(slot.ends_s - slot.begins_s for slot in usual) > 3600)
    return Slots(
        usual,
        draw(st.dictionaries(st.integers(0, 6), day_slots(), max_size=3)),
        draw(st.dictionaries(st.dates(date(2030, 1, 1), date(2030, 12, 31)), day_slots())),
    )


STARTS = st.datetimes(datetime(2030, 1, 1), datetime(2031, 1, 1), timezones=st.just(ZONE))
LIMITS = st.builds(
    Limit, st.sampled_from([LimitKind.WORKING_DAYS, LimitKind.WORKING_HOURS]), st.integers(1, 60)
)
PAUSES = st.lists(
    st.builds(
        lambda start, hours: Pause(start, start + timedelta(hours=hours)),
        STARTS,
        st.integers(1, 500),
    ),
    max_size=3,
)
SWITCHES = st.sampled_from(COUNTINGS)


def _seconds(limit: Limit, counting: Counting) -> int:
    if limit.kind is LimitKind.WORKING_HOURS:
        return limit.amount * 3600
    return limit.amount * (8 * 3600 if counting.working_day == "8h" else DAY_S)


@given(calendars(), STARTS, LIMITS, SWITCHES, PAUSES)
def test_what_is_added_is_what_has_elapsed(
    calendar: Calendar, start: datetime, limit: Limit, counting: Counting, pauses: list[Pause]
) -> None:
    start = start.replace(microsecond=0)
    found = due_at(limit, start, counting=counting, calendar=calendar, pauses=pauses)

    def worked(end: datetime) -> int:
        return elapsed_s(limit, start, end, counting=counting, calendar=calendar, pauses=pauses)

    wanted = _seconds(limit, counting)
    assert worked(found) == wanted
    if counting.working_day != "same_clock" or limit.kind is LimitKind.WORKING_HOURS:
        assert worked(found - timedelta(seconds=1)) == wanted - 1


@given(calendars(), STARTS, LIMITS, SWITCHES, PAUSES)
def test_the_ledger_is_whole_and_counts_the_same(
    calendar: Calendar, start: datetime, limit: Limit, counting: Counting, pauses: list[Pause]
) -> None:
    start = start.replace(microsecond=0)
    found = due(limit, start, counting=counting, calendar=calendar, pauses=pauses)
    edges = [start, *(stretch.to_at for stretch in found.ledger)]
    assert [stretch.from_at for stretch in found.ledger] == edges[:-1]
    assert edges[-1] == found.due_at
    assert all(stretch.from_at < stretch.to_at for stretch in found.ledger)
    assert found.counted_s == _seconds(limit, counting)
    assert found.due_at == due_at(limit, start, counting=counting, calendar=calendar, pauses=pauses)


@given(calendars(), STARTS, LIMITS)
def test_so_long_before_an_instant_is_the_same_work(
    calendar: Calendar, end: datetime, limit: Limit
) -> None:
    found = before(limit, end, calendar)
    line = calendar.working_days if limit.kind is LimitKind.WORKING_DAYS else calendar.working_hours
    assert line.between(found, end.replace(microsecond=0)) == _seconds(limit, END)
    assert line.between(found + timedelta(seconds=1), end.replace(microsecond=0)) < _seconds(
        limit, END
    )


@given(calendars(), STARTS, st.integers(1, 300))
def test_days_are_counted_as_one_counts_them_by_hand(
    calendar: Calendar, start: datetime, amount: int
) -> None:
    day, left = start.date(), amount
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working_day(day)
    found = due_at(Limit(LimitKind.WORKING_DAYS, amount), start, calendar=calendar)
    assert found == datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(days=1)


@given(calendars(), STARTS, LIMITS, SWITCHES)
def test_a_longer_limit_is_never_due_earlier(
    calendar: Calendar, start: datetime, limit: Limit, counting: Counting
) -> None:
    more = Limit(limit.kind, limit.amount + 1)
    first = due_at(limit, start, counting=counting, calendar=calendar)
    assert first < due_at(more, start, counting=counting, calendar=calendar)
