"""Playing drills in tests, and reading their output as a story."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from dutydesk.bootstrap import memory_desk
from dutydesk.config.procedures import load
from dutydesk.desk.drill import play, read_lines

Json = dict[str, Any]


def drill(*lines: Json) -> list[Json]:
    """The output of a drill given as tables."""
    texts = [json.dumps(line, ensure_ascii=False) for line in lines]
    return list(
        play(
            read_lines(texts, None, load("xinchenglu")),
            lambda clock, plan: memory_desk(clock, plan=plan),
        )
    )


def act(at: str, do: str, by: str = "commander", case: str | None = "a", **fields: Any) -> Json:
    """One line; ``at`` is a time of 2026-11-23 (a Monday), or month-day and time."""
    day = "11-23T" if "T" not in at else ""
    line: Json = {"at": f"2026-{day}{at}:00+08:00", "do": do, "by": by}
    return line | ({"case": case} if case else {}) | fields


def register(at: str = "09:00", case: str = "a", **fields: Any) -> Json:
    given = {
        "channel": "grid",
        "external_no": f"2611A{case:0>7}",
        "place": "嘉乐路20号",
        "description": "绿化带暴露垃圾",
        "category": "暴露垃圾",
        "grid": "嘉乐社区网格",
        "by": "street_centre",
    }
    return act(at, "register", case=case, **(given | fields))


def linkage(at: str = "09:05", difficulty: str = "simple", **fields: Any) -> Json:
    given = {
        "as": "linkage",
        "difficulty": difficulty,
        "lead": "城管",
        "parties": ["城管", "公安"],
        "reason": "涉及多部门",
        "basis": "市容条例",
    }
    return act(at, "accept", **(given | fields))


def convene(at: str, time: str = "10:30", **fields: Any) -> Json:
    given = {
        "parties": ["城管", "公安"],
        "time": f"2026-11-23T{time}:00+08:00",
        "location": "嘉乐路口",
        "mode": "offline",
    }
    return act(at, "convene", **(given | fields))


def alarms(output: Iterable[Json], clock: str | None = None) -> list[tuple[Any, ...]]:
    """Time, clock, party, light, addressees and ring of each alarm."""
    return [
        (x["at"][11:16], x["clock"], x["party"], x["light"], tuple(x["to"]), x["rings"])
        for x in output
        if x["kind"] == "alarm" and clock in (None, x["clock"])
    ]


def clocks(output: Iterable[Json], *names: str) -> list[tuple[Any, ...]]:
    """Clock, party, change, due (day and time) and on_time of each clock line."""
    return [
        (x["clock"], x["party"], x["change"], x["due_at"] and x["due_at"][8:16], x["on_time"])
        for x in output
        if x["kind"] == "clock" and (not names or x["clock"] in names)
    ]


def refusals(output: Iterable[Json]) -> list[tuple[str, str]]:
    """Verb and code of each refused act."""
    return [(x["do"], x["code"]) for x in output if x["kind"] == "refused"]


def state(output: list[Json], case: str = "a") -> str:
    found: str = output[-1]["cases"][case]["state"]
    return found
