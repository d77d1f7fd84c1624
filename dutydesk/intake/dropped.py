"""A file as somebody names it: typed, quoted, dropped or pasted."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlparse


def source(text: str) -> Path | None:
    """The file that a typed, quoted or dropped path names; None where there is none."""
    plain = text.strip().strip("'\"")
    if plain.startswith("file://"):
        plain = unquote(urlparse(plain).path)
    try:
        path = Path(plain).expanduser()
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None
