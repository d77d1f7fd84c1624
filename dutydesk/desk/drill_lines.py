"""The lines of a drill, read and checked before the first of them is played."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dutydesk.config.json_text import strict
from dutydesk.config.time_words import instant_message
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cleaned
from dutydesk.workflow.cases.model import Actor
from dutydesk.workflow.procedure import ActKind, Procedure
from dutydesk.workflow.time.zone import BadInstant, iso, parse_instant

ABOUT_THE_LINE = frozenset({"at", "do", "case", "by", "on_behalf", "key", "version"})
ROSTER_KEYS = frozenset({"at", "do", "case", "by", "on", "off"})
TICK_KEYS = frozenset({"at", "do", "case", "by"})


class BadDrillLine(BadInput):
    """A line that is not a drill line; ``line`` is its number, from 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a drill as it was read."""

    number: int
    at: datetime
    do: str
    case: str | None
    raw: Mapping[str, Any]

    @property
    def fields(self) -> dict[str, object]:
        """The fields of the act; what is about the line itself is left out."""
        return {k: v for k, v in self.raw.items() if k not in ABOUT_THE_LINE}


def read_lines(
    texts: Iterable[str], file: str | None = None, procedure: Procedure | None = None
) -> list[Line]:
    """The lines of a drill in order; blank lines are passed over.

    With a procedure, verbs, fields and roles are checked too. Raises BadDrillLine with the number
    of the first line that is none.
    """
    lines: list[Line] = []
    for number, text in enumerate(texts, start=1):
        if not text.strip():
            continue
        line = _line(number, text, file)
        if lines and line.at < lines[-1].at:
            message = _("时间早于上一行:{at}").format(at=iso(line.at))
            raise BadDrillLine(message, file=file, line=number)
        if procedure is not None:
            _check(line, procedure, file)
        lines.append(line)
    return lines


def _line(number: int, text: str, file: str | None) -> Line:
    try:
        raw = cleaned(strict(text.lstrip("\ufeff")))
    except (ValueError, RecursionError) as error:
        message = _("不是 JSON:{why}").format(why=error)
        raise BadDrillLine(message, file=file, line=number) from error
    if not isinstance(raw, dict):
        raise BadDrillLine(_("一行应是一个 JSON 对象"), file=file, line=number)
    do = raw.get("do")
    if not isinstance(do, str) or not isinstance(raw.get("at"), str):
        raise BadDrillLine(_("缺少 at 或 do"), file=file, line=number, expected='{"at", "do", …}')
    try:
        at = parse_instant(raw["at"])
    except BadInstant as error:
        said = instant_message(error).splitlines()[0]
        forms = " | ".join(error.accepted)
        raise BadDrillLine(said, file=file, line=number, column="at", expected=forms) from error
    case = raw.get("case")
    if case is not None and not isinstance(case, str):
        raise BadDrillLine(_("case 应是文字"), file=file, line=number, column="case")
    return Line(number, at, do, case, raw)


def _check(line: Line, procedure: Procedure, file: str | None) -> None:
    """Whether the line names a verb, fields and roles that the procedure has."""
    if line.do == "tick":
        _only(line, TICK_KEYS, file)
    elif line.do == "roster":
        _only(line, ROSTER_KEYS, file)
    else:
        kind = procedure.acts.get(line.do)
        if kind is None or kind.internal:
            verbs = [verb for verb, act in procedure.acts.items() if not act.internal]
            message = _("没有这一步:{do}").format(do=line.do)
            raise BadDrillLine(message, file=file, line=line.number, expected=", ".join(verbs))
        _only(line, _keys(kind), file)
        _roles(line, procedure, file)


def _keys(kind: ActKind) -> frozenset[str]:
    return ABOUT_THE_LINE | {field.name for field in kind.fields} | {"channel"}


def _only(line: Line, keys: frozenset[str], file: str | None) -> None:
    unknown = [key for key in line.raw if key not in keys]
    if unknown:
        message = _("{do} 没有 {key}").format(do=line.do, key=unknown[0])
        expected = ", ".join(sorted(keys))
        raise BadDrillLine(message, file=file, line=line.number, expected=expected)


def _roles(line: Line, procedure: Procedure, file: str | None) -> None:
    by = line.raw.get("by")
    if not isinstance(by, str) or not by.strip():
        raise BadDrillLine(_("缺少 by"), file=file, line=line.number, column="by")
    for name in ("by", "on_behalf"):
        given = line.raw.get(name)
        if given is None:
            continue
        role = Actor.parse(str(given)).role
        if role not in procedure.roles:
            message = _("没有这个角色:{role}").format(role=role)
            expected = ", ".join(procedure.roles)
            raise BadDrillLine(message, file=file, line=line.number, expected=expected)
