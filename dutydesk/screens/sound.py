"""How an alarm is heard: the terminal's bell or a command from the settings."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from typing import Protocol

from dutydesk.i18n import _


class AlarmSettings(Protocol):
    """The [alarm] table of the settings."""

    @property
    def bell(self) -> str: ...
    @property
    def command(self) -> str: ...
    @property
    def urgent_command(self) -> str: ...


class Sound:
    """Rings; `ring` gives a sentence where it could not, else None."""

    def __init__(self, settings: AlarmSettings, bell: Callable[[], None]) -> None:
        self._settings = settings
        self._bell = bell
        self._running: list[subprocess.Popen[bytes]] = []

    @property
    def off(self) -> bool:
        """Whether alarms only flash."""
        return self._settings.bell == "off"

    def ring(self, urgent: bool = False) -> str | None:
        """Ring once. A command runs beside the desk and is never waited for."""
        self._running = [run for run in self._running if run.poll() is None]
        if self._settings.bell == "terminal":
            self._bell()
            return None
        if self._settings.bell != "command":
            return None
        command = (self._settings.urgent_command if urgent else "") or self._settings.command
        return self._run(command)

    def _run(self, command: str) -> str | None:
        try:
            run = subprocess.Popen(
                shlex.split(command),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, ValueError) as error:
            self._bell()
            return _("告警命令 {command} 不能运行（{reason}），已改用终端响铃").format(
                command=command, reason=error
            )
        self._running.append(run)
        return None
