"""The words by which a pasted text is understood: labels, buttons of a page, urges, channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dutydesk.config.toml_text import read_toml
from dutydesk.intake.headings import normal
from dutydesk.intake.layout import shipped

FILE = Path(__file__).with_name("words.toml")
_COLUMNS = {
    **{name: name for name in ("external_no", "place", "description", "reported_at", "title")},
    **{name: name for name in ("upstream_due", "occurred_at", "urgent", "status", "urges")},
    **{"caller.name": "name", "caller.phone": "phone", "category_2": "category"},
}
"""The fields of the layouts whose column names are labels too."""
STANDINGS = ("returned", "withdrawn", "urged", "due_moved")
"""What a text may say of an order that is known, the weightier word first."""

_FULL = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
"""Full-width letters, digits and signs, each as its narrow twin: no place in the text moves."""
_QUOTES = "【】[]〔〕「」*＊•·●■◆◇-—>→ \t"


@dataclass(frozen=True, slots=True)
class PasteWords:
    """The words of `words.toml`; `labels` says by normal label which field it names."""

    labels: Mapping[str, str]
    names: tuple[str, ...]
    page: frozenset[str]
    nulls: frozenset[str]
    chatter: frozenset[str]
    urgent: frozenset[str]
    calm: frozenset[str]
    alone: frozenset[str]
    signs: tuple[str, ...]
    negated: tuple[str, ...]
    standing: Mapping[str, tuple[str, ...]]
    channels: Mapping[str, tuple[str, ...]]
    senders: Mapping[str, tuple[str, ...]]

    def field(self, label: str) -> str | None:
        """The field that a label names; `ignored` for one that says nothing of the case."""
        if len(label) > 24:
            return None
        plain = normal(label.strip(_QUOTES))
        return self.labels.get(plain)


@cache
def words() -> PasteWords:
    """The shipped words, read once."""
    data = read_toml(FILE).data
    by_field = data["labels"]
    labels = {normal(label): field for field, found in by_field.items() for label in found}
    for layout in shipped():
        for column, name in _COLUMNS.items():
            for label in layout.fields.get(column, ()):
                labels.setdefault(normal(label), name)
    names = sorted({name for found in by_field.values() for name in found}, key=len, reverse=True)
    page, grading = data["page"], data["grading"]
    return PasteWords(
        labels=labels,
        names=tuple(names),
        page=frozenset(page["lines"]),
        nulls=frozenset(page["nulls"]),
        chatter=frozenset(page["chatter"]),
        urgent=frozenset(grading["urgent"]),
        calm=frozenset(grading["calm"]),
        alone=frozenset(grading["alone"]),
        signs=tuple(grading["signs"]),
        negated=tuple(grading["negated"]),
        standing={name: tuple(data["standing"][name]) for name in STANDINGS},
        channels={entry["name"]: tuple(entry["words"]) for entry in data["channel"]},
        senders={name: tuple(found) for name, found in data["senders"].items()},
    )


def narrowed(text: str) -> str:
    """The text with full-width letters, digits and signs made narrow, letter for letter."""
    return text.translate(_FULL)
