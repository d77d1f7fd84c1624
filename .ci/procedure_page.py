"""Writes one procedure as a page: drawing, states with keys, clocks with origin, acts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

ORIGIN = {"text": "文件 text", "house": "**本单位设定 house**"}
LIGHT_SECONDS = ((86400, "d"), (3600, "h"), (60, "min"))

Command = Callable[..., str]
"""Runs `dutydesk` in a language with arguments and gives what it printed."""


def chapter(name: str, dutydesk: Command) -> str:
    """The chapter of one procedure, read through the command line in both languages."""
    zh = json.loads(dutydesk("zh_CN", "procedure", "show", name, "--json"))
    en = json.loads(dutydesk("en", "procedure", "show", name, "--json"))
    drawing = dutydesk("zh_CN", "procedure", "show", name, "--mermaid").strip()
    return "\n\n".join(
        [
            f"## {name} {zh['version']} · {zh['label']} · {en['label']}",
            *([f"依据文件 · governing document: {zh['governing']}"] if zh["governing"] else []),
            f"```mermaid\n{drawing}\n```",
            "### 状态与数字键 · states and their digit keys",
            "数字键在每个状态里固定不变；没有数字的步骤写在命令行里。 "
            "A state's digits never change; an act without a digit is typed in the command bar.",
            _states(zh, en),
            "### 时限 · clocks",
            "`text` 出自文件，写明条款；`house` 文件没有给，由本单位设定，可以改。"
            "“光”只变灯色，“响”在值班台能办时响铃。 "
            "`text` stands in the source; `house` is set by this desk and may be changed. "
            "光 turns the light only, 响 may ring.",
            _clocks(zh, en),
            "### 步骤 · transitions",
            "同一步骤有几行的，由“条件”选定唯一一行。 Of several lines of one act the condition "
            "selects exactly one.",
            _transitions(zh),
            "### 每一步的内容 · fields of each act",
            "带 `*` 的必填；括号里是何时必填。 A field with `*` is mandatory, in brackets: when.",
            _acts(zh, en),
            *_place(zh),
        ]
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    names = list(head)
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    for row in rows:
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|") for cell in row) + " |")
    return "\n".join(lines)


def _labels(document: dict[str, Any]) -> dict[str, str]:
    return {act["verb"]: act["label"] for act in document["acts"]}


def _states(zh: dict[str, Any], en: dict[str, Any]) -> str:
    label = _labels(zh)
    rows = []
    for state, english in zip(zh["states"], en["states"], strict=True):
        keys = " · ".join(f"{n} {label[verb]}" for n, verb in enumerate(state["keys"], 1))
        hands = {"mine": "我 me", "theirs": "对方 them"}.get(state["hands"] or "", "—")
        rows.append(
            (
                f"`{state['name']}`",
                state["label"],
                english["label"],
                state["bay"] or "—",
                hands,
                keys,
            )
        )
    return _table(("code", "状态", "state", "栏 bay", "等谁 hands", "1–9"), rows)


def _clocks(zh: dict[str, Any], en: dict[str, Any]) -> str:
    roles = {role["name"]: role["label"] for role in zh["roles"]}
    rows = []
    for clock, english in zip(zh["clocks"], en["clocks"], strict=True):
        variant = f" ({clock['variant']})" if clock["variant"] else ""
        limit = clock["limit"] or f"*{clock['due']}*"
        if clock["cap"]:
            limit += f"<br>总计 in all {clock['cap']}"
        if clock["since"]:
            limit += f"<br>自 since `{clock['since']}`"
        rungs = [_rung(rung, roles) for rung in clock["warnings"] + clock["ladder"]]
        rows.append(
            (
                clock["code"] + variant,
                clock["label"],
                english["label"],
                limit + (" / 方 party" if clock["per_party"] else ""),
                ORIGIN[clock["basis"]],
                clock["clause"] or "—",
                "<br>".join(rungs) or "—",
            )
        )
    head = (
        "钟 clock",
        "步骤",
        "step",
        "时限 limit",
        "出处 origin",
        "条款 clause",
        "梯级 rungs (house)",
    )
    return _table(head, rows)


def _rung(rung: dict[str, Any], roles: dict[str, str]) -> str:
    sign = {"yellow": "▲", "red": "■"}[rung["light"]]
    to = "、".join(roles.get(name, name) for name in rung["to"])
    sound = "光" if rung["notice"] else "响"
    when = "".join(
        f" 若{'有' if value else '无'}指示" if fact == "instructed" else f" {fact}={value}"
        for fact, value in dict(rung.get("when") or {}).items()
    )
    return f"{sign} {_moment(rung)}{when} {sound} → {to}"


def _moment(rung: dict[str, Any]) -> str:
    red = rung["light"] == "red"
    if rung.get("opening"):
        return "下次开台 next opening"
    if rung.get("share") is not None:
        return f"{rung['share']:.0%}"
    if rung.get("near"):
        share, before, least = rung["near"]
        return f"{share:.0%} 或 or due − {_span(before)}，≥ {least:.0%}"
    if rung.get("every_s"):
        return f"每 every {_span(rung['every_s'])}"
    if rung.get("before_s") is not None:
        return f"到期前 due − {_span(rung['before_s'])}"
    if rung.get("before"):
        return f"到期前 due − {rung['before']}"
    after = rung.get("after_s") or 0
    if red:
        return "到期 due" if not after else f"到期 due + {_span(after)}"
    return f"起算 start + {_span(after)}"


def _span(seconds: int) -> str:
    for size, unit in LIGHT_SECONDS:
        if seconds % size == 0 and seconds >= size and not (unit == "d" and seconds < 172800):
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


def _transitions(zh: dict[str, Any]) -> str:
    label = _labels(zh)
    states = {state["name"]: state["label"] for state in zh["states"]}
    states |= {"*any": "任何", "*open": "在办", "-": "（新）"}
    rows = []
    for one in zh["transitions"]:
        when = "; ".join(
            f"{fact}={'/'.join(map(str, values))}" for fact, values in one["when"].items()
        )
        rows.append(
            (
                one["id"],
                "、".join(states[name] for name in one["from"]),
                f"{label.get(one['verb'], '')} `{one['verb']}`".strip(),
                f"`{when}`" if when else "",
                " ".join(f"`{guard}`" for guard in one["guards"]),
                states[one["to"]] if one["to"] else "不变 same",
                one["clause"] or "—",
            )
        )
    head = ("no.", "从 from", "步骤 act", "条件 when", "须满足 guards", "到 to", "条款 clause")
    return _table(head, rows)


def _acts(zh: dict[str, Any], en: dict[str, Any]) -> str:
    rows = []
    for act, english in zip(zh["acts"], en["acts"], strict=True):
        fields = " · ".join(_field(field) for field in act["fields"])
        rows.append((f"`{act['verb']}`", act["label"], english["label"], fields or "—"))
    return _table(("verb", "步骤", "act", "字段 fields"), rows)


PLACE = (
    ("levels", "层级 · levels"),
    ("domains", "领域 · domains"),
    ("grid_kinds", "网格类型 · kinds of grid"),
    ("routine", "例行职责 · duties that come round"),
    ("measures", "指标 · figures"),
    ("powers", "力量与权限 · forces and powers"),
    ("slots", "清单 · lists"),
)


def _place(zh: dict[str, Any]) -> list[str]:
    """The place that the procedure is for; a list that the source does not give says so."""
    parts: list[str] = []
    for name, title in PLACE:
        rows = [
            (
                f"`{one['code']}`",
                one["zh"],
                one["en"],
                _said(one) if name == "slots" else "",
                ORIGIN[one["basis"]],
                one["clause"] or "—",
            )
            for one in zh[name]
        ]
        head = ("code", "名称", "name", "", "出处 origin", "条款 clause")
        parts += [f"### {title}", _table(head, rows)] if rows else []
    return parts


def _said(slot: dict[str, Any]) -> str:
    counts = [
        f"{slot[key]} {word}" for key, word in (("classes", "类"), ("items", "项")) if key in slot
    ]
    given = "" if slot["supplied"] else " **文件未提供 not supplied**"
    return " ".join(counts) + given


def _field(field: dict[str, Any]) -> str:
    text = f"{field['label']} `{field['name']}`" + ("\\*" if field["mandatory"] else "")
    when = "; ".join(f"{name}={'/'.join(values)}" for name, values in field["when"].items())
    return text + (f" ({when})" if when else "")
