"""What the desk runs outside itself for pictures and papers; every key may be left empty."""

from __future__ import annotations

import shlex
from typing import Annotated

from pydantic import AfterValidator

from dutydesk.config.table import Table
from dutydesk.i18n import _


def _parts(command: str) -> str:
    """A command whose quotes close, so that it can be run without a shell."""
    try:
        shlex.split(command)
    except ValueError as error:
        raise ValueError(_("“{text}”的引号没有成对").format(text=command)) from error
    return command.strip()


Command = Annotated[str, AfterValidator(_parts)]


class Files(Table):
    """[files]: where pictures come in, and how one is taken from the clipboard or opened."""

    pictures: str = ""
    clipboard: Command = ""
    open: Command = ""


class Print(Table):
    """[print]: how a paper is printed."""

    command: Command = ""
