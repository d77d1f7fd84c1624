"""The settings of this desk: found, read, and their faults told in plain words."""

from __future__ import annotations

import os
import re
import typing
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_data_path
from pydantic import BaseModel, ValidationError

from dutydesk.config import procedures
from dutydesk.config.model import Database, Settings
from dutydesk.config.secrets import choose_file
from dutydesk.config.staff import staff_faults
from dutydesk.config.toml_text import TomlText, nearest, parse_toml, read_toml
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.procedure import Procedure

FILE_NAME = "dutydesk.toml"
CONFIG_VARIABLE = "DUTYDESK_CONFIG"
DATABASE_VARIABLE = "DUTYDESK_DATABASE"
DATABASE_OPTION = "--database"
SEALED_NAME = "secrets.sealed"

__all__ = [
    "FILE_NAME",
    "Settings",
    "data_folder",
    "find_file",
    "load_settings",
    "parse_settings",
    "render_template",
    "template",
    "user_file",
]


def load_settings(
    config: Path | None = None,
    database: str | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    here: Path | None = None,
) -> Settings:
    """The settings that hold here, with the database of option or environment put in.

    Raises BadInput naming file, line and key for a file that is missing, unreadable
    or wrong. Without any file the shipped defaults hold.
    """
    file = find_file(config, environ=environ, here=here)
    settings = Settings() if file is None else _checked(read_toml(file), file)
    choose_file(sealed_file(settings))
    url = database or environ.get(DATABASE_VARIABLE) or ""
    if not url:
        return settings
    named = Database.model_validate(
        {"url": _from_here(url, here or Path.cwd())},
        context={"named_by": DATABASE_OPTION if database else DATABASE_VARIABLE},
    )
    return settings.model_copy(update={"database": named})


def sealed_file(settings: Settings) -> Path | None:
    """The encrypted file that keeps the secrets of a desk; None where the keyring does."""
    if settings.secrets.store != "file":
        return None
    named = settings.secrets.file
    return settings.path(named).absolute() if named else data_folder() / SEALED_NAME


def find_file(
    config: Path | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    here: Path | None = None,
) -> Path | None:
    """The settings file: option, environment, this folder, the user's folder; None for none.

    A file that was named must be there: BadInput otherwise.
    """
    named = config or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    if named is not None:
        if not named.is_file():
            raise BadInput(_("没有这个设置文件；用 dutydesk init 可以新建一个"), file=str(named))
        return named.absolute()
    for place in ((here or Path.cwd()) / FILE_NAME, user_file()):
        if place.is_file():
            return place.absolute()
    return None


def parse_settings(text: str, file: str = FILE_NAME) -> Settings:
    """Settings from the text of a settings file; raises BadInput as `load_settings` does."""
    return _checked(parse_toml(text, file), None)


def user_file() -> Path:
    """The settings file in the user's configuration folder."""
    return user_config_path("dutydesk", appauthor=False) / FILE_NAME


def data_folder() -> Path:
    """The user's data folder, where the store and the board lie unless settings say otherwise."""
    return user_data_path("dutydesk", appauthor=False)


def template() -> str:
    """The commented settings file that `dutydesk init` writes: each key at its default."""
    return files("dutydesk.config").joinpath(FILE_NAME).read_text(encoding="utf-8")


def render_template(*, area: str = "140901", procedure: str = "xinchenglu") -> str:
    """The template for one area and procedure; raises BadInput for a code that is none."""
    text = template()
    for key, value in (("area", area), ("procedure", procedure)):
        old = f'{key} = "{getattr(Settings().desk, key)}"'
        text = text.replace(f"\n{old}\n", f'\n{key} = "{value}"\n', 1)
    if procedure != Settings().desk.procedure:
        text = _with_posts(text, procedures.load(procedure))
    parse_settings(text)
    return text


def _with_posts(text: str, procedure: Procedure) -> str:
    """The template with the posts of another procedure in its comments and examples."""
    roles = [post.role for post in procedure.parts.posts]
    said = "，".join(f"{role} {procedure.roles[role].zh}" for role in roles)
    text = re.sub(
        r"# 岗位：[^\n]*\n(?:# [^\n]*\n)*", f"# 岗位：{said} · the posts\n", text, count=1
    )
    return re.sub(r'(#posts? = \[?)"[a-z_]+"', rf'\1"{roles[0]}"', text)


