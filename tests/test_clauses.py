"""docs/clauses.md says what the tests' markers say, and a marker that lies is named."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def tool(root: Path) -> ModuleType:
    """The clause script of .ci."""
    spec = importlib.util.spec_from_file_location("ci_clauses", root / ".ci" / "clauses.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def shown(tool: ModuleType, tmp_path: Path, source: str) -> list[tuple[str, str]]:
    """The markers that the script finds in one test file."""
    (tmp_path / "tests").mkdir(exist_ok=True)
    (tmp_path / "tests" / "test_a.py").write_text(source, encoding="utf-8")
    return [tuple(marker) for marker in tool.markers(tmp_path / "tests")]


def test_markers_are_found_on_functions_classes_modules_and_parameters(
    tool: ModuleType, tmp_path: Path
) -> None:
    source = """
import pytest
pytestmark = [pytest.mark.clause("X-1.4")]

@pytest.mark.clause("X-2.1", "X-2.2")
def test_a(): ...

@pytest.mark.clause("X-1.5")
class TestB:
    @pytest.mark.clause("X-2.10")
    async def test_c(self): ...

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.clause("X-2.3"))])
def test_d(x): ...

@pytest.mark.soak
def test_e(): ...
"""
    assert shown(tool, tmp_path, source) == [
        ("X-1.4", "tests/test_a.py"),
        ("X-2.1", "tests/test_a.py::test_a"),
        ("X-2.2", "tests/test_a.py::test_a"),
        ("X-1.5", "tests/test_a.py::TestB"),
        ("X-2.10", "tests/test_a.py::TestB::test_c"),
        ("X-2.3", "tests/test_a.py::test_d"),
    ]


def test_an_id_that_does_not_exist_and_a_clause_that_lives_nowhere_are_faults(
    tool: ModuleType,
) -> None:
    known = {"X-1.4": tool.Clause("tags", ""), "X-1.5": tool.Clause("one case", "case screen")}
    found = [tool.Shown(clause, "tests/test_a.py::t") for clause in ("X-1.4", "X-1.5", "X-9.9")]
    assert list(tool.faults(known, found)) == [
        "tests/test_a.py::t: there is no clause X-9.9",
        ".ci/clauses.tsv: X-1.4 is shown; say in the third column where it lives",
    ]


def test_what_is_promised_and_shown_by_nobody_is_listed_in_order(tool: ModuleType) -> None:
    ids = ("X-2.10", "X-2.9", "X-5.2.4.1", "X-5.2.2", "X-2.2")
    known = {clause: tool.Clause("", "") for clause in ids}
    assert tool.unshown(known, [tool.Shown("X-2.2", "t")]) == ["X-2.10", "X-5.2.2"]


def test_the_page_lists_each_shown_clause_once_with_its_tests(tool: ModuleType) -> None:
    known = {"X-2.10": tool.Clause("urgent on top", "desk"), "X-2.9": tool.Clause("b", "case|do")}
    found = [
        tool.Shown("X-2.10", "t::a"),
        tool.Shown("X-2.10", "t::b"),
        tool.Shown("X-2.9", "t::c"),
    ]
    assert tool.page(known, found).splitlines()[-2:] == [
        "| X-2.9 | b | case\\|do | `t::c` |",
        "| X-2.10 | urgent on top | desk | `t::a`<br>`t::b` |",
    ]


def test_every_line_of_the_table_is_known_by_one_id_and_short(tool: ModuleType, root: Path) -> None:
    path = root / ".ci" / "clauses.tsv"
    known = tool.table(path)
    assert len(known) == len(path.read_text(encoding="utf-8").splitlines()) == 229
    assert list(known) == sorted(known, key=tool.order)
    assert max(len(entry.requirement) for entry in known.values()) <= 160
