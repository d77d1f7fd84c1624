"""The messages of a procedure: which act leaves one, for whom, and its text with named gaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from dutydesk.workflow.check_problem import Problem
from dutydesk.workflow.procedure_model import Procedure

KINDS: Final = ("convene", "reschedule", "urge", "supervise", "escalate", "handover")
KEYS: Final = ("to", "zh", "en", "clause", "basis")
PARTIES: Final = "parties"
"""As a recipient: everybody who takes part in the case."""
GAPS: Final = (
    "no", "level", "place", "description", "category", "state", "time", "mode", "location",
    "parties", "target", "text", "demand", "reason", "due", "by", "area", "red", "open",
    "issue",
)  # fmt: skip
"""What a text may name; a gap that the act gives nothing for is left out with its line."""
_GAP = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """One kind of message: recipient by verb (a field, a role, or `parties`), text by language."""

    kind: str
    to: Mapping[str, str]
    zh: str
    en: str

    def text(self, language: str) -> str:
        """The text in a language of the desk."""
        return self.en if language.startswith("en") else self.zh

    def filled(self, language: str, values: Mapping[str, str]) -> str:
        """The message: a line that names only gaps without a value is left out."""
        lines = [_line(line, values) for line in self.text(language).strip().splitlines()]
        return "\n".join(line for line in lines if line is not None)


def _line(line: str, values: Mapping[str, str]) -> str | None:
    named = _GAP.findall(line)
    if named and not any(values.get(name) for name in named):
        return None
    return _GAP.sub(lambda found: values.get(found[1], ""), line)


def templates_of(procedure: Procedure) -> Mapping[str, Template]:
    """The templates of a procedure by kind."""
    return {kind: _read(kind, table) for kind, table in _tables(procedure)}


def _tables(procedure: Procedure) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind, table in procedure.raw.get("messages", {}).items():
        if isinstance(table, Mapping):
            yield str(kind), table


def _read(kind: str, table: Mapping[str, Any]) -> Template:
    to = table.get("to", {})
    found = {str(verb): str(who) for verb, who in to.items()} if isinstance(to, Mapping) else {}
    return Template(kind, found, str(table.get("zh", "")), str(table.get("en", "")))


def template_problems(procedure: Procedure) -> Iterator[Problem]:
    """Every key, gap, act, recipient or kind that there is not, and a text without words."""
    for kind, table in _tables(procedure):
        for key in table:
            if key not in KEYS:
                params = {"name": str(key), "known": sorted(KEYS)}
                yield Problem("unknown_field", f"messages.{kind}", params)
    for kind, template in templates_of(procedure).items():
        where = f"messages.{kind}"
        if kind not in KINDS:
            yield Problem("unknown_value", where, {"name": kind, "known": list(KINDS)})
        for verb, who in template.to.items():
            yield from _recipient(procedure, where, verb, who)
        for language in ("zh", "en"):
            text = template.text(language)
            if not text.strip():
                yield Problem("table_missing", f"{where}.{language}")
            for name in _GAP.findall(text):
                if name not in GAPS:
                    params = {"name": name, "known": sorted(GAPS)}
                    yield Problem("unknown_field", f"{where}.{language}", params)


def _recipient(procedure: Procedure, where: str, verb: str, who: str) -> Iterator[Problem]:
    act = procedure.acts.get(verb)
    if act is None:
        known = sorted(procedure.acts)
        yield Problem("unknown_verb", f"{where}.to", {"name": verb, "known": known})
        return
    known = sorted({PARTIES, *(field.name for field in act.fields), *procedure.roles})
    if who not in known:
        yield Problem("unknown_field", f"{where}.to.{verb}", {"name": who, "known": known})
