"""The walls hold, and each one is seen to break when a violation is planted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from sampled import sampled

ROOMS = (
    "bootstrap", "cli", "clock", "config", "daemon", "desk", "errors", "i18n", "intake", "notify",
    "reports", "screens", "storage", "text", "views", "workflow",
)  # fmt: skip
SLOW = (
    "textual", "sqlmodel", "sqlalchemy", "apscheduler", "httpx", "openpyxl", "python_calamine",
    "alembic", "pypinyin", "rapidfuzz", "keyring", "pydantic", "tomlkit",
)  # fmt: skip


def run(*command: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=cwd, input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def tool(name: str) -> str:
    """The program beside this interpreter."""
    return str(Path(sys.executable).with_name(name))


@pytest.fixture
def house(tmp_path: Path, root: Path) -> Path:
    """A copy of the house with every room and nothing in it."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    for room in ROOMS:
        (tmp_path / "dutydesk" / room).mkdir(parents=True)
        (tmp_path / "dutydesk" / room / "__init__.py").touch()
    (tmp_path / "dutydesk" / "__init__.py").touch()
    return tmp_path


def plant(house: Path, room: str, line: str) -> None:
    (house / "dutydesk" / room).mkdir(exist_ok=True)
    (house / "dutydesk" / room / "__init__.py").write_text(line + "\n", encoding="utf-8")


def broken(house: Path) -> list[str]:
    """The names of the contracts that import-linter finds broken in the house."""
    output = run(tool("lint-imports"), "--no-cache", "--no-logo", cwd=house).stdout
    assert "Contracts: " in output, output
    return [
        line.removesuffix(" BROKEN") for line in output.splitlines() if line.endswith(" BROKEN")
    ]


def test_the_house_keeps_its_walls(root: Path) -> None:
    assert broken(root) == []


def test_an_empty_house_breaks_nothing(house: Path) -> None:
    assert broken(house) == []


@pytest.mark.parametrize(
    ("room", "line", "contract"),
    sampled(
        [
            ("storage", "import dutydesk.desk", "One way down"),
            ("errors", "import dutydesk.i18n", "One way down"),
            ("screens", "import dutydesk.daemon", "One way down"),
            ("text", "import dutydesk.i18n", "One way down"),
            ("intake", "import dutydesk.notify", "One way down"),
            ("helpers", "import dutydesk.errors", "One way down"),
            ("workflow", "import dutydesk.clock", "Rules are pure"),
            ("workflow", "import sqlalchemy", "Rules are pure"),
            ("workflow", "import sqlite3", "Rules are pure"),
            ("views", "import textual.app", "Only screens know Textual"),
            ("screens", "import dutydesk.storage", "Screens never open the store"),
            ("screens", "import sqlmodel", "Screens never open the store"),
            ("screens", "import sqlalchemy.orm", "Screens never open the store"),
        ],
        (0, 6, 9, 10),
    ),
)
def test_each_wall_breaks_where_a_violation_is_planted(
    house: Path, room: str, line: str, contract: str
) -> None:
    plant(house, room, line)
    assert contract in broken(house)


def test_screens_may_know_textual(house: Path) -> None:
    plant(house, "screens", "import textual.app")
    assert broken(house) == []


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import datetime\nx = datetime.now()",
        "import datetime\nx = datetime.datetime.utcnow()",
        "from datetime import datetime\nx = datetime.today()",
        "from datetime import date\nx = date.today()",
        "import time\nx = time.time()",
    ],
)
def test_only_the_clock_reads_the_clock(root: Path, line: str) -> None:
    def codes(name: str) -> list[str]:
        command = (tool("ruff"), "check", "--select", "TID251", "--output-format", "concise")
        done = run(*command, "--stdin-filename", name, "-", cwd=root, stdin=line)
        return [part.split()[1] for part in done.stdout.splitlines() if part.startswith(name)]

    assert codes("dutydesk/desk_plant.py") == ["TID251"]
    assert codes("dutydesk/clock.py") == []


