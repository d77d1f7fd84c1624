"""The terminal that the desk draws on: one must be there, and drawing never goes into a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

from dutydesk.errors import BadInput, DeskError
from dutydesk.i18n import _


class Drawn(Protocol):
    """An app that keeps why it could not show anything."""

    fault: DeskError | None

    def run(self) -> int | None:
        """Until it is left; its exit code."""


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


def show(app: Drawn, close: Callable[[], None]) -> int:
    """Run an app until it is left, then close what it held; the exit code.

    Raises the DeskError that kept it from showing anything.
    """
    try:
        with drawing_on_terminal():
            code = app.run()
    finally:
        close()
    if app.fault is not None:
        raise app.fault
    return code or 0
