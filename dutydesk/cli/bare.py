"""`dutydesk` without a command: the desk opens without the option parser, to paint soon."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dutydesk.cli import here, outlet
from dutydesk.i18n import LANGUAGES, SOURCE, use


def given(arguments: Sequence[str]) -> here.Given | None:
    """The options of a bare call; None where there is anything the option parser must judge."""
    found: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        name, equals, value = argument.partition("=")
        if name not in ("--config", "--database", "--lang"):
            return None
        text = value if equals else next(rest, "")
        if not text or text.startswith("-"):
            return None
        found[name.removeprefix("--")] = text
    config, lang = found.get("config"), found.get("lang")
    if lang is not None and lang not in LANGUAGES:
        return None
    return here.Given(None if config is None else Path(config), found.get("database"), lang)


def open_bare(options: here.Given) -> int:
    """Open the desk with these options; gives the exit code, never a traceback."""

    def work() -> int:
        use(options.lang or SOURCE)
        here.give(options)
        from dutydesk.cli.desk import open_desk  # slow import

        return open_desk()

    return outlet.guarded(work, as_json=False)
