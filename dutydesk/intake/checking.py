"""What may stand in a layout file: its keys, fields, channels and words, judged before use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from dutydesk.config.toml_text import TomlText, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _

CHANNELS = (
    "hotline_12345",
    "grid",
    "hotline_12319",
    "police_110",
    "dept_linkage",
    "station_linkage",
    "inspection",
    "video",
    "superior",
    "walk_in",
    "online",
)
KINDS = ("component", "event")
STANDINGS = ("open", "history", "withdrawn", "returned", "urged")
"""What an upstream status says of a row: history makes a closed case without clocks."""
FOUND_BY = ("people", "technology")

FLAGS = ("urgent", "police_incident", "cross_level", "cross_domain", "legacy")
MOMENTS = ("reported_at", "occurred_at", "upstream_due")
LISTS = ("cross_grids", "pain_points", "key_work")
TEXTS = ("place", "description", "category", "grid", "area")
CHOICES: Mapping[str, tuple[str, ...]] = {"kind": KINDS, "discovered_by": FOUND_BY}
HINTS = ("source", "street", "community", "estate", "estate_address", "estate_no", "property_firm")
"""Said by the file beside the case: what helps to find its place, kept out of the act's fields."""
PARTS = ("title", "status", "urges", "class_14", "caller.name", "caller.phone")
LEVELS = tuple(f"category_{level}" for level in range(1, 6))
FIELDS = (
    "external_no",
    "channel",
    *MOMENTS,
    *FLAGS,
    *LISTS,
    *TEXTS,
    *CHOICES,
    *HINTS,
    *PARTS,
    *LEVELS,
)
WORDS: Mapping[str, tuple[str, ...]] = {"status": STANDINGS, "channel": CHANNELS, **CHOICES}
"""Fields whose words must become one of a fixed list."""
RETURNS = ("result", "closed_at", "status", "closed", "refused", "reason")

_KEYS = (
    "name",
    "title",
    "title_en",
    "extends",
    "channel",
    "required",
    "columns",
    "fields",
    "join",
    "pick",
    "fallback",
    "strip_prefixes",
    "strip_suffixes",
    "nulls",
    "dates",
    "values",
    "discard",
    "returns",
)
_DISCARD_KEYS = ("field", "reason", "reason_en", "equals", "starts")
_DIRECTIVE = re.compile(r"%[aAbBcdHIjmMpSUwWxXyYzZfGuV%]")
_MUST = ("external_no", "reported_at", "description")


def checked(toml: TomlText, *, complete: bool) -> None:
    """Raise BadInput with file, line and key for the first thing that no layout may hold.

    `complete` asks for everything that a layout needs; one that extends another may be partial.
    """
    data = toml.data
    _known(toml, (), data, _KEYS)
    if not isinstance(data.get("name"), str) or not data["name"].strip():
        _fault(toml, ("name",), _("版式要有名字"), 'name = "my_export"')
    for key in ("title", "title_en", "channel"):
        if key in data and not isinstance(data[key], str):
            _fault(toml, (key,), _("{key} 应为文字").format(key=key))
    for key in ("required", "columns", "strip_prefixes", "nulls", "dates"):
        _texts(toml, (key,), data.get(key, []))
    for key in ("fields", "join", "pick", "fallback", "strip_suffixes"):
        _table_of_texts(toml, key)
    _check_channel(toml, complete)
    _check_words(toml)
    _check_discards(toml)
    for form in data.get("dates", []):
        if not _DIRECTIVE.search(form):
            _fault(toml, ("dates",), _("日期写法 {form} 里没有 %Y 之类的记号").format(form=form))
    if complete:
        _check_complete(toml)


def _check_channel(toml: TomlText, complete: bool) -> None:
    channel = toml.data.get("channel")
    if channel is not None and channel not in CHANNELS:
        hint = nearest(channel, CHANNELS)
        _fault(toml, ("channel",), _("没有 {name} 这个来源渠道").format(name=channel), hint)
    if complete and channel is None and "channel" not in toml.data.get("fields", {}):
        _fault(toml, ("channel",), _("要写明来源渠道，或写明哪一列是来源渠道"), "channel = …")


