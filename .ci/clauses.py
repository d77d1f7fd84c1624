"""Clauses on the record: `update` makes docs/clauses.md from the tests' markers, `check` judges.

A marker `@pytest.mark.clause("X-…")` on a test, a class or a module's `pytestmark` says that the
test shows the clause. The requirements and where each lives stand in .ci/clauses.tsv.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / ".ci" / "clauses.tsv"
PAGE = ROOT / "docs" / "clauses.md"

# What this release promises to show. X-5.2.4.1 and, of, what concerns no case come later.
PROMISED_UNDER = ("X-3.1.", "X-3.3.", "X-5.2.")
# fmt: off
PROMISED = frozenset((
    "X-1.4", "X-1.5", "X-2.1", "X-2.2", "X-2.3", "X-2.4", "X-2.5", "X-2.10", "X-3.2.4", "X-3.2.5",
    "X-3.2.6", "X-3.2.7", "X-3.4.1.2", "X-4.2.1.1", "X-4.2.1.4", "X-4.2.1.8", "X-4.2.1.12",
    "X-4.2.1.13", "X-7.1.1",
))
# fmt: on
SOURCES = "XJBMK"
LATER = frozenset(["X-5.2.4.1"])


class Clause(NamedTuple):
    """One clause: what it asks, and the screen or command where it lives (empty until shown)."""

    requirement: str
    where: str


class Shown(NamedTuple):
    """A marker: the clause and the test (file::name) that shows it."""

    clause: str
    test: str


def table(path: Path) -> dict[str, Clause]:
    """The known clauses; raises ValueError on a line that is not two or three columns."""
    known: dict[str, Clause] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        columns = line.split("\t")
        if len(columns) not in (2, 3):
            raise ValueError(
                f"{path.name}:{number}: expected id, requirement, where (tabs between)"
            )
        known[columns[0]] = Clause(columns[1], "".join(columns[2:]).strip())
    return known


def markers(tests: Path) -> Iterator[Shown]:
    """Every clause marker under tests, in order of file and line."""
    for path in sorted(tests.rglob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
        name = path.relative_to(tests.parent).as_posix()
        for node in tree.body:
            if isinstance(node, ast.Assign) and "pytestmark" in map(ast.unparse, node.targets):
                yield from (Shown(clause, name) for clause in _ids(ast.walk(node.value)))
        yield from _marked(tree.body, name)


def _marked(body: Iterable[ast.stmt], above: str) -> Iterator[Shown]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        test = f"{above}::{node.name}"
        for decorator in node.decorator_list:
            yield from (Shown(clause, test) for clause in _ids(ast.walk(decorator)))
        if isinstance(node, ast.ClassDef):
            yield from _marked(node.body, test)


def _ids(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.clause":
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value
                else:
                    yield ast.unparse(argument)  # no literal: reported as an unknown clause


def order(clause: str) -> list[int]:
    """Sorts X-2.10 after X-2.9, and the sources in the order of their procedures."""
    source, _, number = clause.partition("-")
    return [SOURCES.find(source), *(int(part) for part in number.split(".") if part.isdigit())]


def page(known: dict[str, Clause], shown: list[Shown]) -> str:
    """docs/clauses.md: each shown clause with requirement, where it lives, and its tests."""
    tests: dict[str, list[str]] = {}
    for marker in shown:
        tests.setdefault(marker.clause, []).append(f"`{marker.test}`")
    lines = [
        "# Clauses on the record",
        "",
        "Made by `.ci/clauses.py update` from the tests' markers and `.ci/clauses.tsv`;",
        "do not edit by hand. Sources: X 嘉新发[2021]8号 (新成路街道), J 金山, B 鲍山街道,",
        "M 闵委办发〔2017〕13号, K 虹府发〔2014〕27号.",
        "",
        f"{len(tests)} clauses shown.",
        "",
        "| clause | what it asks | where it lives | shown by |",
        "|---|---|---|---|",
    ]
    for clause in sorted(set(tests) & set(known), key=order):
        entry = known[clause]
        cells = (clause, entry.requirement, entry.where, "<br>".join(dict.fromkeys(tests[clause])))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def faults(known: dict[str, Clause], shown: list[Shown]) -> Iterator[str]:
    """Markers that name no clause, and shown clauses of which nobody says where they live."""
    for marker in shown:
        if marker.clause not in known:
            yield f"{marker.test}: there is no clause {marker.clause}"
    for clause in sorted({marker.clause for marker in shown} & set(known), key=order):
        if not known[clause].where:
            yield f".ci/clauses.tsv: {clause} is shown; say in the third column where it lives"


def unshown(known: dict[str, Clause], shown: list[Shown]) -> list[str]:
    """The promised clauses that no test shows yet."""
    promised = {c for c in known if c in PROMISED or c.startswith(PROMISED_UNDER)} - LATER
    return sorted(promised - {marker.clause for marker in shown}, key=order)


def main() -> int:
    """`update`, or `check [--strict]`; 1 on a fault, with --strict also on an unshown promise."""
    known, shown = table(TABLE), list(markers(ROOT / "tests"))
    found = list(faults(known, shown))
    missing = unshown(known, shown)
    text = page(known, shown)
    if sys.argv[1:2] == ["update"]:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(text, encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != text:
        found.append("docs/clauses.md: out of date; run .venv/bin/python .ci/clauses.py update")
    if found:
        print("\n".join(found))
    if missing:
        print(f"clauses: promised and not yet shown: {' '.join(missing)}")
    print(f"clauses: {len({marker.clause for marker in shown})} shown, {len(found)} fault(s)")
    return 1 if found or (missing and "--strict" in sys.argv) else 0


if __name__ == "__main__":
    sys.exit(main())
