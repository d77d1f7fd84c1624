"""`dutydesk secret`: keys put where the settings keep them, asked for and never shown."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from dutydesk.cli import here
from dutydesk.cli.words import N_
from dutydesk.config import secrets
from dutydesk.i18n import _

NAME_HELP = N_("密钥名：database（PostgreSQL 密码）或 channel_渠道名")


def set_(name: Annotated[str, typer.Argument(metavar="NAME", help=NAME_HELP)]) -> None:
    """把一个密钥存进系统密钥环；从终端读取时不显示，也可从标准输入读取一行。"""
    here.settings()
    secrets.set_secret(name, read_value(name))
    if file := secrets.chosen_file():
        typer.echo(_("已存入加密的文件 {file}：{name}").format(file=file, name=name))
    else:
        typer.echo(_("已存入系统密钥环：{name}").format(name=name))


def list_() -> None:
    """列出密钥名和来源，不显示内容。"""
    names = _names()
    words = {
        "environment": _("环境变量"),
        "keyring": _("系统密钥环"),
        "file": _("加密的文件"),
        None: _("未设置"),
    }
    for name in names:
        typer.echo(f"{name}\t{words[secrets.secret_source(name)]}")


def _names() -> list[str]:
    """The secrets that this desk can use: the database's, and one for each channel."""
    from dutydesk.config.channels import secret_of  # slow import

    channels = here.settings().channel
    return [*secrets.KNOWN, *(secret_of(name) for name in channels)]


def delete(name: Annotated[str, typer.Argument(metavar="NAME", help=NAME_HELP)]) -> None:
    """从系统密钥环里删去一个密钥。"""
    here.settings()
    if secrets.delete_secret(name):
        typer.echo(_("已删去：{name}").format(name=name))
    else:
        file = secrets.chosen_file()
        said = _("加密的文件里没有：{name}") if file else _("系统密钥环里没有：{name}")
        typer.echo(said.format(name=name))


def read_value(name: str) -> str:
    """The secret from a hidden prompt, or one line of standard input where it is no terminal."""
    if sys.stdin.isatty():
        return getpass.getpass(_("{name} 的内容（不显示）：").format(name=name))
    return sys.stdin.readline().rstrip("\r\n")


def app() -> typer.Typer:
    """The commands `secret set`, `secret list` and `secret delete`."""
    group = typer.Typer(help=N_("系统密钥环里的密钥"), no_args_is_help=True)
    group.command("set")(set_)
    group.command("list")(list_)
    group.command("delete")(delete)
    return group
