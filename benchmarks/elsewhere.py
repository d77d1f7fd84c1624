"""Comparable acts under each shipped procedure, beside the same under the first of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

from benchmarks import world
from benchmarks.figures import Figure, Scale, interleaved, quiet, seconds, taking
from dutydesk.bootstrap import memory_desk
from dutydesk.desk import Desk
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor

FIRST = "xinchenglu"
MOST = 1.2
Told = tuple[str, str, Mapping[str, object]]
"""Verb, who does it, and with what."""

SAID = {"place": "嘉乐路20号", "description": "绿化带内堆放生活垃圾，多日没有清理"}
NOTE = {"text": "已通话，正在赶往现场"}
ROADS: Mapping[str, tuple[Told, ...]] = {
    "xinchenglu": (
        ("register", "commander", {"channel": "hotline_12345", "category": "暴露垃圾"}),
        ("accept", "commander", {"as": "community", "grid": world.GRID}),
        (
            "dispatch",
            "commander",
            {"station": world.GRID, "due": world.MORNING + timedelta(days=1)},
        ),
        ("note", "commander", NOTE),
        ("file_result", "station:嘉乐社区网格", {"text": "已清运"}),
    ),
    "jinshan": (
        ("register", "acceptor", {"channel": "hotline_12345", "category": "暴露垃圾"}),
        ("assign", "acceptor", {"rule": "in_charge", "complexity": "simple", "lead": "水务"}),
        ("accept_order", "unit:水务", {}),
        ("note", "acceptor", NOTE),
        ("file_result", "unit:水务", {"party": "水务", "result_kind": "solved", "text": "已清运"}),
    ),
    "baoshan": (
        ("register", "street_centre", {"channel": "shared", "urgency": "ordinary"}),
        ("report_up", "grid_head", {"reason": "无力处置"}),
        (
            "dispatch",
            "street_centre",
            {"lead": "城管科", "level": "street", "matter": "市容", "limit": "3 天"},
        ),
        ("note", "street_centre", NOTE),
        ("file_result", "office:城管科", {"party": "城管科", "text": "已清运"}),
    ),
    "minhang": (
        ("register", "station_keeper", {"channel": "hotline_12345", "grid_kind": "residential"}),
        ("sort", "station_keeper", {"as": "hard"}),
        ("dissuade", "station_keeper", {"means": "dissuasion", **NOTE}),
        (
            "hand_to_enforcement",
            "station_keeper",
            {"lead": "城管", "joined": "administration", "ineffective": "多次劝阻无效"},
        ),
        ("file_result", "enforcement:城管", {"party": "城管", "text": "已清运"}),
    ),
    "hongkou": (
        ("register", "street_desk", {"channel": "hotline_12345"}),
        ("audit", "street_desk", {"category": "市容环境", "kind": "event"}),
        ("dispatch", "street_desk", {"owner": "street", "lead": "市容所"}),
        ("note", "street_desk", NOTE),
        ("file_result", "unit:市容所", {"party": "市容所", "text": "已清运"}),
    ),
}
"""Each case is registered, judged, given to whoever handles it, noted on, and its result filed."""


def run(scale: Scale) -> list[Figure]:
    """One case on each desk in turn, every act a commit of its own; the slowest desk is shown."""
    rounds = scale.of(150, 2)
    with ExitStack() as stack:
        home = stack.enter_context(world.folder())
        desks: dict[str, Desk] = {}
        for name in ROADS:
            desks[name] = memory_desk(
                world.MORNING, procedure=name, url=f"sqlite:///{home / name}.sqlite3"
            )
            stack.callback(desks[name].close)
        calls = [_walking(desk, ROADS[name]) for name, desk in desks.items()]
        interleaved(scale.of(10, 1), *calls)
        stack.enter_context(quiet())
        taken = dict(zip(ROADS, interleaved(rounds, *calls), strict=True))
    acts = len(ROADS[FIRST])
    worst = max((name for name in taken if name != FIRST), key=lambda name: taken[name])
    rest = ", ".join(f"{name} {seconds(found / acts)}" for name, found in taken.items())
    return [
        Figure(
            name="elsewhere",
            what=f"one act under the slowest other procedure, {worst}",
            measured_s=taken[worst] / acts,
            baseline=f"one act under {FIRST}",
            baseline_s=taken[FIRST] / acts,
            bar=MOST,
            note=f"register, judge, give out, note, result: a fifth each; {rest}",
        )
    ]


def _walking(desk: Desk, road: tuple[Told, ...]) -> Callable[[], float]:
    """Walks one more case from its registration to its result; gives the seconds."""
    count = 0

    def walk() -> float:
        nonlocal count
        count += 1
        acts = [_act(*told, count=count) for told in road]
        return taking(lambda: _all(desk, acts))

    return walk


def _all(desk: Desk, acts: list[Act]) -> None:
    first, *rest = acts
    case = desk.execute(first).case
    assert case is not None
    for act in rest:
        desk.execute(replace(act, case=case.no))


def _act(verb: str, who: str, given: Mapping[str, object], *, count: int) -> Act:
    fields = dict(given)
    if verb == "register":
        fields |= {**SAID, "external_no": f"E{count:09d}"}
    return Act(verb, Actor.parse(who), world.MORNING, world.MORNING, fields=fields)
