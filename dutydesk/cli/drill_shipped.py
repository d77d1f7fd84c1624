"""The drills that ship as training material: what each is about, by which procedure and clauses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from dutydesk.workflow.label import Label, read_label

FIRST = "xinchenglu"
"""The procedure of a drill whose name begins with none."""


class Shipped(NamedTuple):
    """One shipped drill; no clauses where it trains a house rule alone."""

    name: str
    procedure: str
    about: Label
    clauses: tuple[str, ...]


@cache
def shipped_drills() -> Mapping[str, Shipped]:
    """All of them by name, procedure after procedure."""
    from dutydesk.config.procedures import names  # slow import

    known = names()
    table = tomllib.loads(_text("catalogue.toml"))
    return {
        name: Shipped(name, _procedure(name, known), read_label(entry), tuple(entry["clauses"]))
        for name, entry in table.items()
    }


def shipped(name: str) -> str:
    """The text of a shipped drill."""
    return _text(f"{name}.jsonl")


def _procedure(name: str, known: tuple[str, ...]) -> str:
    head = name.partition("-")[0]
    return head if head in known else FIRST


def _text(file: str) -> str:
    return files("dutydesk").joinpath("drills", file).read_text(encoding="utf-8")
