"""The posts that the desk always shows, and how each state of a post looks."""

from __future__ import annotations

from collections.abc import Mapping

from dutydesk.views.duty import DutyPanel, PostRow

SIGNS: Mapping[str, tuple[str, str]] = {
    "present": ("·", "dim"),
    "out": ("▲", "amber"),
    "off": ("■", "red"),
    "vacant": ("■", "red"),
    "unknown": ("?", "faint"),
}
"""Sign and ink of a post's state: shape first, colour second."""

SET = {"1": "present", "2": "out", "3": "off"}
"""What a digit says of the post under the cursor."""


def shown_posts(panel: DutyPanel, many: bool = False) -> tuple[PostRow, ...]:
    """The leads of units first, then the posts that are always shown, and where there is room
    those besides."""
    kinds = ("always", "roomy") if many else ("always",)
    rest = [row for row in panel.posts if row.department is None and row.shown in kinds]
    return (*panel.leads, *rest)


def short_label(row: PostRow) -> str:
    """The post in two characters, or as the roster names it."""
    return row.short or row.label


def status_sign(status: str) -> tuple[str, str]:
    """Sign and ink of a state."""
    return SIGNS.get(status, SIGNS["unknown"])
