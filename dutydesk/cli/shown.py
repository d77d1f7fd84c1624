"""What somebody typed, made fit to be shown in a message."""

from __future__ import annotations

LONGEST = 60


def shown(text: str) -> str:
    """The text, short and without control characters."""
    plain = "".join(c if c.isprintable() else "·" for c in text)
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
