"""The drills that ship: enough a procedure, of clauses that there are, played to their end."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from dutydesk.cli.drill import played
from dutydesk.cli.drill_shipped import shipped, shipped_drills

LEAST = {"xinchenglu": 12, "jinshan": 12, "baoshan": 12, "minhang": 12, "hongkou": 4}
CLAUSES = Path(__file__).parents[2] / "docs" / "clauses.md"
EDGES = {"midnight", "friday", "makeup", "month-end", "leap", "year-end"}


def test_each_procedure_ships_its_drills_with_clauses_that_there_are() -> None:
    counted = Counter(each.procedure for each in shipped_drills().values())
    assert {name: counted[name] >= least for name, least in LEAST.items()} == dict.fromkeys(
        LEAST, True
    )
    known = {
        line.split("|")[1].strip()
        for line in CLAUSES.read_text("utf-8").splitlines()
        if "|" in line
    }
    cited = {clause for each in shipped_drills().values() for clause in each.clauses}
    assert cited - known == set()
    for name in ("xinchenglu", "jinshan", "baoshan", "minhang"):
        assert {f"{name}-{edge}" for edge in EDGES} <= set(shipped_drills())


@pytest.mark.parametrize(
    "procedure",
    ["hongkou", *(pytest.param(name, marks=pytest.mark.soak) for name in list(LEAST)[:-1])],
)
def test_what_a_drill_does_is_done_or_refused_and_no_line_is_lost(procedure: str) -> None:
    for name, each in shipped_drills().items():
        if each.procedure != procedure:
            continue
        text = shipped(name)
        output = list(played(text.splitlines(), procedure, name))
        asked = [line for line in map(json.loads, text.splitlines()) if "case" in line]
        by_people = [
            (line["at"], line.get("event") or line["do"])
            for line in output
            if line["kind"] in ("event", "refused")
        ]
        assert output[-1]["kind"] == "summary", name
        missing = Counter((line["at"], line["do"]) for line in asked) - Counter(by_people)
        assert not missing, name
