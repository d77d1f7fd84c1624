"""The table of figures in docs/performance.md, written by the run that measured them."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figure, seconds

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table, and what machine they are from."""
    lines = ["| name | what | figure | baseline | ratio | bar | |", "|---|---|---|---|---|---|---|"]
    for one in figures:
        what = f"{one.what}; {one.note}" if one.note else one.what
        lines.append(
            f"| {one.name} | {what} | {seconds(one.measured_s)} "
            f"| {seconds(one.baseline_s)} ({one.baseline}) "
            f"| {one.ratio_text} | {one.bar_text} | {one.verdict} |"
        )
    return "\n".join([*lines, "", _machine()])


def _machine() -> str:
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; "
        f"load at the end of the run (1, 5, 15 minutes): {load}."
    )


def write(text: str) -> None:
    """Put the table where the page wants it; raises ValueError where the marks are gone."""
    before, mark, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"{PAGE.name} has lost {BEGIN} or {END}")
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
