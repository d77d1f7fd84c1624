"""Commands of the settings: run without a shell, for a limited time, their own words kept."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from dutydesk.errors import OutsideError
from dutydesk.i18n import _
from dutydesk.text import cut, one_line

STEP_S = 0.05
WORDS = 120
"""How many cells of what a command says on standard error are kept."""


def filled(command: str, places: Mapping[str, str]) -> list[str]:
    """The parts of a command, `{name}` replaced; without any place the first one comes last.

    What is put in is one argument whatever stands in it: no shell reads it.
    """
    parts = shlex.split(command)
    named = any(f"{{{name}}}" in part for part in parts for name in places)
    for name, value in places.items():
        parts = [part.replace(f"{{{name}}}", value) for part in parts]
    return parts if named or not places else [*parts, next(iter(places.values()))]


def output(parts: Sequence[str], seconds: float, most: int) -> bytes:
    """What a command writes on standard output.

    Raises OutsideError with the reason alone where it cannot be run, fails, takes longer than
    `seconds` or writes more than `most` bytes; then it is ended together with what it started.
    """
    with _passing_file() as out, _passing_file() as err:
        process = _begun(parts, out, err)
        if not _ended(process, seconds, out, most):
            _end(process)
            if _size(out) > most:
                raise OutsideError(_("给出的内容超过 {mb} MB").format(mb=most // 1_000_000))
            raise OutsideError(_("{seconds} 秒没有结束").format(seconds=round(seconds)))
        _judge(process, err)
        if _size(out) > most:
            raise OutsideError(_("给出的内容超过 {mb} MB").format(mb=most // 1_000_000))
        out.seek(0)
        return out.read()


def launch(parts: Sequence[str], seconds: float) -> None:
    """Start a command that may go on: only what it says in the first `seconds` is waited for.

    Raises OutsideError with the reason where it cannot be run or fails in that time.
    """
    with _passing_file() as err:
        process = _begun(parts, subprocess.DEVNULL, err)
        if _ended(process, seconds, None, 0):
            _judge(process, err)


def own_folder() -> Path:
    """A new folder of the system that only this user reads; it goes when the system says so."""
    return Path(tempfile.mkdtemp(prefix="dutydesk-"))


@contextlib.contextmanager
def passing_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="dutydesk-") as folder:
        yield Path(folder)


def _passing_file() -> IO[bytes]:
    """A file that is gone once it is closed. Raises OutsideError where there is no room for it."""
    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise OutsideError(error.strerror or str(error)) from error


def _begun(parts: Sequence[str], out: IO[bytes] | int, err: IO[bytes]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            list(parts), stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise OutsideError(why) from error


def _ended(
    process: subprocess.Popen[bytes], seconds: float, out: IO[bytes] | None, most: int
) -> bool:
    """Whether it ended in time, and without writing too much."""
    for _step in range(max(1, round(seconds / STEP_S))):
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STEP_S)
            return True
        if out is not None and _size(out) > most:
            return False
    return False


def _size(file: IO[bytes]) -> int:
    return os.fstat(file.fileno()).st_size


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _judge(process: subprocess.Popen[bytes], err: IO[bytes]) -> None:
    """Raise for a command that says that it failed, with the last line of its own words."""
    if not process.returncode:
        return
    err.seek(0)
    said = err.read(100_000).decode("utf-8", "replace").strip().splitlines()
    code = _("退出码 {code}").format(code=process.returncode)
    last = cut(one_line(said[-1]), WORDS)[0] if said else ""
    raise OutsideError(f"{last}（{code}）" if last else code)
