"""Texts made to fit a platform: cut on a character's border, its own signs made harmless."""

from __future__ import annotations

CUT = "…"
BETWEEN = "\n────\n"
"""What stands between messages that were merged."""
_SIGNS = str.maketrans({"*": "＊", "_": "＿", "`": "｀", "[": "［", "]": "］", "#": "＃",
                        ">": "＞", "<": "＜", "\\": "＼"})  # fmt: skip


def size(text: str) -> int:
    """How many bytes a text has in UTF-8."""
    return len(text.encode("utf-8"))


def cut_bytes(text: str, most: int) -> str:
    """A text of at most so many bytes, cut between two characters, with a mark where it was cut."""
    raw = text.encode("utf-8")
    if len(raw) <= most:
        return text
    return raw[: most - size(CUT)].decode("utf-8", "ignore") + CUT


def plain(text: str) -> str:
    """Free text for a text message: nobody is mentioned by what a citizen wrote."""
    return text.replace("<@", "＜@")


def escaped(text: str) -> str:
    """Free text for markdown: signs that would mean something become their full-width twins.

    The platform documents no way to escape them.
    """
    return text.translate(_SIGNS)
