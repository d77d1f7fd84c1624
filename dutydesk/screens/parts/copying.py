"""Texts that leave the desk by the terminal's clipboard, or by a file where it has none.

A terminal gives no answer to a copy (OSC 52): the first words are shown, and a file is offered.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from platformdirs import user_data_path
from textual.screen import Screen

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.text import fit, one_line

if TYPE_CHECKING:
    from dutydesk.screens.gateway import Gateway

HEAD = 36
"""How many cells of a copied text are shown."""
_passing: list[TemporaryDirectory[str]] = []


def copy(screen: Screen[Any], text: str) -> str:
    """Give a text to the terminal's clipboard; gives its first words to show."""
    screen.app.copy_to_clipboard(text)
    return head(text)


def head(text: str) -> str:
    """The first words of a text on one line."""
    return fit(one_line(" ".join(text.split("\n")[:2])), HEAD).rstrip()


def kept_in(drill: bool) -> Path:
    """Where papers are kept: the user's data folder; those of a drill go with it.

    Raises OSError where a folder for them cannot be made.
    """
    if not drill:
        return user_data_path("dutydesk", appauthor=False)
    if not _passing:
        _passing.append(TemporaryDirectory(prefix="dutydesk-drill-"))
    return Path(_passing[0].name)


def save(gateway: Gateway, name: str, text: str) -> Path:
    """Write a text to a file of this name among the kept papers.

    Raises DeskError with the system's own words where it cannot be written.
    """
    try:
        file = kept_in(gateway.drill or gateway.context.drill) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise DeskError(_("文件写不了：{error}").format(error=error)) from error
    return file
