"""`python -m benchmarks [NAME …]`: measures, prints a table, and writes it into the docs."""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from importlib import import_module

from benchmarks.document import table, write
from benchmarks.figures import Figure, Scale, seconds

BENCHMARKS = {
    "start": "start",
    "version": "version",
    "tick": "tick",
    "key": "key",
    "page": "page",
    "act": "acting",
    "load": "loading",
    "elsewhere": "elsewhere",
    "import": "importing",
    "alarm": "alarming",
    "due": "due",
    "ledger": "ledger",
    "sweep": "sweeping",
    "flood": "flooding",
    "hang": "hanging",
}
"""Each name with its module in this package, in the order in which they run."""


def main() -> int:
    """Measure what was asked for; 1 when a bar is missed, but never for a quick run."""
    asked = _arguments()
    scale = Scale(quick=asked.quick)
    figures: list[Figure] = []
    for name in asked.names or BENCHMARKS:
        start = time.perf_counter()
        found = measure(name, scale)
        figures += found
        if not asked.json:
            for figure in found:
                print(_line(figure), flush=True)
            print(f"    ({name}: {seconds(time.perf_counter() - start)})", flush=True)
    if asked.json:
        print(json.dumps([_plain(figure) for figure in figures], ensure_ascii=False, indent=2))
    if asked.write_docs:
        write(table(figures))
    return 0 if asked.quick or all(figure.passed for figure in figures) else 1


def measure(name: str, scale: Scale) -> list[Figure]:
    """The figures of one benchmark."""
    found: list[Figure] = import_module(f"benchmarks.{BENCHMARKS[name]}").run(scale)
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument(
        "--quick", action="store_true", help="show that all work; times mean nothing"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--write-docs", action="store_true", help="write docs/performance.md's table"
    )
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
    if asked.write_docs and (asked.quick or asked.names):
        parser.error("--write-docs wants a full run of all benchmarks")
    return asked


def _line(figure: Figure) -> str:
    return (
        f"{figure.verdict:5} {figure.name:8} {seconds(figure.measured_s):>9}"
        f"  {figure.ratio_text:>8} of {seconds(figure.baseline_s):>9}  bar {figure.bar_text:<8}"
        f"  {figure.what} / {figure.baseline}" + (f" ({figure.note})" if figure.note else "")
    )


def _plain(figure: Figure) -> dict[str, object]:
    return asdict(figure) | {"ratio": figure.ratio, "passed": figure.passed}


if __name__ == "__main__":
    sys.exit(main())
