"""Files as somebody names them: typed, quoted, escaped, dropped or pasted."""

from __future__ import annotations

import shlex
from pathlib import Path
from urllib.parse import unquote, urlparse


def source(text: str) -> Path | None:
    """The file that a typed, quoted, escaped or dropped path names; None where there is none."""
    plain = text.strip()
    for said in dict.fromkeys((plain, plain.strip("'\""), _unescaped(plain))):
        path = _path(said)
        if path is not None:
            return path
    return None


def named(text: str) -> tuple[str, ...]:
    """What one drop or paste names: several files where all of its parts are files, else itself.

    Lines are parts, and so are the quoted or escaped words of one line.
    """
    whole = text.strip()
    if not whole:
        return ()
    if source(whole) is not None:
        return (whole,)
    lines = tuple(line.strip() for line in whole.splitlines() if line.strip())
    for parts in (lines, _words(whole)):
        if len(parts) > 1 and all(source(part) is not None for part in parts):
            return parts
    return (whole,)


def _path(text: str) -> Path | None:
    if text.startswith("file://"):
        text = unquote(urlparse(text).path)
    try:
        path = Path(text).expanduser()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def _words(text: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(text))
    except ValueError:
        return ()


def _unescaped(text: str) -> str:
    """A path as a shell would read it, blanks escaped; the text where it is no one word."""
    words = _words(text)
    return words[0] if len(words) == 1 else text
