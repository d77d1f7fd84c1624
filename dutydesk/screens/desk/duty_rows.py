"""The posts that the desk always shows, and how each state of a post looks."""

from __future__ import annotations

from collections.abc import Mapping

from dutydesk.i18n import _
from dutydesk.views.duty import DutyPanel, PostRow
from dutydesk.views.labels import N_

SIGNS: Mapping[str, tuple[str, str]] = {
    "present": ("·", "dim"),
    "out": ("▲", "amber"),
    "off": ("■", "red"),
    "vacant": ("■", "red"),
    "unknown": ("?", "faint"),
}
"""Sign and ink of a post's state: shape first, colour second."""

SHORT: Mapping[str, str] = {
    "commander": N_("指挥"),
    "inspector": N_("督查"),
    "deputy_head": N_("副网格"),
    "area_head": N_("网格长"),
    "市场监管": N_("市监"),
}
"""What a post is called where two characters must do."""

SET = {"1": "present", "2": "out", "3": "off"}
"""What a digit says of the post under the cursor."""


def shown_posts(panel: DutyPanel, many: bool = False) -> tuple[PostRow, ...]:
    """The three leads, commander and inspector; the two heads too where there is room."""
    rest = ["commander", "inspector", *(["deputy_head", "area_head"] if many else [])]
    found = [next((row for row in panel.posts if row.post == post), None) for post in rest]
    return (*panel.leads, *(row for row in found if row is not None))


def short_label(row: PostRow) -> str:
    """The post in two characters, or as the roster names it."""
    key = row.department or row.post
    return _(SHORT[key]) if key in SHORT else key


def status_sign(status: str) -> tuple[str, str]:
    """Sign and ink of a state."""
    return SIGNS.get(status, SIGNS["unknown"])