@pytest.mark.parametrize(
    ("room", "source", "fault"),
    [
        (
            "cli",
            "def f():\n    import textual\n",
            "dutydesk/cli/__init__.py:2: an inline import needs `# slow import`; else move it up",
        ),
        (
            "cli",
            "def f():\n    import json  # slow import\n",
            "dutydesk/cli/__init__.py:2: json is not slow: import it at the top",
        ),
        (
            "workflow",
            "import requests\n",
            "dutydesk/workflow/__init__.py:1: rules import the standard library only, not requests",
        ),
        (
            "workflow",
            "from dutydesk import text\n",
            "dutydesk/workflow/__init__.py:1: "
            "rules import the standard library only, not dutydesk.text",
        ),
    ],
)
def test_an_import_in_the_wrong_place_is_named(
    house: Path, root: Path, room: str, source: str, fault: str
) -> None:
    plant(house, room, source)
    done = run(sys.executable, str(root / ".ci" / "imports.py"), str(house), cwd=root)
    assert (done.returncode, done.stdout.splitlines()) == (1, [fault])


def test_a_slow_import_with_its_reason_and_pure_rules_pass(house: Path, root: Path) -> None:
    plant(house, "cli", "def f():\n    from textual.app import App  # slow import\n")
    plant(house, "workflow", "import re\nfrom dutydesk.errors import Refused\nfrom . import x\n")
    done = run(sys.executable, str(root / ".ci" / "imports.py"), str(house), cwd=root)
    assert done.returncode == 0, done.stdout


EVERY_MODULE = """
import importlib, pkgutil, sys, {package} as package
for module in pkgutil.walk_packages(package.__path__, "{package}."):
    importlib.import_module(module.name)
"""


def loaded(code: str, names: tuple[str, ...], root: Path) -> list[str]:
    """Which of the names a fresh interpreter has loaded after running the code."""
    seen = f"\nimport sys\nprint(*sorted(set({names!r}) & set(sys.modules)))"
    done = run(sys.executable, "-c", code + seen, cwd=root)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_the_command_line_starts_without_the_slow_packages(root: Path) -> None:
    assert loaded("import dutydesk.cli.main", SLOW, root) == []


def test_the_screens_load_without_the_store(root: Path) -> None:
    if find_spec("dutydesk.screens") is None:
        pytest.skip("no screens yet")
    code = EVERY_MODULE.format(package="dutydesk.screens")
    assert loaded(code, ("sqlmodel", "sqlalchemy", "dutydesk.storage"), root) == []


@pytest.mark.soak
def test_late_entries_are_read_and_entered_without_the_screens_toolkit(
    tmp_path: Path, root: Path
) -> None:
    store, night = tmp_path / "desk.sqlite3", tmp_path / "night.txt"
    night.write_text("昨2230 登 嘉乐路20号 绿化带垃圾\n昨2340 便 巡过一遍\n", encoding="utf-8")
    calls = (["--database", str(store), "init"], ["--database", str(store), "enter", str(night)])
    code = f"""
import os
os.chdir({str(tmp_path)!r})
from dutydesk.cli.main import run
assert run(["enter", "--help"]) == 0
assert [run(call) for call in {calls!r}] == [0, 0]
"""
    done = run(sys.executable, "-c", code + "import sys\nprint('textual' in sys.modules)", cwd=root)
    assert done.returncode == 0, done.stderr
    assert "巡过一遍" in done.stdout
    assert done.stdout.splitlines()[-1] == "False"


@pytest.mark.soak
def test_a_store_that_is_there_opens_without_the_classes_of_its_tables(
    tmp_path: Path, root: Path
) -> None:
    address = f"sqlite:///{tmp_path / 'desk.sqlite3'}"
    opening = "from dutydesk.storage import Store\nStore.open({address!r}, create={create}).close()"
    classes = ("alembic", "sqlalchemy.orm", "sqlmodel")
    made = loaded(opening.format(address=address, create=True), classes, root)
    assert made == ["sqlalchemy.orm", "sqlmodel"]
    assert loaded(opening.format(address=address, create=False), classes, root) == []


def test_the_rules_load_nothing_but_the_standard_library(root: Path) -> None:
    rooms = tuple(f"dutydesk.{room}" for room in ROOMS if room not in ("errors", "workflow"))
    code = EVERY_MODULE.format(package="dutydesk.workflow")
    assert loaded(code, (*SLOW, "rich", "typer", "dateutil", *rooms), root) == []
