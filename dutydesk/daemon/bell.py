"""How an alarm is heard where no screen is: the terminal's bell, a command, or not at all."""

from __future__ import annotations

import logging
import shlex
import subprocess
import sys
from typing import TextIO

from dutydesk.config.model import Alarm as Settings
from dutydesk.errors import OutsideError
from dutydesk.i18n import _

log = logging.getLogger("dutydesk.daemon")
SECONDS = 10
"""How long a command may take before it is ended."""


class Bell:
    """Rings once for a pass of the clock, however many alarms it raised."""

    def __init__(self, settings: Settings, out: TextIO | None = None) -> None:
        self._kind = settings.bell
        self._command = settings.command
        self._urgent = settings.urgent_command or settings.command
        self._out = out if out is not None else sys.stderr

    def ring(self, *, urgent: bool = False) -> None:
        """Make it heard; blocks for as long as the command runs, 10 s at most.

        Raises OutsideError when the command cannot be run, fails, or takes too long.
        """
        if self._kind == "terminal" and self._out.isatty():
            self._out.write("\a")
            self._out.flush()
        if self._kind == "command":
            _run(self._urgent if urgent else self._command)


def _run(command: str) -> None:
    """One command without a shell: what an alarm says can never become part of it."""
    try:
        parts = shlex.split(command)
        done = subprocess.run(
            parts,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _fault(command, why) from error
    except subprocess.TimeoutExpired as error:
        why = _("{seconds} 秒没有结束").format(seconds=SECONDS)
        raise _fault(command, why) from error
    if done.returncode:
        raise _fault(command, _("退出码 {code}").format(code=done.returncode))


def _fault(command: str, why: str) -> OutsideError:
    return OutsideError(
        _("响铃命令“{command}”没有成功：{why}；请检查设置 [alarm]").format(command=command, why=why)
    )
