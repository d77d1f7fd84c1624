"""Judges what ruff and import-linter cannot: inline imports, and that rules import nothing.

An import inside a function stands on a line that says `# slow import` and brings in a slow package
or a room of dutydesk that does; `dutydesk.workflow` imports the standard library, itself and
`dutydesk.errors`. Usage: imports.py [ROOT]; exit 1 with file:line of each fault.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

# fmt: off
SLOW = frozenset((
    "alembic", "apscheduler", "asyncio", "babel", "cryptography", "dateutil", "dutydesk",
    "holidays", "http", "httpx", "keyring", "multiprocessing", "openpyxl", "platformdirs",
    "psycopg", "pydantic", "pypinyin", "python_calamine", "rapidfuzz", "rich", "sqlalchemy",
    "sqlite3", "sqlmodel", "textual", "textual_serve", "tomlkit", "typer", "urllib",
))
# fmt: on
FOLDERS = ("dutydesk", "tests", "benchmarks", "docs", ".ci")
RULES = ("dutydesk.workflow", "dutydesk.errors")


def faults(root: Path) -> Iterator[str]:
    """Each fault under root as `file:line: what is wrong and how to mend it`."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            tree = ast.parse(source, str(path))
            name = path.relative_to(root)
            yield from (f"{name}:{fault}" for fault in _inline(tree, source.splitlines()))
            if name.parts[:2] == ("dutydesk", "workflow"):
                yield from (f"{name}:{fault}" for fault in _impure(tree))


def _inline(tree: ast.Module, lines: list[str]) -> Iterator[str]:
    seen: set[int] = set()
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for node in ast.walk(function):
            if not isinstance(node, ast.Import | ast.ImportFrom) or node.lineno in seen:
                continue
            seen.add(node.lineno)
            text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            if "slow import" not in text:
                yield f"{node.lineno}: an inline import needs `# slow import`; else move it up"
            quick = {module.partition(".")[0] for module in _modules(node)} - SLOW
            if quick:
                yield f"{node.lineno}: {', '.join(sorted(quick))} is not slow: import it at the top"


def _impure(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        for module in _modules(node):
            top = module.partition(".")[0]
            own = any(module == rule or module.startswith(rule + ".") for rule in RULES)
            if not own and top not in sys.stdlib_module_names:
                yield f"{node.lineno}: rules import the standard library only, not {module}"


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if node.level:
        return ["dutydesk.workflow"]  # relative imports stay in their own room
    if node.module == "dutydesk":
        return [f"dutydesk.{alias.name}" for alias in node.names]
    return [node.module or ""]


def main() -> int:
    """Print the faults; 1 when there is one."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1]
    found = list(faults(root))
    print("\n".join(found) if found else "imports: inline ones are slow ones, rules are pure")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
