"""The guides name every command, option, settings key and key of the screens that there is."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from textual.binding import Binding

import dutydesk.screens
from dutydesk.cli.app import root as command_line
from dutydesk.cli.table import COMMANDS
from dutydesk.config.model import Settings

WRITTEN = {
    "right": "→", "left": "←", "up": "↑", "down": "↓", "escape": "esc", "pageup": "pgup",
    "pagedown": "pgdn",
}  # fmt: skip
"""How keys are written for people."""

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)


@pytest.fixture(scope="module")
def code() -> str:
    """Everything that stands as code in the README and the guides, generated pages left out."""
    top = Path(__file__).resolve().parents[1]
    pages = [*top.glob("README*.md"), *(top / "docs").rglob("*.md")]
    texts = [
        p.read_text(encoding="utf-8") for p in pages if p.stem not in ("clauses", "procedures")
    ]
    return "\n".join(part for text in texts for part in CODE.findall(text))


def commands() -> Iterator[tuple[str, Any]]:
    """Each command as it is typed, with the parser's own knowledge of it."""
    group = command_line()
    with group.make_context("dutydesk", ["cases"], resilient_parsing=True) as ctx:
        yield "dutydesk", group
        for name, entry in COMMANDS.items():
            made = group.get_command(ctx, name)
            if entry.parts is None:
                yield f"dutydesk {name}", made
            for part in entry.parts or ():
                yield f"dutydesk {name} {part}", made.get_command(ctx, part)


def options(command: Any) -> list[str]:
    found = [name for param in command.params for name in param.opts if name.startswith("--")]
    return [name for name in found if name != "--help"]


def tables(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, str]]:
    """Each settings key with the table it stands in: ("hours.extension", "weekday")."""
    for name, field in model.model_fields.items():
        inner = _table(field.annotation)
        if inner is None:
            yield path, name
        else:
            yield from tables(inner, f"{path}.{name}" if path else name)


def _table(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _table(part))), None)


def bindings() -> Iterator[tuple[str, str]]:
    """Each key that a screen shows, with the class that binds it."""
    for module in pkgutil.walk_packages(dutydesk.screens.__path__, "dutydesk.screens."):
        for name, made in inspect.getmembers(import_module(module.name), inspect.isclass):
            if made.__module__ != module.name:
                continue
            for binding in vars(made).get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.description and binding.show:
                    key = binding.key_display or binding.key.split(",")[0]
                    yield WRITTEN.get(key, key), name


def missing(wanted: Iterator[tuple[str, str]], code: str, prefix: str = "") -> list[str]:
    """Those whose name stands nowhere as code."""
    found = []
    for name, where in wanted:
        if not re.search(rf"(?<![\w-]){re.escape(prefix + name)}(?![\w-])", code, re.IGNORECASE):
            found.append(f"{name} ({where})")
    return found


def test_every_command_is_in_the_guides(code: str) -> None:
    assert missing(((name, "command") for name, _command in commands()), code) == []


def test_every_option_is_in_the_guides(code: str) -> None:
    wanted = ((option, name) for name, command in commands() for option in options(command))
    assert missing(wanted, code) == []


def test_every_settings_key_is_in_the_guides(code: str) -> None:
    assert missing(((key, f"[{table}]") for table, key in tables(Settings)), code) == []


def test_every_key_of_the_screens_is_in_the_guides(code: str) -> None:
    wanted = [(key, where) for key, where in bindings() if f"`{key.lower()}`" not in code.lower()]
    assert wanted == []


def named_files() -> Iterator[tuple[Path, str]]:
    """Each page with the files that it shows or leads to, pages of the web left out."""
    top = Path(__file__).resolve().parents[1]
    for page in (*top.glob("*.md"), *(top / "docs").rglob("*.md")):
        for target in LINK.findall(page.read_text(encoding="utf-8")):
            file = target.partition("#")[0]
            if file and "://" not in target:
                yield page, file


def test_every_picture_and_page_that_is_named_is_there() -> None:
    lost = [
        f"{page.name}: {file}" for page, file in named_files() if not (page.parent / file).exists()
    ]
    assert lost == []


def test_every_picture_is_named_and_small() -> None:
    pictures = Path(__file__).resolve().parents[1] / "docs" / "pictures"
    named = {(page.parent / file).resolve() for page, file in named_files()}
    assert [p.name for p in sorted(pictures.iterdir()) if p.resolve() not in named] == []
    assert [p.name for p in pictures.iterdir() if p.stat().st_size > 300_000] == []


def test_what_is_asked_for_is_not_nothing() -> None:
    assert ("hours.extension", "weekday") in list(tables(Settings))
    assert "--on-behalf" in options(dict(commands())["dutydesk do"])
    assert len(list(bindings())) >= 5


def test_a_name_that_is_missing_is_named() -> None:
    text = "`dutydesk cases --state S` `--json-data`"
    wanted = [("--state", "cases"), ("--json", "cases"), ("area", "[desk]")]
    assert missing(iter(wanted), text) == ["--json (cases)", "area ([desk])"]
