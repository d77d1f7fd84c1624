"""Playing a drill under any procedure, shipped or a file, and reading its output."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from dutydesk.bootstrap import memory_desk
from dutydesk.config.procedures import load
from dutydesk.desk.drill import play, read_lines

Json = dict[str, Any]


def under(procedure: str) -> Callable[..., list[Json]]:
    """Plays lines given as tables under a procedure; gives the whole output."""

    def drill(*lines: Json) -> list[Json]:
        texts = [json.dumps(line, ensure_ascii=False) for line in lines]
        return list(
            play(
                read_lines(texts, None, load(procedure)),
                lambda clock, plan: memory_desk(clock, procedure=procedure, plan=plan),
            )
        )

    return drill


def runs(output: list[Json], clock: str, case: str = "a") -> list[tuple[Any, ...]]:
    """Party, due (month-day and time) and on_time of each run of a clock, in order of start."""
    return [
        (run["party"], run["due_at"] and run["due_at"][5:16], run["on_time"])
        for run in output[-1]["cases"][case]["clocks"]
        if run["clock"] == clock
    ]


def told(output: list[Json], clock: str) -> list[tuple[Any, ...]]:
    """Month-day and time, light and addressees of each alarm of a clock."""
    return [
        (line["at"][5:16], line["light"], tuple(line["to"]))
        for line in output
        if line["kind"] == "alarm" and line["clock"] == clock
    ]
