"""The terminal that the desk draws on: one must be there, and drawing never goes into a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dutydesk.errors import BadInput
from dutydesk.i18n import _


def need_terminal() -> None:
    """Raises BadInput where there is no terminal to draw on; a browser's driver needs none."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(
            _("这里没有终端，值班台画不出来"),
            expected=_("请在终端里运行；不要界面可用 dutydesk cases、due、watch 等命令"),
        )
    if os.environ.get("TERM") == "dumb":
        raise BadInput(
            _("TERM=dumb 的终端画不出值班台"), expected=_("请换一个终端，或设 TERM=xterm-256color")
        )


@contextmanager
def drawing_on_terminal() -> Iterator[None]:
    """Let Textual draw on standard output where standard error goes into a file.

    Textual's driver writes to standard error; with `2>file` the screen would stay empty.
    """
    errors = sys.__stderr__
    if errors is None or not errors.isatty():
        sys.__stderr__ = sys.__stdout__  # type: ignore[misc]
    try:
        yield
    finally:
        sys.__stderr__ = errors  # type: ignore[misc]
