"""What the desk says beside a field: what follows from the values, and where a value is ours."""

from __future__ import annotations

from datetime import datetime

from dutydesk.i18n import _, listed
from dutydesk.intake.dropped import source
from dutydesk.screens.forms import by_table
from dutydesk.screens.forms.defaults import LIMIT, station_due
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.views.spoken import spoken
from dutydesk.workflow.label import Label
from dutydesk.workflow.places import Certainty


def remarks(scene: Scene, values: Values) -> dict[str, str]:
    """Words by field; a field without any is not named."""
    found: dict[str, str] = {}
    if scene.verb == "register":
        found.update(_place(scene, values))
    if scene.verb in ("accept", "dispatch"):
        found.update(_station(scene, values))
    for name, words in by_table.said(scene, values).items():
        if name != "due" or station_due(scene) is None:
            found.setdefault(name, words)
    if scene.verb == "accept" and values.get("as") == "linkage":
        found.update(_linkage(scene, values))
    if scene.verb in ("convene", "reschedule") and _urgent(scene):
        found["mode"] = _("紧急、重大案件只能线下") + _cited(scene, "offline")
    given = values.get("attachments")
    if isinstance(given, (list, tuple)):
        found["attachments"] = _lost([str(one.get("file") or "") for one in given])
    if scene.verb == "return_for_rework" and values.get("limit") == _(LIMIT):
        found["limit"] = _("本单位设定，可改")
    for name in _ours(scene, values):
        found.setdefault(name, _("本单位设定，可改"))
    at = values.get("_at")
    if isinstance(at, datetime) and (scene.now - at).total_seconds() > 300:
        found["_at"] = _("晚于 5 分钟补录，记为补录")
    return found


def _lost(files: list[str]) -> str:
    """What is said of paths where no file lies; the desk then keeps the names alone."""
    lost = listed(path for path in files if path.strip() and source(path) is None)
    return _("找不到 {files}：只记下名字，没有副本").format(files=lost) if lost else ""


def _place(scene: Scene, values: Values) -> dict[str, str]:
    """What the place says of area and grid, or what must be asked (X-3.1.2)."""
    place, places = str(values.get("place") or ""), scene.context.places
    if not place.strip():
        return {}
    found = places.locate(place)
    names = listed(grid.short for grid in found.candidates)
    said = {
        Certainty.CERTAIN: _("→ {area} {grid}").format(
            area=found.area.short if found.area else "", grid=found.grid.short if found.grid else ""
        ),
        Certainty.AREA_ONLY: _("在{area}，网格待定：{names}").format(
            area=found.area.short if found.area else "", names=names
        ),
        Certainty.SIDE_NEEDED: _("新成路是两片区的界路：在路的哪一侧？请选片区或网格"),
        Certainty.DOUBTFUL: _("可能在 {names}，请选网格").format(names=names),
        Certainty.OUTSIDE: _("在本街道以外，登记后可不予受理"),
        Certainty.UNKNOWN: _("从地点看不出网格，可先登记，受理时再定"),
    }
    return {"place": said[found.certainty]}


def _station(scene: Scene, values: Values) -> dict[str, str]:
    words, due = scene.words, station_due(scene)
    if due is None:
        if values.get("due") is None:
            return {}
        said = _("上级没有时限，须写明；这里的是本单位设定，可改")
        return {"due": said + _cited(scene, "station_due")}
    upstream = scene.card.upstream_due if scene.card else None
    said = _("办结 {due}（上级 {upstream}，预留结案评价）").format(
        due=spoken(due, scene.now, words.lang),
        upstream=spoken(upstream, scene.now, words.lang) if upstream else "",
    )
    return {"station": said}


def _linkage(scene: Scene, values: Values) -> dict[str, str]:
    difficulty = str(values.get("difficulty") or "")
    values_of = scene.context.procedure.values
    said = values_of.get("track_words", {}).get(values_of["track_of"].get(difficulty))
    return {"difficulty": Label(*said).in_(scene.words.lang)} if said else {}


def _ours(scene: Scene, values: Values) -> list[str]:
    """The limits that stand as the form proposed them: no source gives those (house)."""
    limits = [field.name for field in scene.kind.fields if field.type == "limit"]
    proposed = {name: scene.kind.proposed.get(name) for name in limits}
    return [name for name, said in proposed.items() if said and values.get(name) == said]


def _urgent(scene: Scene) -> bool:
    return scene.track is not None and scene.track == scene.context.procedure.urgent_track


def _cited(scene: Scene, what: str) -> str:
    """The clause that the procedure cites for a thing, in brackets; nothing where it has none."""
    clause = scene.context.procedure.cites(what)
    return _("（{clause}）").format(clause=clause) if clause else ""