def _from_here(url: str, here: Path) -> str:
    """A database path given by hand is meant from where the hand is, not from the settings."""
    for start in ("sqlite:///", ""):
        rest = url.removeprefix(start)
        if url.startswith(start) and "://" not in rest and rest != ":memory:":
            return start + str(here / Path(rest).expanduser()) if rest else url
    return url


def _checked(toml: TomlText, file: Path | None) -> Settings:
    try:
        found = Settings.model_validate(toml.data, context={"file": file})
    except ValidationError as error:
        faults = error.errors(include_url=False)
        first = min(faults, key=lambda fault: _rank(toml, fault))
        raise _bad_input(toml, first, others=len(faults) - 1) from None
    if found.person or found.rota:
        _fit(toml, found)
    return found


def _fit(toml: TomlText, settings: Settings) -> None:
    """BadInput for the first person or turn that the procedure has no post for.

    A procedure that cannot be read says so itself, when the desk is opened.
    """
    try:
        parts = procedures.load(procedures.named(settings)).parts
    except BadInput:
        return
    faults = list(staff_faults(settings, parts))
    if faults:
        path, message = faults[0]
        said = _("{name}：{message}").format(name=_spelled(path), message=message)
        if len(faults) > 1:
            said += _("（另有 {count} 处错误）").format(count=len(faults) - 1)
        raise BadInput(said, file=toml.file, line=toml.line_of(path))


def _rank(toml: TomlText, fault: Mapping[str, Any]) -> tuple[bool, int]:
    """An unknown key comes first: it is usually why another one is missing."""
    return fault["type"] != "extra_forbidden", toml.line_of(fault["loc"]) or 0


def _bad_input(toml: TomlText, fault: Mapping[str, Any], others: int) -> BadInput:
    """One fault of pydantic as an error that names the key, the line and what is right."""
    path: Sequence[str | int] = fault["loc"]
    key = _spelled(path)
    kind, given, context = fault["type"], fault["input"], fault.get("ctx") or {}
    expected: str | None = None
    if kind == "extra_forbidden":
        hint = nearest(str(path[-1]), _keys_at(path[:-1]))
        message = _("不认识的键 {key}；{hint}").format(key=key, hint=hint)
    elif kind == "missing":
        message = _("缺少 {key}").format(key=key)
    elif kind == "value_error":
        message = str(context["error"])
        if key:
            message = _("{name}：{message}").format(name=key, message=message)
    else:
        expected = _expectation(kind, context)
        shown = _shown(given)
        message = _("{key} 的值不对，读到 {given}").format(key=key, given=shown)
    if others:
        message += _("（另有 {count} 处错误）").format(count=others)
    return BadInput(message, file=toml.file, line=toml.line_of(path), expected=expected)


def _expectation(kind: str, context: Mapping[str, Any]) -> str:
    """What would have been right, for one kind of pydantic fault."""
    limits = {"greater_than_equal": "ge", "less_than_equal": "le"}
    if kind in limits:
        text = _("应不小于 {limit}") if kind == "greater_than_equal" else _("应不大于 {limit}")
        return text.format(limit=context[limits[kind]])
    if kind == "literal_error":
        return _("应为 {known}").format(known=context["expected"].replace(" or ", ", "))
    known = {
        "string_type": _("应为带引号的文字"),
        "string_pattern_mismatch": _('应为 6 位数字，例如 "140901"'),
        "string_too_short": _("不能为空"),
        "too_short": _("列表不能为空"),
        "int_type": _("应为整数，不加引号"),
        "bool_type": _("应为 true 或 false，不加引号"),
        "time_type": _('应为时刻，例如 "08:30"'),
        "date_type": _("应为日期，例如 2026-11-28"),
        "tuple_type": _('应为列表，例如 ["甲", "乙"]'),
        "model_type": _("应为一张表，例如 [desk]"),
    }
    return known.get(kind, kind)


def _keys_at(path: Sequence[str | int]) -> list[str]:
    """The keys that the table at this path knows."""
    model: type[BaseModel] = Settings
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            model = _table_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _table_in(annotation: Any) -> type[BaseModel] | None:
    """The table inside an annotation such as `tuple[Person, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in typing.get_args(annotation) if (found := _table_in(arg))), None)


def _spelled(path: Sequence[str | int]) -> str:
    """`desk.area`, `person[2].name`: list positions as people count."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _shown(given: object) -> str:
    text = repr(given)
    return text if len(text) <= 40 else text[:39] + "…"