def _check_complete(toml: TomlText) -> None:
    fields: Mapping[str, object] = toml.data.get("fields", {})
    for name in _MUST:
        others = (toml.data.get(key, {}).get(name) for key in ("pick", "fallback"))
        if name not in fields and not any(others):
            _fault(
                toml,
                ("fields", name),
                _("缺少必需的字段 {name}：编号、时间、内容三样都要有列名").format(name=name),
                f'[fields] {name} = ["…"]',
            )


def _check_words(toml: TomlText) -> None:
    values = toml.data.get("values", {})
    _known(toml, ("values",), values, FIELDS)
    for name, words in values.items():
        at = ("values", name)
        if not isinstance(words, Mapping):
            _fault(toml, at, _("应为 原词 = 新词 的表"))
        for word, value in words.items():
            if not isinstance(value, str):
                _fault(toml, (*at, word), _("新词应为文字"))
            if name in WORDS and value not in WORDS[name]:
                hint = nearest(value, WORDS[name])
                _fault(toml, (*at, word), _("{value} 不能用在这里").format(value=value), hint)
    returns = toml.data.get("returns", {})
    _known(toml, ("returns",), returns, RETURNS)
    if not all(isinstance(value, str) for value in returns.values()):
        _fault(toml, ("returns",), _("每一项应为文字"))


def _check_discards(toml: TomlText) -> None:
    entries = toml.data.get("discard", [])
    if not isinstance(entries, list):
        _fault(toml, ("discard",), _("应写成 [[discard]]"))
    for index, entry in enumerate(entries):
        at = ("discard", index)
        _known(toml, at, entry, _DISCARD_KEYS)
        if entry.get("field") not in FIELDS:
            name = str(entry.get("field", ""))
            text = _("没有 {name} 这个字段").format(name=name)
            _fault(toml, (*at, "field"), text, nearest(name, FIELDS))
        if not isinstance(entry.get("reason"), str) or not entry["reason"].strip():
            _fault(toml, (*at, "reason"), _("剔除一行要写明理由"))
        for key in ("equals", "starts"):
            _texts(toml, (*at, key), entry.get(key, []))
        if not entry.get("equals") and not entry.get("starts"):
            _fault(toml, at, _("要写明剔除哪些值"), 'starts = ["剔除"]')


def _table_of_texts(toml: TomlText, key: str) -> None:
    table = toml.data.get(key, {})
    if not isinstance(table, Mapping):
        _fault(toml, (key,), _("应为一个表：[{key}]").format(key=key))
    _known(toml, (key,), table, FIELDS)
    for name, texts in table.items():
        _texts(toml, (key, name), texts)
        if not texts:
            _fault(toml, (key, name), _("不能是空的列表"))
        if key in ("join", "pick", "fallback"):
            _each(toml, (key, name), texts, FIELDS.__contains__, FIELDS)


def _each(
    toml: TomlText,
    at: tuple[str | int, ...],
    texts: Iterable[str],
    good: Callable[[str], bool],
    known: Iterable[str],
) -> None:
    for text in texts:
        if not good(text):
            _fault(toml, at, _("没有 {name} 这个字段").format(name=text), nearest(text, known))


def _texts(toml: TomlText, at: tuple[str | int, ...], value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        _fault(toml, at, _("应为文字的列表"), '["…", "…"]')
    if at == ("required",):
        _each(toml, at, value, FIELDS.__contains__, FIELDS)


def _known(toml: TomlText, at: tuple[str | int, ...], table: Any, known: Iterable[str]) -> None:
    if not isinstance(table, Mapping):
        _fault(toml, at, _("应为一个表"))
    names = tuple(known)
    for key in table:
        if key not in names:
            _fault(toml, (*at, key), _("不认识 {key}").format(key=key), nearest(key, names))


def _fault(
    toml: TomlText, at: tuple[str | int, ...], message: str, expected: str | None = None
) -> NoReturn:
    raise BadInput(
        message,
        file=toml.file,
        line=toml.line_of(at),
        column=".".join(map(str, at)) or None,
        expected=expected,
    )
