"""The fields of an act from the command line: `--set key=value` and `--json-data`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dutydesk.cli.shown import shown
from dutydesk.config.json_text import strict
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.config.when import EXAMPLES, PAST, BadWhen, parse_when
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _
from dutydesk.text import cleaned
from dutydesk.workflow.cases.fields import OF_AN_IMPORT
from dutydesk.workflow.procedure import ActKind, Field
from dutydesk.workflow.time.zone import iso

TEXT_TYPES = frozenset(
    {"text", "long_text", "party", "case", "grid", "grid_code", "station", "area", "role"}
)
"""Types whose values are texts, whatever they look like."""

TABLE_TYPES = frozenset({"caller", "checks", "notes", "map"})
"""Types of which one part can be given: `--set checks.law=pass`."""

ABOUT_THE_ACT = ("channel", "on_behalf")
"""Keys that concern the act itself where the verb has no such field."""


def read_fields(
    kind: ActKind, pairs: Sequence[str], data: str | None, now: datetime
) -> dict[str, Any]:
    """The fields of an act; a `--set` wins over the same key of `--json-data`.

    A time behind `--set` is one as a form takes it, in JSON an instant. Raises Refused for a time
    that cannot be read, BadInput for a pair without `=`, for JSON that is none, and for a key that
    the act does not have, naming the nearest.
    """
    found: dict[str, Any] = {} if data is None else json_table(data, "--json-data")
    for key in found:
        _known(kind, key)
    for pair in pairs:
        key, equals, value = pair.partition("=")
        key = key.strip()
        if not equals or not key:
            message = _("--set {pair} 应写成 名称=内容").format(pair=shown(pair))
            raise BadInput(message, expected="--set place=嘉乐路20号")
        head, dot, part = key.partition(".")
        field = _known(kind, head)
        if not dot:
            found[key] = value_of(field, value, now)
            continue
        if field is None or field.type not in TABLE_TYPES:
            raise BadInput(_("{key} 不能分开写").format(key=shown(key)))
        table = found.get(head)
        found[head] = {**(table if isinstance(table, dict) else {}), part: value}
    return {key: cleaned(value) for key, value in found.items()}


def value_of(field: Field | None, text: str, now: datetime) -> Any:
    """The value of one `--set`: a text, unless the field's type asks for more and JSON fits.

    Raises Refused (bad_value) for a time that cannot be read.
    """
    if field is not None and field.type == "time" and text.strip():
        return _moment(field, text, now)
    if field is None or field.type in TEXT_TYPES:
        return text
    inside = text.strip()
    if inside in ("true", "false"):
        return inside == "true"
    if inside.startswith(("[", "{")):
        try:
            return strict(inside)
        except (ValueError, RecursionError):
            return text
    return text


def _moment(field: Field, text: str, now: datetime) -> str:
    """`+20`, `-7`, `1430`, `明1400` or an instant, as ISO 8601."""
    try:
        return iso(parse_when(text, now, ahead=field.name not in PAST))
    except BadWhen as error:
        params = {"field": field.name, "value": cleaned(text), "expected": list(EXAMPLES)}
        raise Refused("bad_value", params) from error


def json_table(text: str, where: str) -> dict[str, Any]:
    """A JSON object; BadInput with line and column where it is none."""
    try:
        found = strict(text)
    except json.JSONDecodeError as error:
        raise BadInput(
            _("不是 JSON：{why}").format(why=error.msg),
            file=where,
            line=error.lineno,
            column=error.colno,
            expected='{"as": "community", "grid": "嘉乐"}',
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(_("不是 JSON：{why}").format(why=error), file=where) from error
    if not isinstance(found, dict):
        raise BadInput(_("应是一个 JSON 对象"), file=where, expected='{"as": "community"}')
    return found


def _known(kind: ActKind, key: str) -> Field | None:
    """The field of this name; None for a key about the act itself; BadInput otherwise.

    What only an import may say is no field here.
    """
    field = kind.field(key) if key not in OF_AN_IMPORT else None
    if field is None and key not in ABOUT_THE_ACT:
        names = [each.name for each in kind.fields if each.name not in OF_AN_IMPORT]
        hint = nearest(key, names) if names else _("这一步没有字段")
        message = _("{verb} 没有字段“{key}”；{hint}").format(
            verb=kind.verb, key=shown(key), hint=hint
        )
        raise BadInput(message, expected=all_of(key, names))
    return field
