"""Each benchmark runs and gives a figure beside a baseline; what the figures are is not judged."""

from __future__ import annotations

import pytest
from sampled import sampled

from benchmarks.__main__ import BENCHMARKS, measure
from benchmarks.document import BEGIN, END, PAGE, table
from benchmarks.figures import Figure, Scale, seconds, share

SHOWN = Figure("page", "a page", 0.0003, "raw", 0.0002, bar=2)


@pytest.mark.parametrize("name", sampled(BENCHMARKS, (1, 5, 6)))
def test_gives_a_figure_beside_a_baseline(name: str) -> None:
    if name == "due":
        pytest.importorskip("holidays", reason="what due times are measured against")
    figures = measure(name, Scale(quick=True))
    names = ["start", "filled"] if name == "start" else [name]
    assert [figure.name for figure in figures] == names
    assert all(figure.measured_s > 0 and figure.baseline_s > 0 for figure in figures)
    assert all(figure.whole for figure in figures)


def test_a_bar_is_on_the_ratio_or_on_the_figure() -> None:
    assert SHOWN.passed
    assert not Figure("page", "a page", 0.0005, "raw", 0.0002, bar=2).passed
    assert Figure("key", "a key", 0.009, "bare", 0.001, bar=0.01, bar_on="seconds").passed
    assert not Figure("key", "a key", 0.011, "bare", 0.011, bar=0.01, bar_on="seconds").passed


def test_what_must_never_happen_fails_whatever_the_timing() -> None:
    lost = Figure("alarm", "late", 0.1, "timer", 0.1, bar=1, bar_on="seconds", whole=False)
    assert lost.verdict == "FAIL"


def test_parts_and_times_are_said_as_one_reads_them() -> None:
    part = Figure("tick", "a tick", 0.005, "table", 0.05, bar=1 / 8)
    assert (part.ratio_text, part.bar_text) == ("1/10.0", "≤ 1/8")
    assert [seconds(value) for value in (2.5, 0.0125, 0.0000031)] == ["2.5 s", "12.5 ms", "3.1 µs"]


def test_a_share_is_the_value_that_so_many_do_not_exceed() -> None:
    values = [float(number) for number in range(1_000, 0, -1)]
    assert share(values, 0.999) == 999.0
    assert share([3.0], 0.999) == 3.0


def test_the_page_has_a_place_for_the_table_and_a_row_for_each_figure() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1
    assert "| page | a page | 300 µs | 200 µs (raw) | 1.50 × | ≤ 2 × | pass |" in table([SHOWN])
