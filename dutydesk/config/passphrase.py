"""The passphrase of the encrypted secrets: a variable, a descriptor, or asked for; no argument."""

from __future__ import annotations

import getpass
import os
import sys
import threading
from collections.abc import Mapping
from typing import Final

from dutydesk.errors import OutsideError
from dutydesk.i18n import _

VARIABLE: Final = "DUTYDESK_PASSPHRASE"
DESCRIPTOR: Final = "DUTYDESK_PASSPHRASE_FD"
LONGEST = 4096


class Passphrase:
    """Found once and kept for the life of the program, never written anywhere."""

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._environ = environ
        self._kept: str | None = None

    @property
    def source(self) -> str | None:
        """Where it comes from without asking: `environment`, `descriptor`, `asked`, or None."""
        if self._environ.get(VARIABLE):
            return "environment"
        if self._environ.get(DESCRIPTOR):
            return "descriptor"
        return "asked" if self._kept else None

    def __call__(self, new: bool = False) -> str:
        """The passphrase; a new one is asked for twice.

        Raises OutsideError where none is given and nobody can be asked: no terminal, or a screen
        stands on it already.
        """
        if given := self._environ.get(VARIABLE):
            return given
        if self._kept is None:
            number = self._environ.get(DESCRIPTOR)
            self._kept = _read(number) if number else _asked(new)
        return self._kept

    def forget(self) -> None:
        """Ask again the next time: it did not open the file."""
        self._kept = None


def _read(number: str) -> str:
    """One line of an open file descriptor, which is closed then."""
    try:
        with os.fdopen(int(number), encoding="utf-8") as file:
            found = file.readline(LONGEST).rstrip("\r\n")
    except (OSError, ValueError):
        said = _("{name} 要写一个已打开的文件描述符，读到 {given}")
        raise OutsideError(said.format(name=DESCRIPTOR, given=number[:20])) from None
    if not found:
        raise OutsideError(_("{name} 里没有口令").format(name=DESCRIPTOR))
    return found


def _asked(new: bool) -> str:
    here = threading.current_thread() is threading.main_thread()
    if not here or sys.stdin is None or not sys.stdin.isatty():
        said = _("加密的密钥文件要口令：设 {variable}，或由 {descriptor} 指明从哪个描述符读")
        raise OutsideError(said.format(variable=VARIABLE, descriptor=DESCRIPTOR))
    found = getpass.getpass(_("密钥文件的口令（不显示）："))
    if new and getpass.getpass(_("再输一次口令：")) != found:
        raise OutsideError(_("两次口令不一样，什么也没有存"))
    if not found:
        raise OutsideError(_("没有输入口令"))
    return found
