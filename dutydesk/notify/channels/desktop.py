"""A notification on this machine's own desktop, by a command of the settings."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from dutydesk.config.channels import Channel as Settings
from dutydesk.i18n import _
from dutydesk.notify.channel import SENT, Exchange, Letter, Pace, Post, Reply, Secret
from dutydesk.storage import Sending

KIND: Final = "desktop"


class Desktop:
    """Runs a command for each message, without a shell: what a text says is never part of it."""

    kind = KIND
    needs_address = False
    pace = Pace(per_minute=60)

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self.max_age = settings.max_age
        self._command = settings.command
        self._seconds = settings.timeout_seconds

    def together(self, one: Sequence[Letter], other: Letter, *, crowded: bool) -> bool:
        """The same text is shown once."""
        return other.text == one[0].text

    def send(self, post: Post) -> Mapping[str, Reply]:
        """Show it; SENT where the command ended well."""
        reply = self._shown(post.letters[0].text)
        return {letter.key: reply for letter in post.letters}

    def probe(self, text: str, to: str) -> Iterator[Exchange]:
        """Show a trial message."""
        reply = self._shown(text)
        yield Exchange(self._command, reply.state is Sending.SENT, reply.reason or _("退出码 0"))

    def _shown(self, text: str) -> Reply:
        title, _newline, rest = text.partition("\n")
        places = {"title": title, "text": rest or title}
        parts = [_filled(part, places) for part in shlex.split(self._command)]
        try:
            done = subprocess.run(
                parts,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Reply(Sending.UNKNOWN, "no_answer timeout")
        except (OSError, ValueError) as error:
            return Reply(Sending.FAILED, f"command {getattr(error, 'strerror', None) or error}")
        return SENT if not done.returncode else Reply(Sending.FAILED, f"exit {done.returncode}")


def _filled(part: str, places: Mapping[str, str]) -> str:
    for name, value in places.items():
        if part == f"{{{name}}}":
            return value
    return part


def make(name: str, settings: Settings, secret: Secret, path: Callable[[str], Path]) -> Desktop:
    """The desktop of one table of the settings. Raises ValueError without a command."""
    if not settings.command:
        raise ValueError(_("kind = “desktop” 时要写 command，例如 notify-send {title} {text}"))
    return Desktop(name, settings)
