"""The engine has no word of any one place: no state, role, post or channel of one procedure."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dutydesk.workflow.procedure import CITED, build

ENGINE = ("workflow", "config", "storage", "desk", "daemon", "reports", "views", "screens")
"""The rooms that serve every procedure; what only one of them has stands in its data."""
OWN_WORDS = {
    "party": "a field and a column: whoever handles a case",
    "station": "a field and a column: the grid's workstation",
    "unit": "a limit's unit; a body with one holder of a post",
    "phone": "a means of being told, and a column",
    "wechat": "a means of being told",
    "message": "a means of being told",
    "online": "a way of meeting",
    "terminal": "the bell of the screen",
    "inspection": "a record of its own, with a table",
    "video": "a kind of attachment",
    "night_desk": "the stored code of who holds the desk out of hours (contracts.md section 3)",
    "community": "a class of case, stored with it",
    "closed": "a day without hours; a count of an export",
    "refused": "an answer of every outlet",
    "merged": "what happens to a case, stored with it",
    "inspector": "a part of the desk: whoever looks at what others did",
    "enforcement": "a kind of attachment",
    "system": "whoever acts where nobody does",
    "accepted": "the answer to an appeal",
    "above": "a column of the register of grids: the grid that one lies in",
    "committee": "a level of the register of grids",
    "found": "what a search gives",
}
"""Words of the engine itself that a procedure happens to use as a name too, each with its sense."""


def names(table: dict[str, Any]) -> set[str]:
    """The states, roles, posts and channels of a procedure."""
    posts = [post["role"] for post in table["desk"].get("posts", ())]
    units = [unit for post in table["desk"].get("posts", ()) for unit in post.get("units", ())]
    channels = table["fields"]["channel"]["choices"]
    return {*table["states"], *table["roles"], *posts, *units, *channels}


def of_one_place(root: Path) -> dict[str, str]:
    """Each name that exactly one procedure file has, with that procedure."""
    files = [*(root / "dutydesk/workflow/procedures").glob("*.toml")]
    files += (root / "tests/acceptance/invented").glob("*.toml")
    known = {p.stem: names(tomllib.loads(p.read_text(encoding="utf-8"))) for p in sorted(files)}
    counts = Counter(name for found in known.values() for name in found)
    return {name: stem for stem, found in known.items() for name in found if counts[name] == 1}


def said(source: str) -> Iterator[tuple[int, str]]:
    """Every text constant of a module that is no docstring, with its line."""
    tree = ast.parse(source)
    docs = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def words_in(source: str, own: dict[str, str]) -> list[tuple[int, str, str]]:
    """The names of one place that a module says."""
    found = ((line, text) for line, text in said(source) if text not in OWN_WORDS)
    return [(line, text, own[text]) for line, text in found if text in own]


@pytest.mark.parametrize("room", ENGINE)
def test_no_room_of_the_engine_names_a_thing_of_one_place(root: Path, room: str) -> None:
    own = of_one_place(root)
    assert len(own) > 60
    found = [
        f"{path.relative_to(root)}:{line} {text} ({stem})"
        for path in sorted((root / "dutydesk" / room).rglob("*.py"))
        if "migrations" not in path.parts
        for line, text, stem in words_in(path.read_text(encoding="utf-8"), own)
    ]
    assert found == []


CLAUSE = re.compile(r"(?<![A-Za-z])[XJBMKA]-\d")
"""A clause of a source, or a reading of ours: both stand in the procedure's data."""
SPOT_CHECKS = {"screens/inspection_lines.py", "screens/sample_lines.py"}
"""Pages that open only where a procedure has an inspector: they still cite the first street's."""


def cited_in(source: str) -> list[tuple[int, str]]:
    """The clauses that the code of a module says; docstrings and comments may cite."""
    if not CLAUSE.search(source):
        return []
    return [(line, text) for line, text in said(source) if CLAUSE.search(text)]


def test_no_engine_file_holds_a_clause_of_any_source(root: Path) -> None:
    package = root / "dutydesk"
    found = [
        f"{path.relative_to(package)}:{line} {text}"
        for path in sorted(package.rglob("*.py"))
        if "demo" not in path.parts and str(path.relative_to(package)) not in SPOT_CHECKS
        for line, text in cited_in(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert cited_in('Refused("x", {}, "X-2.4")') == [(1, "X-2.4")]
    assert cited_in('"""X-2.4"""') == []


@pytest.mark.parametrize("name", ["jinshan", "baoshan", "minhang", "hongkou", "ferry"])
def test_no_other_procedure_can_cite_the_first_street(root: Path, name: str) -> None:
    """What a procedure's data does not cite, the engine cannot: none of the others names X-."""
    shipped = root / "dutydesk/workflow/procedures" / f"{name}.toml"
    invented = root / "tests/acceptance/invented" / f"{name}.toml"
    procedure = build(tomllib.loads((shipped if shipped.exists() else invented).read_text("utf-8")))
    cited = {row.clause for row in procedure.transitions}
    cited |= {procedure.cites(guard, row) for row in procedure.transitions for guard in row.guards}
    cited |= {procedure.cites(what) for what in CITED}
    assert not [clause for clause in cited if clause and clause.startswith("X-")]


def test_a_word_of_one_place_is_seen(root: Path) -> None:
    own = of_one_place(root)
    assert words_in('ROLE = "deputy_head"', own) == [(1, "deputy_head", "xinchenglu")]
    assert words_in('"""deputy_head"""', own) == []
    assert {"keeper", "afloat", "lantern"} <= set(own)
