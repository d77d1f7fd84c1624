"""A case comes back from the store exactly as it went in, whatever stands in it."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored_samples import NOON, facets_of, registered

from dutydesk.clock import ZONE
from dutydesk.storage import Store
from dutydesk.storage.codec import codec
from dutydesk.storage.types import Instant, dump, from_ms, to_ms
from dutydesk.workflow.alarms.model import Alarm
from dutydesk.workflow.cases.acts import Outcome
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.duty.model import DutyState

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
SECONDS = st.integers(0, 2**31).map(lambda s: datetime(2000, 1, 1, tzinfo=ZONE) + timedelta(0, s))


def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a type as the domain's dataclasses use it."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return st.one_of([anything(part) for part in parts])
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(anything(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*[anything(part) for part in parts])
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(hint)
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{f.name: anything(hints[f.name]) for f in fields(hint)})
    plain = {
        str: TEXTS,
        int: st.integers(0, 2**31 - 1),
        bool: st.booleans(),
        datetime: SECONDS,
        NoneType: st.none(),
    }
    return plain[hint]


@pytest.mark.parametrize("kind", [Case, DutyState, Alarm])
@pytest.mark.parametrize("examples", [10, pytest.param(40, marks=pytest.mark.soak)])
def test_any_fact_reads_back_as_it_was_written(kind: type, examples: int) -> None:
    @settings(max_examples=examples)
    @given(fact=anything(kind))
    def reads_back(fact: object) -> None:
        assert codec(kind).read(codec(kind).write(fact)) == fact

    reads_back()


@pytest.mark.parametrize("examples", [10, pytest.param(60, marks=pytest.mark.soak)])
def test_any_case_reads_back_from_its_row(examples: int) -> None:
    @settings(max_examples=examples)
    @given(case=anything(Case))
    def reads_back(case: Case) -> None:
        with Store.open("sqlite://") as store:
            _outcome, _facets, act = registered("1")
            clocks = tuple(replace(clock, id=n) for n, clock in enumerate(case.clocks))
            case = replace(case, clocks=clocks)
            with store.unit() as unit:
                unit.save(Outcome(case, (), ()), facets_of(registered("1")[0].case), act)
            with store.unit() as unit:
                assert unit.case(case.no) == case

    reads_back()


def test_what_stands_at_its_default_takes_no_room() -> None:
    case = registered("1")[0].case
    written = codec(Case).write(case)
    assert "course" not in written
    assert "attachments" not in written


def test_a_document_of_a_later_version_still_reads() -> None:
    written = codec(DutyState).write(DutyState("140901"))
    assert codec(DutyState).read({**written, "weather": "雨"}) == DutyState("140901")


def test_an_instant_is_whole_utc_milliseconds() -> None:
    assert to_ms(NOON) == 1795147200000
    assert from_ms(to_ms(NOON)) == NOON
    assert from_ms(to_ms(NOON)).utcoffset() == timedelta(hours=8)


def test_a_naive_instant_is_refused() -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        to_ms(naive)
    with pytest.raises(ValueError, match="naive"):
        Instant().process_bind_param(naive, None)  # type: ignore[arg-type]


def test_json_is_canonical_and_chinese_stays_readable() -> None:
    assert dump({"b": 1, "a": ["井盖", None]}) == '{"a":["井盖",null],"b":1}'
