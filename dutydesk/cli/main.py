"""The entry of the command line: UTF-8 whatever the machine says, and the version at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from dutydesk import __version__

WITH_VALUE = ("--config", "--database", "--lang")
"""The options before the command that take a value."""


def main() -> None:
    """Run the command line and leave with its exit code (contracts.md section 1)."""
    if sys.getfilesystemencoding().lower().replace("-", "") != "utf8":
        # Arguments and file names have been read in another encoding: read them again as UTF-8.
        again = [sys.executable, "-X", "utf8", "-m", "dutydesk", *sys.argv[1:]]
        os.execv(sys.executable, again)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """One call of the command line; gives its exit code and raises nothing."""
    speak_utf8()
    # Looking through every installed package for plugins of pydantic costs a start ten ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if asks_version(arguments):
        return _say_version()
    from dutydesk.cli.bare import given, open_bare  # slow import

    options = given(arguments)
    if options is not None:
        return open_bare(options)
    from dutydesk.cli.app import invoke  # slow import

    return invoke(arguments)


def _say_version() -> int:
    try:
        print(f"dutydesk {__version__}", flush=True)
    except OSError as error:
        # What did not go out must not complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0 if isinstance(error, BrokenPipeError) else 3
    return 0


def speak_utf8() -> None:
    """Texts leave as UTF-8 under any locale; half a surrogate is spelled out, never an error.

    Where the caller closed a stream, what would go there goes nowhere; the work is done still.
    """
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _nowhere() -> TextIOWrapper:
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def asks_version(arguments: Sequence[str]) -> bool:
    """Whether `--version` stands before the command."""
    rest = iter(arguments)
    for argument in rest:
        if argument == "--version":
            return True
        if argument in WITH_VALUE:
            next(rest, None)
        elif not argument.startswith(tuple(f"{name}=" for name in WITH_VALUE)):
            return False
    return False
