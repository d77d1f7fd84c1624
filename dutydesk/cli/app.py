"""The command line as a lazy group: a command's module is imported when that command runs."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.main

from dutydesk.cli import here, outlet
from dutydesk.cli.plain import PlainCommand, PlainGroup, usage_words
from dutydesk.cli.table import COMMANDS, Entry
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import LANGUAGES, SOURCE, _, use

PROGRAM = "dutydesk"


class LazyGroup(PlainGroup):
    """The group of all commands; knows their names and helps without importing them."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names in the order of help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, imported now; None where there is none."""
        entry = COMMANDS.get(cmd_name)
        return None if entry is None else built(cmd_name, entry)

    def rows(self, ctx: Any) -> list[tuple[str, str]]:
        """Each command with what it does."""
        return [(name, entry.help) for name, entry in COMMANDS.items()]


def built(name: str, entry: Entry) -> Any:
    """The command, or the group of commands, of one entry."""
    module = import_module(f"dutydesk.cli.{entry.module}")
    app = _typer()
    if entry.parts is None:
        app.command(name, cls=PlainCommand, help=entry.help)(getattr(module, entry.function))
        return typer.main.get_command(app)
    for part, inner in entry.parts.items():
        app.command(part, cls=PlainCommand, help=inner.help)(getattr(module, inner.function))
    app.callback(cls=PlainGroup, help=entry.help, no_args_is_help=True)(_nothing)
    return typer.main.get_command(app)


def root() -> Any:
    """The whole command line."""
    app = _typer()
    app.callback(cls=LazyGroup, invoke_without_command=True, help=N_("城运分中心值班台"))(globals_)
    return typer.main.get_command(app)


def globals_(
    ctx: typer.Context,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help=N_("设置文件"))
    ] = None,
    database: Annotated[
        str | None, typer.Option("--database", metavar="URL", help=N_("存储：文件或地址"))
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="zh_CN|en", help=N_("文字的语言"))
    ] = None,
    version: Annotated[bool, typer.Option("--version", help=N_("显示版本"))] = False,
) -> None:
    """What stands before the command; without a command the desk opens."""
    here.give(here.Given(config, database, lang))
    if version:
        # Only behind another option that cannot be read quickly: main.py answers the rest.
        from dutydesk import __version__  # slow import

        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit
    if ctx.invoked_subcommand is None:
        from dutydesk.cli.desk import open_desk  # slow import

        raise typer.Exit(open_desk())


def invoke(arguments: Sequence[str]) -> int:
    """Run one command line; every failure becomes a plain message and its exit code."""
    as_json = "--json" in arguments

    def work() -> int:
        use(SOURCE)
        here.give(here.Given(lang=_language(arguments)))
        command = root()
        try:
            with command.make_context(PROGRAM, list(arguments)) as ctx:
                command.invoke(ctx)
        except typer.TyperException as error:
            return _usage(error)
        except typer.Exit as left:
            return int(left.exit_code)
        except typer.Abort:
            return outlet.INTERRUPTED
        return 0

    return outlet.guarded(work, as_json=as_json)


def _usage(error: Exception) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        outlet.tell(str(getattr(error, "message", "")))
    else:
        outlet.tell(usage_words(error))
    return BadInput.exit_code


def _language(arguments: Sequence[str]) -> str | None:
    """The language asked for, in use from the first message on; BadInput for an unknown one."""
    asked: str | None = None
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            asked = arguments[index + 1]
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
        elif argument in COMMANDS:
            break
    if asked is None:
        return None
    if asked not in LANGUAGES:
        message = _("没有语言“{lang}”；{hint}").format(lang=asked, hint=nearest(asked, LANGUAGES))
        raise BadInput(message, expected=all_of(asked, LANGUAGES))
    use(asked)
    return asked


def _typer() -> typer.Typer:
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )


def _nothing() -> None:
    """A group has nothing to do by itself."""
