"""Texts that leave the desk by the terminal's clipboard, or by a file where it has none.

A terminal gives no answer to a copy (OSC 52): the first words are shown, and a file is offered.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from textual.screen import Screen

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.text import fit, one_line

HEAD = 36
"""How many cells of a copied text are shown."""


def copy(screen: Screen[Any], text: str) -> str:
    """Give a text to the terminal's clipboard; gives its first words to show."""
    screen.app.copy_to_clipboard(text)
    return head(text)


def head(text: str) -> str:
    """The first words of a text on one line."""
    return fit(one_line(" ".join(text.split("\n")[:2])), HEAD).rstrip()


def save(name: str, text: str) -> Path:
    """Write a text to a file of this name in the user's data folder.

    Raises DeskError with the system's own words where it cannot be written.
    """
    file = user_data_path("dutydesk", appauthor=False) / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise DeskError(_("文件写不了：{error}").format(error=error)) from error
    return file
