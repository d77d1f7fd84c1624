"""`dutydesk drill --expect`: what a drill should give, and in one line where it does not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dutydesk.errors import BadInput
from dutydesk.i18n import _, listed

if TYPE_CHECKING:
    from dutydesk.desk.drill_difference import Difference
    from dutydesk.workflow.procedure import Procedure

Json = Mapping[str, Any]


def expectations(texts: Sequence[str], file: str) -> list[tuple[int, Json]]:
    """The expected lines with their numbers; BadInput for one that is no JSON object."""
    found: list[tuple[int, Json]] = []
    for number, text in enumerate(texts, start=1):
        if not text.strip():
            continue
        try:
            line = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise BadInput(_("不是 JSON"), file=file, line=number) from error
        if not isinstance(line, dict) or not line:
            form = '{"case": "a", "clock": "reply", "due_at": "…"}'
            raise BadInput(_("每行是一个 JSON 对象"), file=file, line=number, expected=form)
        found.append((number, line))
    if not found:
        raise BadInput(_("一行期望也没有"), file=file)
    return found


def explained(found: Difference, procedure: Procedure, text: Callable[[Json], str]) -> str:
    """The difference in one line: which line, what should be, what is, and by which rule."""
    if found.expected is None:
        assert found.got is not None
        return _("多出：{line}").format(line=text(found.got))
    if found.got is None:
        said = json.dumps(dict(found.expected), ensure_ascii=False)
        return _("第 {number} 行：没有出现 {line}").format(number=found.number, line=said)
    pairs = [
        _("{name} 应为 {expected}，实为 {got}").format(
            name=name, expected=_shown(found.expected[name]), got=_shown(found.got.get(name))
        )
        for name in found.names
    ]
    why = _why(found.got, procedure)
    said = _("第 {number} 行 {at} {what}：{pairs}").format(
        number=found.number, at=_at(found.got), what=_what(found.got), pairs=listed(pairs)
    )
    return _("{said}（{why}）").format(said=said, why=why) if why else said


def _at(line: Json) -> str:
    return str(line.get("at", ""))[:16].replace("T", " ")


def _what(line: Json) -> str:
    """Case and what the line is about."""
    about = (line.get("case"), line.get("clock") or line.get("event") or line.get("do"))
    return " ".join(str(part) for part in (*about, line.get("party")) if part)


def _why(line: Json, procedure: Procedure) -> str:
    """The rule behind a line: of a clock its limits and clause, of a refusal its sentence."""
    if line.get("kind") == "refused":
        return str(line.get("message") or "")
    table = procedure.raw["clocks"].get(line.get("clock") or "")
    if table is None:
        return ""
    variants = table.get("variants", {}).values()
    limits = [str(one["limit"]) for one in (table, *variants) if "limit" in one]
    parts = [" / ".join(dict.fromkeys(limits)), str(table.get("clause") or "")]
    return listed(part for part in parts if part)


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
