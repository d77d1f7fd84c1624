"""One name in both languages of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Label:
    """One name in both languages of the desk."""

    zh: str
    en: str

    def in_(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


def read_label(table: Mapping[str, Any]) -> Label:
    """The label of a table with `zh` and `en`; KeyError where one is missing."""
    return Label(str(table["zh"]), str(table["en"]))
