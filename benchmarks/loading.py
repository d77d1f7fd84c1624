"""Loading each shipped procedure from its file, beside the bare parsing of the same file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

from benchmarks.figures import Figure, Scale, interleaved, quiet, seconds, taking
from dutydesk.config import procedures

BAR_S = 0.030


def run(scale: Scale) -> list[Figure]:
    """The slowest of all: read, parsed and built, nothing of it kept from the time before."""
    rounds = scale.of(31, 1)
    with quiet():
        taken = {name: interleaved(rounds, _loading(name), _parsing(name)) for name in _names()}
    worst = max(taken, key=lambda name: taken[name][0])
    rest = ", ".join(f"{name} {seconds(found[0])}" for name, found in taken.items())
    return [
        Figure(
            name="load",
            what=f"loading a procedure, the slowest of {len(taken)}: {worst}",
            measured_s=taken[worst][0],
            baseline="tomllib parsing the same file",
            baseline_s=taken[worst][1],
            bar=BAR_S,
            bar_on="seconds",
            note=rest,
        )
    ]


def _names() -> tuple[str, ...]:
    return procedures.names()


def _loading(name: str) -> Callable[[], float]:
    def load() -> None:
        procedures.load(name)

    def timed() -> float:
        procedures._read.cache_clear()
        return taking(load)

    return timed


def _parsing(name: str) -> Callable[[], float]:
    path = procedures.FOLDER / f"{name}.toml"
    return lambda: taking(lambda: tomllib.loads(path.read_text(encoding="utf-8")))
