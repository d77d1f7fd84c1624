"""What a procedure says of its place: levels, grids, duties, figures, lists to be filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dutydesk.cli.procedure_lists import Held, held
from dutydesk.cli.tabular import columns
from dutydesk.i18n import _, language, listed
from dutydesk.workflow.check_organisation import ENTRIES, supplied
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.slots import counts

TOLD = ("code", "zh", "en", "basis", "clause")


def as_document(procedure: Procedure) -> dict[str, Any]:
    """The governing document and each list of entries as JSON.

    Those to be filled have `supplied`, and `edition` and `count` where the desk has loaded them.
    """
    loaded = held(procedure)
    found: dict[str, Any] = {
        "governing": procedure.values.get("governing"),
        "extends": procedure.values.get("extends"),
        "rollout": procedure.values.get("rollout"),
        "prescribed": list(procedure.raw.get("prescribed", {}).get("lock", ())),
        "local": list(procedure.raw.get("local", ())),
    }
    for name in ENTRIES:
        entries = procedure.raw.get(name, ())
        found[name] = [
            _entry(name, entry, loaded) | {"local": _local(procedure, name, entry)}
            for entry in entries
        ]
    return found


def _local(procedure: Procedure, name: str, entry: Mapping[str, Any]) -> bool:
    """Whether an entry, or something in it, is this desk's own beside the prescribed part."""
    mine = f"{name}.{entry.get('code')}"
    return any(
        path == mine or path.startswith(f"{mine}.") for path in procedure.raw.get("local", ())
    )


def _entry(name: str, entry: Mapping[str, Any], loaded: Mapping[str, Held]) -> dict[str, Any]:
    told = {key: entry.get(key) for key in TOLD} | dict(entry)
    if name != "slots":
        return told
    here = loaded.get(str(entry.get("code")))
    if here is not None:
        told |= {"edition": here.edition, "count": here.size}
    own = counts(entry.get("entries", ())).own
    return told | {"supplied": supplied(entry) or here is not None, "own": own}


def lines(procedure: Procedure) -> Iterator[str]:
    """The same for a person; what is not supplied says so."""
    titles = {
        "levels": _("层级"),
        "grid_kinds": _("网格类型"),
        "domains": _("领域"),
        "routine": _("例行职责"),
        "measures": _("指标"),
        "powers": _("力量与权限"),
        "slots": _("清单"),
    }
    governing = procedure.values.get("governing")
    if governing:
        yield from ("", _("依据文件 {title}").format(title=governing))
    yield from _extends(procedure)
    tongue, loaded = "en" if language().startswith("en") else "zh", held(procedure)
    for name in ENTRIES:
        rows = [
            [
                str(entry.get("code")),
                str(entry.get(tongue)),
                _filled(entry, loaded.get(str(entry.get("code")))) if name == "slots" else "",
                str(entry.get("basis")),
                str(entry.get("clause") or ""),
                _("本地") if _local(procedure, name, entry) else "",
            ]
            for entry in procedure.raw.get(name, ())
        ]
        if rows:
            yield from ("", titles[name], *columns(rows))
    slots = procedure.raw.get("slots", ())
    empty = [slot for slot in slots if not supplied(slot) and slot.get("code") not in loaded]
    if any(not slot.get("loaded_by") for slot in empty):
        yield _("未提供的清单这样填：dutydesk procedure fill {name} 代码 文件").format(
            name=procedure.name
        )
    for slot in empty:
        if slot.get("loaded_by"):
            yield _("{slot} 这样装入：{command} 文件").format(
                slot=slot.get("code"), command=slot["loaded_by"]
            )
    yield from _held(procedure, tongue)


def _extends(procedure: Procedure) -> Iterator[str]:
    """What it extends and how far it is rolled out, what is prescribed, what is local."""
    stages = {"pilot": _("试点"), "following": _("跟进"), "live": _("启用")}
    rollout = procedure.values.get("rollout")
    if procedure.values.get("extends"):
        yield from ("", _("延伸自 {name}").format(name=procedure.values["extends"]))
    if rollout:
        yield _("推行：{stage}").format(stage=stages.get(str(rollout), str(rollout)))
    locks = procedure.raw.get("prescribed", {}).get("lock", ())
    if locks:
        yield _("规定动作，下级不得改：{names}").format(names=listed(locks))
    for path in procedure.raw.get("local", ()):
        yield _("本地：{path}").format(path=path)


def _held(procedure: Procedure, tongue: str) -> Iterator[str]:
    """The lists that this desk has filled, entry by entry; an addition says that it is one."""
    for slot in procedure.raw.get("slots", ()):
        for committee, entries in slot.get("variants", {}).items():
            own = [str(each["item"]) for each in entries if each not in slot["entries"]]
            said = _("{title}：{committee}另有 {items}")
            title = slot.get(tongue)
            yield said.format(title=title, committee=committee, items=listed(own) or "—")
        if not slot.get("filled_from"):
            continue
        said = _("{title}（{file}，{at} 填）")
        yield ""
        yield said.format(
            title=slot.get(tongue), file=slot["filled_from"], at=slot["filled_at"][:10]
        )
        yield from columns(
            [
                [
                    str(entry.get("class", "")),
                    str(entry["item"]),
                    _("自选") if entry.get("own") else "",
                    str(entry.get("limit", "")),
                ]
                for entry in slot["entries"]
            ],
            widest=80,
        )


def _filled(slot: Mapping[str, Any], here: Held | None) -> str:
    if here is not None:
        return _("已装入，第 {edition} 版，{count} 条").format(
            edition=here.edition, count=here.size
        )
    parts = []
    if slot.get("classes") is not None:
        parts.append(_("{count} 类").format(count=slot["classes"]))
    if slot.get("items") is not None:
        parts.append(_("{count} 项").format(count=slot["items"]))
    own = counts(slot.get("entries", ())).own
    if own:
        parts.append(_("自选 {count} 项").format(count=own))
    said = " ".join(parts)
    if supplied(slot):
        return said
    return _("{counts} 文件未提供").format(counts=said).strip()
