"""Help and usage errors in plain words of the language in use, without markup."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer.core

from dutydesk.cli.shown import shown
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import pad, width, wrap

WIDEST = 100
COLUMN = 34


class PlainCommand(typer.core.TyperCommand):
    """A command whose help is plain text."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it does, arguments and options."""
        formatter.write(help_text(self, ctx, ()))


class PlainGroup(typer.core.TyperGroup):
    """A group of commands whose help is plain text and which names the nearest command."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage, what it does, options and commands."""
        formatter.write(help_text(self, ctx, self.rows(ctx)))

    def rows(self, ctx: Any) -> list[tuple[str, str]]:
        """Each command with what it does."""
        found = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        return [(name, command.help or "") for name, command in found if command]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is named; BadInput with the nearest one where there is none."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            hint = nearest(args[0], self.list_commands(ctx))
            raise BadInput(_("没有命令“{name}”；{hint}").format(name=shown(args[0]), hint=hint))
        return super().resolve_command(ctx, args)


def help_text(command: Any, ctx: Any, rows: Sequence[tuple[str, str]]) -> str:
    """The whole help of a command; `rows` are the commands of a group."""
    params = command.get_params(ctx)
    arguments = [p for p in params if p.param_type_name == "argument"]
    options = [p for p in params if p.param_type_name == "option"]
    pieces = [ctx.command_path, _("[选项]")]
    pieces += [_usage(p) for p in arguments] + ([_("命令 …")] if rows else [])
    lines = [_("用法：{usage}").format(usage=" ".join(pieces)), ""]
    told = _(command.help) if command.help else ""
    lines += ["  " + line for line in wrap(told, WIDEST - 2)]
    lines += _section(_("参数："), [(p.metavar or p.name.upper(), _help(p)) for p in arguments])
    lines += _section(_("选项："), [(_spelled(p), _help(p)) for p in options])
    lines += _section(_("命令："), [(name, _(text)) for name, text in rows])
    return "\n".join(lines) + "\n"


def _usage(param: Any) -> str:
    name = str(param.metavar or param.name.upper())
    return name if param.required else f"[{name}]"


def _spelled(param: Any) -> str:
    names = ", ".join(sorted(param.opts, key=len, reverse=True))
    return names if param.is_flag else f"{names} {param.metavar or param.name.upper()}"


def _help(param: Any) -> str:
    if "--help" in param.opts:
        return _("显示这份说明")
    text = _(param.help) if param.help else ""
    if param.required and param.param_type_name == "option":
        text = _("{text}（必填）").format(text=text)
    return text


def _section(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    lines = ["", title]
    column = min(COLUMN, max(width(name) for name, _text in rows) + 2)
    for name, text in rows:
        parts = wrap(text, WIDEST - column - 2)
        if width(name) + 2 > column:
            lines.append(f"  {name}")
            name = ""
        lines.append("  " + pad(name, column) + parts[0])
        lines += [" " * (column + 2) + part for part in parts[1:]]
    return [line.rstrip() for line in lines]


PATTERNS: tuple[tuple[str, str], ...] = (
    (r"Got unexpected extra argument\S* \((?P<what>.*)\)", N_("多余的参数：{what}")),
    (r"Option '(?P<what>[^']*)' requires an argument", N_("{what} 后面要写内容")),
    (r"Option '(?P<what>[^']*)' requires (?P<count>\d+) arguments", N_("{what} 后面要写内容")),
    (r"Option '(?P<what>[^']*)' does not take a value", N_("{what} 后面不写内容")),
    (r"Missing command", N_("缺少命令")),
    (r"Input should be a valid integer", N_("应为整数")),
    (r"Unable to parse input string as an integer", N_("应为整数")),
    (r"Input should be greater than or equal to (?P<limit>\S+)", N_("应不小于 {limit}")),
    (r"Input should be less than or equal to (?P<limit>\S+)", N_("应不大于 {limit}")),
    (r"'(?P<what>.*)' is not a valid integer", N_("“{what}”不是整数")),
    (r"'(?P<what>.*)' is not in the range (?P<range>.*)", N_("“{what}”超出范围 {range}")),
    (r"(?P<what>\S+) is not in the range (?P<range>.*)", N_("“{what}”超出范围 {range}")),
)
"""What the option parser says, and the same in plain words."""


def usage_words(error: Exception) -> str:
    """What is wrong with a command line, in plain words, and where its help is."""
    said = _usage_said(error)
    ctx = getattr(error, "ctx", None)
    if ctx is None:
        return said
    return _("{said}；用法见 {path} --help").format(said=said, path=ctx.command_path)


def _usage_said(error: Exception) -> str:
    kind, param = type(error).__name__, getattr(error, "param", None)
    message = str(getattr(error, "message", error))
    if kind == "NoSuchOption":
        name = shown(str(getattr(error, "option_name", "")))
        return _("没有选项 {name}；{hint}").format(name=name, hint=nearest(name, _options(error)))
    if kind == "MissingParameter" and param is not None:
        return _("缺少 {name}").format(name=_name(param))
    for pattern, words in PATTERNS:
        found = re.match(pattern, message, re.DOTALL)
        if found:
            message = _(words).format(**{k: shown(v) for k, v in found.groupdict().items()})
            break
    if param is not None:
        return _("{name}：{message}").format(name=_name(param), message=message)
    return message.rstrip(".")


def _options(error: Exception) -> list[str]:
    ctx = getattr(error, "ctx", None)
    params = ctx.command.get_params(ctx) if ctx is not None else []
    return [name for param in params for name in param.opts if name.startswith("--")]


def _name(param: Any) -> str:
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.metavar or param.name.upper())
