"""The grammar of limits: every accepted form, every refusal with its position."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dutydesk.errors import BadInput
from dutydesk.workflow.time.limits import (
    ACCEPTED_LIMITS,
    UNITS,
    BadLimit,
    Limit,
    LimitKind,
    LimitReason,
    parse,
    parse_given,
)

MINUTES, HOURS, DAYS = LimitKind.MINUTES, LimitKind.HOURS, LimitKind.NATURAL_DAYS
WORKING_DAYS, WORKING_HOURS = LimitKind.WORKING_DAYS, LimitKind.WORKING_HOURS

GOLDEN = [
    ("10 min", MINUTES, 10),
    ("10 minutes", MINUTES, 10),
    ("10分钟", MINUTES, 10),
    ("1 h", HOURS, 1),
    ("2 hours", HOURS, 2),
    ("1小时", HOURS, 1),
    ("2紧急工作时", HOURS, 2),
    ("2 urgent hours", HOURS, 2),
    ("1 natural day", DAYS, 1),
    ("1个自然日", DAYS, 1),
    ("3天", DAYS, 3),
    ("3 d", DAYS, 3),
    ("3 days", DAYS, 3),
    ("12 working days", WORKING_DAYS, 12),
    ("12个工作日", WORKING_DAYS, 12),
    ("5工作日", WORKING_DAYS, 5),
    ("4 working hours", WORKING_HOURS, 4),
    ("4工作时", WORKING_HOURS, 4),
    ("1 minute", MINUTES, 1),
    ("5 mins", MINUTES, 5),
    ("1 hour", HOURS, 1),
    ("1 urgent hour", HOURS, 1),
    ("2 natural days", DAYS, 2),
    ("3自然日", DAYS, 3),
    ("1 day", DAYS, 1),
    ("1 working day", WORKING_DAYS, 1),
    ("1 working hour", WORKING_HOURS, 1),
]


@pytest.mark.parametrize(("text", "kind", "amount"), GOLDEN)
def test_every_row_of_the_grammar(text: str, kind: LimitKind, amount: int) -> None:
    assert parse(text) == Limit(kind, amount)
    assert parse(text).text == text


@pytest.mark.parametrize("text", ["same day", "当日", "Same  Day", " 当 日 ", "SAMEDAY"])
def test_the_same_day_needs_no_amount(text: str) -> None:
    assert parse(text) == Limit(LimitKind.SAME_DAY, 1)


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("  10min ", MINUTES, 10),
        ("12\tworking\n days", WORKING_DAYS, 12),
        ("12workingdays", WORKING_DAYS, 12),
        ("3　个 自 然 日", DAYS, 3),
        ("２０ 分钟", MINUTES, 20),
        ("９９９９天", DAYS, 9999),
        ("１０ＭＩＮ", MINUTES, 10),
        ("10 MIN", MINUTES, 10),
        ("2 Urgent Hours", HOURS, 2),
        ("0010 min", MINUTES, 10),
    ],
)
def test_white_space_width_and_case_are_free(text: str, kind: LimitKind, amount: int) -> None:
    assert parse(text) == Limit(kind, amount)


def chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    front = {0: "", 1: "十"}.get(tens, digits[tens] + "十")
    return front + (digits[ones] if ones else "")


def test_chinese_numerals_from_one_to_ninety_nine() -> None:
    texts = [chinese(number) for number in range(1, 100)]
    assert (texts[0], texts[9], texts[11], texts[19], texts[-1]) == (
        *("一", "十", "十二", "二十", "九十九"),
    )
    assert [parse(f"{text}个工作日").amount for text in texts] == list(range(1, 100))


def test_two_is_also_liang() -> None:
    assert parse("两小时") == Limit(HOURS, 2)


ZERO, LARGE, AMOUNT = LimitReason.ZERO, LimitReason.TOO_LARGE, LimitReason.AMOUNT
UNIT, TRAILING, EMPTY = LimitReason.UNIT, LimitReason.TRAILING, LimitReason.EMPTY


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("", 0, EMPTY),
        (" 　\n", 0, EMPTY),
        ("0 min", 0, ZERO),
        ("０分钟", 0, ZERO),
        ("  0 h", 2, ZERO),
        ("零天", 0, ZERO),
        ("10000 min", 0, LARGE),
        ("9" * 5000 + " h", 0, LARGE),
        ("-1 h", 0, AMOUNT),
        ("－1 h", 0, AMOUNT),
        ("+1 h", 0, AMOUNT),
        ("min", 0, AMOUNT),
        ("半天", 0, AMOUNT),
        ("廿天", 0, AMOUNT),
        ("1.5 h", 1, UNIT),
        ("1,000 min", 1, UNIT),
        ("10", 2, UNIT),
        ("10   ", 2, UNIT),
        ("1 0 min", 2, UNIT),
        ("10 parsecs", 3, UNIT),
        ("10 hous", 6, UNIT),
        ("3 working", 9, UNIT),
        ("一百天", 1, UNIT),
        ("一十天", 1, UNIT),
        ("两十天", 1, UNIT),
        ("二〇天", 1, UNIT),
        ("十十天", 1, UNIT),
        ("1² min", 1, UNIT),
        ("10分", 3, UNIT),
        ("2紧急工作日", 5, UNIT),
        ("12 work ing days", 8, UNIT),
        ("10 mint", 6, TRAILING),
        ("10 min 5", 7, TRAILING),
        ("1 h 30 min", 4, TRAILING),
        ("1小时30分钟", 3, TRAILING),
        ("3 d ays", 4, TRAILING),
        ("1紧急工作时制止", 6, TRAILING),
        ("当日内", 2, TRAILING),
        ("same days", 8, TRAILING),
        ("same", 4, UNIT),
        ("soon", 1, UNIT),
        ("5 工作日\x00", 5, TRAILING),
        ("1 h\ud800", 3, TRAILING),
    ],
)
def test_anything_else_is_refused_where_it_stops_making_sense(
    text: str, position: int, reason: LimitReason
) -> None:
    with pytest.raises(BadLimit) as caught:
        parse(text)
    error = caught.value
    assert (error.text, error.position, error.reason) == (text, position, reason)
    assert error.accepted == ACCEPTED_LIMITS
    assert isinstance(error, BadInput)
    assert error.exit_code == 2


def test_the_accepted_forms_are_accepted() -> None:
    assert [parse(text).text for text in ACCEPTED_LIMITS] == list(ACCEPTED_LIMITS)


@pytest.mark.parametrize(
    ("limit", "canonical"),
    [
        (Limit(MINUTES, 1), "1 min"),
        (Limit(HOURS, 2), "2 h"),
        (Limit(DAYS, 1), "1 natural day"),
        (Limit(DAYS, 3), "3 natural days"),
        (Limit(LimitKind.SAME_DAY, 1), "same day"),
        (Limit(WORKING_DAYS, 12), "12 working days"),
        (Limit(WORKING_HOURS, 1), "1 working hour"),
    ],
)
def test_a_limit_has_one_canonical_text(limit: Limit, canonical: str) -> None:
    assert limit.canonical == canonical
    assert str(limit) == canonical


@given(st.sampled_from(sorted(UNITS)), st.integers(1, 9999))
def test_the_canonical_text_reads_as_the_same_limit(kind: LimitKind, amount: int) -> None:
    limit = Limit(kind, amount)
    assert parse(limit.canonical) == limit


@given(
    st.sampled_from([(kind, form) for kind, forms in UNITS.items() for form in forms]),
    st.integers(1, 9999),
    st.sampled_from(["", " ", "　", "\t \n"]),
    st.booleans(),
)
def test_every_unit_in_every_spacing(
    unit: tuple[LimitKind, str], amount: int, blank: str, wide: bool
) -> None:
    kind, form = unit
    digits = str(amount)
    if wide:
        digits = "".join(chr(ord(digit) + 0xFEE0) for digit in digits)
    assert parse(f"{blank}{digits}{blank}{form.upper()}{blank}") == Limit(kind, amount)


@given(st.text(max_size=12))
def test_any_text_is_a_limit_or_a_named_refusal(text: str) -> None:
    assert outcome(text) in range(10_000)


def outcome(text: str) -> int:
    """The amount, or the position of the fault, which lies in the text or at its end."""
    try:
        return parse(text).amount
    except BadLimit as error:
        return error.position if error.position <= len(text) else -1


@pytest.mark.parametrize(
    "text", ["365天", "365 days", "8760小时", "365个工作日", "2920工作时", "当日"]
)
def test_no_case_is_given_years(text: str) -> None:
    assert parse_given(text) == parse(text)
    if text != "当日":
        more = text.replace(str(parse(text).amount), str(parse(text).amount + 1))
        with pytest.raises(BadLimit) as refused:
            parse_given(more)
        assert refused.value.reason is LimitReason.ABSURD
