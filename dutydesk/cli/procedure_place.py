"""What a procedure says of its place: levels, grids, duties, figures, lists to be filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dutydesk.cli.tabular import columns
from dutydesk.i18n import _, language
from dutydesk.workflow.check_organisation import ENTRIES, supplied
from dutydesk.workflow.procedure import Procedure

TOLD = ("code", "zh", "en", "basis", "clause")


def as_document(procedure: Procedure) -> dict[str, Any]:
    """The governing document and each list of entries as JSON; `supplied` on those to be filled."""
    found: dict[str, Any] = {"governing": procedure.values.get("governing")}
    for name in ENTRIES:
        entries = procedure.raw.get(name, ())
        found[name] = [_entry(name, entry) for entry in entries]
    return found


def _entry(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    told = {key: entry.get(key) for key in TOLD} | dict(entry)
    return told | {"supplied": supplied(entry)} if name == "slots" else told


def lines(procedure: Procedure) -> Iterator[str]:
    """The same for a person; what is not supplied says so."""
    titles = {
        "levels": _("层级"),
        "grid_kinds": _("网格类型"),
        "routine": _("例行职责"),
        "measures": _("指标"),
        "powers": _("力量与权限"),
        "slots": _("清单"),
    }
    governing = procedure.values.get("governing")
    if governing:
        yield from ("", _("依据文件 {title}").format(title=governing))
    tongue = "en" if language().startswith("en") else "zh"
    for name in ENTRIES:
        rows = [
            [
                str(entry.get("code")),
                str(entry.get(tongue)),
                _filled(entry) if name == "slots" else "",
                str(entry.get("basis")),
                str(entry.get("clause") or ""),
            ]
            for entry in procedure.raw.get(name, ())
        ]
        if rows:
            yield from ("", titles[name], *columns(rows))


def _filled(slot: Mapping[str, Any]) -> str:
    parts = []
    if slot.get("classes") is not None:
        parts.append(_("{count} 类").format(count=slot["classes"]))
    if slot.get("items") is not None:
        parts.append(_("{count} 项").format(count=slot["items"]))
    said = " ".join(parts)
    return said if supplied(slot) else _("{counts} 文件未提供").format(counts=said).strip()
