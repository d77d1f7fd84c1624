"""One measured figure beside its baseline and its bar, and how repeated timings become one."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Literal

UNITS = {"s": 1.0, "ms": 1e-3, "µs": 1e-6}


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in seconds; the bar is on the ratio or on the figure itself."""

    name: str
    what: str
    measured_s: float
    baseline: str
    baseline_s: float
    bar: float
    bar_on: Literal["ratio", "seconds"] = "ratio"
    note: str = ""
    whole: bool = True
    """False where something that must not happen did, whatever the timing says."""

    @property
    def ratio(self) -> float:
        """The figure in baselines."""
        return self.measured_s / self.baseline_s if self.baseline_s else float("inf")

    @property
    def passed(self) -> bool:
        """Whether the bar is kept."""
        held = self.ratio if self.bar_on == "ratio" else self.measured_s
        return self.whole and held <= self.bar

    @property
    def verdict(self) -> str:
        """`pass` or `FAIL`."""
        return "pass" if self.passed else "FAIL"

    @property
    def bar_text(self) -> str:
        """The bar as it is read: a ratio, or a time."""
        if self.bar_on == "seconds":
            return f"≤ {seconds(self.bar)}"
        return f"≤ 1/{round(1 / self.bar)}" if self.bar < 0.5 else f"≤ {self.bar:g} ×"

    @property
    def ratio_text(self) -> str:
        """The ratio as it is read: how often, or which part."""
        if 0 < self.ratio < 0.5:
            return f"1/{1 / self.ratio:.1f}"
        return f"{self.ratio:.2f} ×"


@dataclass(frozen=True, slots=True)
class Scale:
    """How much is done: in full, or just enough to show that a benchmark works."""

    quick: bool = False

    def of(self, full: int, quick: int) -> int:
        """A number of repetitions, rows or seconds."""
        return quick if self.quick else full


def seconds(value: float) -> str:
    """A duration with three figures and its unit."""
    unit, size = next(
        ((name, size) for name, size in UNITS.items() if value >= size), ("µs", UNITS["µs"])
    )
    return f"{value / size:.3g} {unit}"


def taking(call: Callable[[], object]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def interleaved(rounds: int, *calls: Callable[[], float]) -> list[float]:
    """The median that each call gives, all called in turn so that noise falls on all alike."""
    taken: list[list[float]] = [[] for _ in calls]
    pairs = list(zip(calls, taken, strict=True))
    for number in range(rounds):
        for call, found in pairs if number % 2 == 0 else reversed(pairs):
            found.append(call())
    return [median(found) for found in taken]


@contextmanager
def quiet() -> Iterator[None]:
    """No garbage collection inside: it would fall on whoever happens to be measured."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def share(values: Sequence[float], part: float) -> float:
    """The smallest value that this part of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(len(ordered) * part) - 1))]
