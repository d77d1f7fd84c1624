"""A procedure file with everything that it takes over from the higher one which it extends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from dutydesk.config.toml_text import TomlText, nearest, read_toml
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow import procedures as shipped
from dutydesk.workflow.extending import IDENTIFIED_BY, extend, locked_changes

FOLDER: Final = Path(shipped.__file__).parent


def read_procedure(path: Path, below: tuple[Path, ...] = ()) -> TomlText:
    """The file as tables, laid over the one that it extends, and that over its own.

    Raises BadInput naming file, line and key: a file that cannot be read, a higher procedure that
    is none or extends in a circle, a prescribed value that is changed.
    """
    toml = read_toml(path)
    name = extends_of(toml.data)
    if name is None:
        return toml
    place = higher_of(path, name)
    where = toml.line_of(["procedure", "extends"])
    if place is None:
        known = [each.stem for each in FOLDER.glob("*.toml")]
        hint = nearest(name, known)
        message = _("没有可延伸的上级规程“{name}”；{hint}").format(name=name, hint=hint)
        raise BadInput(message, file=str(path), line=where)
    if place in (path.resolve(), *below):
        message = _("规程互相延伸，绕成了圈：{name}").format(name=name)
        raise BadInput(message, file=str(path), line=where)
    higher = read_procedure(place, (*below, path.resolve())).data
    _refuse_changes(toml, higher, name)
    return TomlText(toml.file, toml.text, extend(higher, toml.data))


def stamp(path: Path, below: tuple[Path, ...] = ()) -> tuple[int, ...]:
    """When the file and those that it extends were last changed, the file's own first."""
    mine = (path.stat().st_mtime_ns,)
    if path.parent == FOLDER:
        return mine
    name = extends_of(read_toml(path).data)
    place = higher_of(path, name) if name else None
    if place is None or place in (path.resolve(), *below):
        return mine
    return (*mine, *stamp(place, (*below, path.resolve())))


def extends_of(data: Mapping[str, Any]) -> str | None:
    """The name or file of the higher procedure; None where the file stands for itself."""
    head = data.get("procedure", {})
    name = head.get("extends") if isinstance(head, Mapping) else None
    return str(name) if name else None


def higher_of(path: Path, name: str) -> Path | None:
    """A file beside this one before a shipped procedure of that name; None where neither is."""
    beside = path.parent / (name if name.endswith(".toml") else f"{name}.toml")
    found = [each for each in (beside, FOLDER / f"{name}.toml") if each.is_file()]
    return found[0].resolve() if found else None


def _refuse_changes(toml: TomlText, higher: Mapping[str, Any], name: str) -> None:
    changes = list(locked_changes(higher, toml.data))
    if not changes:
        return
    first = changes[0]
    message = _("{key}：上级规程 {name} 规定了 {lock}，不能改；本地的另写一项").format(
        key=first.path, name=name, lock=first.lock
    )
    if len(changes) > 1:
        message += _("（另有 {count} 处错误）").format(count=len(changes) - 1)
    raise BadInput(message, file=toml.file, line=toml.line_of(_keys(first.path, toml.data)))


def _keys(path: str, data: Mapping[str, Any]) -> list[str | int]:
    """A dotted path as keys of the file: entries of a named list by their place in it."""
    keys: list[str | int] = []
    found: Any = data
    for part in path.split("."):
        if isinstance(found, list):
            key = IDENTIFIED_BY.get(str(keys[-1]), "")
            places = [n for n, each in enumerate(found) if str(each.get(key)) == part]
            place = places[0] if places else 0
            keys.append(place)
            found = found[place] if places else {}
        else:
            keys.append(part)
            found = found.get(part, {}) if isinstance(found, Mapping) else {}
    return keys
