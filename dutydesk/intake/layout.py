"""What an export's columns mean: layouts as data, shipped or the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dutydesk.config.toml_text import nearest, read_toml
from dutydesk.errors import BadInput
from dutydesk.i18n import SOURCE, _, language
from dutydesk.intake.checking import checked
from dutydesk.intake.headings import normal

SHIPPED = Path(__file__).parent / "layouts"
OWN = "dutydesk"
"""Our own layout: cases that came in by hand leave in it."""
ORDER = (
    "hotline_12345_2025",
    "hotline_12345_2024",
    "grid_18",
    "grid_17",
    "message_board",
    "dutydesk",
)
"""Of layouts that fit a header equally well, the one that stands first here is taken."""


@dataclass(frozen=True, slots=True)
class Discard:
    """Rows that are no cases: a field's value equals or begins with one of these words."""

    field: str
    reason: str
    reason_en: str = ""
    equals: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()

    @property
    def marks(self) -> frozenset[str]:
        """The words without one of which a row is never discarded."""
        return self.equals.union(self.starts)

    def takes(self, value: str) -> bool:
        return value in self.equals or (bool(self.starts) and value.startswith(self.starts))


@dataclass(frozen=True, slots=True)
class Layout:
    """The meaning of one export's columns.

    `fields` gives each field's column names in order of preference, `columns` the export's own
    header, `required` the fields without which a header does not fit. `values` turns words into
    values, field by field; `returns` names the columns into which results are written on export.
    """

    name: str
    title: str
    title_en: str
    file: str
    fields: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    channel: str | None = None
    columns: tuple[str, ...] = ()
    join: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pick: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fallback: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strip_prefixes: tuple[str, ...] = ()
    strip_suffixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nulls: frozenset[str] = frozenset()
    dates: tuple[str, ...] = ()
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    discards: tuple[Discard, ...] = ()
    returns: Mapping[str, str] = field(default_factory=dict)
    wanted: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    known: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        wanted = {name: tuple(map(normal, names)) for name, names in self.fields.items()}
        columns = frozenset(map(normal, self.columns))
        object.__setattr__(self, "wanted", wanted)
        object.__setattr__(self, "known", columns.union(*wanted.values()))

    @property
    def label(self) -> str:
        """The layout's title in the language in use."""
        return self.title if language() == SOURCE or not self.title_en else self.title_en

    def has(self, name: str, at: Mapping[str, int]) -> bool:
        """Whether a header with these columns can give the field at all."""
        others = (*self.pick.get(name, ()), *self.fallback.get(name, ()))
        return name in at or any(other in at for other in others)

    def column_for(self, name: str) -> str:
        """How the export itself calls the field's column, for a message about its absence."""
        names = self.fields.get(name, (name,))
        mine = set(map(normal, names))
        return next((column for column in self.columns if normal(column) in mine), names[0])


def load_layouts(extra: Sequence[Path] = ()) -> tuple[Layout, ...]:
    """The user's layouts (files, or folders of *.toml), then the shipped ones, in fixed order.

    A user's layout with a shipped name takes its place. Raises BadInput with file, line and key.
    """
    own = [load_layout(file) for path in extra for file in _files(Path(path))]
    names = [layout.name for layout in own]
    for layout in own:
        if names.count(layout.name) > 1:
            raise BadInput(
                _("有两个版式都叫 {name}：请改掉其中一个的名字").format(name=layout.name),
                file=layout.file,
            )
    return (*own, *(layout for layout in shipped() if layout.name not in names))


@cache
def shipped() -> tuple[Layout, ...]:
    """The layouts that come with dutydesk, in their fixed order."""
    return tuple(load_layout(SHIPPED / f"{name}.toml") for name in ORDER)


def find_layout(name: str | Path, layouts: Iterable[Layout]) -> Layout:
    """The layout of that name, or the one in that TOML file; BadInput names the nearest."""
    known = {layout.name: layout for layout in layouts}
    if (found := known.get(str(name))) is not None:
        return found
    path = Path(name)
    if path.suffix == ".toml" or path.is_file():
        return load_layout(path)
    raise BadInput(
        _("没有叫 {name} 的版式").format(name=name),
        expected=_("{hint}；或给出一个版式文件（.toml）的路径").format(
            hint=nearest(str(name), known)
        ),
    )


def load_layout(path: Path) -> Layout:
    """One layout from its TOML file, with what it `extends` laid under it; raises BadInput."""
    toml = read_toml(path)
    base = toml.data.get("extends")
    if base is not None and base not in ORDER:
        raise BadInput(
            _("extends 只能是自带的版式：{hint}").format(hint=nearest(str(base), ORDER)),
            file=toml.file,
            line=toml.line_of(("extends",)),
            column="extends",
        )
    under = read_toml(SHIPPED / f"{base}.toml").data if base else {}
    checked(toml, complete=base is None)
    return _made(_laid_over(under, toml.data), toml.file)


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("*.toml")) if path.is_dir() else [path]


def _laid_over(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Both tables as one: the upper one's words come first in lists and win elsewhere."""
    result = dict(under)
    for key, value in over.items():
        below = result.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            result[key] = _laid_over(below, value)
        elif isinstance(value, list) and isinstance(below, list) and key != "required":
            result[key] = [*value, *(item for item in below if item not in value)]
        else:
            result[key] = value
    return result


def _made(data: Mapping[str, Any], file: str) -> Layout:
    def lists(key: str) -> dict[str, tuple[str, ...]]:
        return {name: tuple(names) for name, names in data.get(key, {}).items()}

    return Layout(
        name=data["name"],
        title=data.get("title", data["name"]),
        title_en=data.get("title_en", ""),
        file=file,
        fields=lists("fields"),
        required=tuple(data.get("required", ("external_no", "reported_at", "description"))),
        channel=data.get("channel"),
        columns=tuple(data.get("columns", ())),
        join=lists("join"),
        pick=lists("pick"),
        fallback=lists("fallback"),
        strip_prefixes=tuple(data.get("strip_prefixes", ())),
        strip_suffixes=lists("strip_suffixes"),
        nulls=frozenset(data.get("nulls", ())),
        dates=tuple(data.get("dates", ())),
        values={name: dict(words) for name, words in data.get("values", {}).items()},
        discards=tuple(_discard(entry) for entry in data.get("discard", ())),
        returns=dict(data.get("returns", {})),
    )


def _discard(entry: Mapping[str, Any]) -> Discard:
    return Discard(
        field=entry["field"],
        reason=entry["reason"],
        reason_en=entry.get("reason_en", ""),
        equals=frozenset(entry.get("equals", ())),
        starts=tuple(entry.get("starts", ())),
    )
