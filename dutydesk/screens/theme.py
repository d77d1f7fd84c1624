"""The colours of the desk by what they mean, each legible on every ground it stands on."""

from __future__ import annotations

from functools import cache

from rich.style import Style
from textual.theme import Theme

GROUND: dict[str, str] = {"ground": "#101418", "panel": "#161b21", "selected": "#1f3a55"}
"""What is written on: the screen, header and foot, the selected row."""

RULE = "#2a323b"

INKS = {
    "ink": "#d7dde3",
    "bright": "#f2f5f7",
    "dim": "#97a3af",
    "faint": "#7c8894",
    "rule": RULE,
    "red": "#ff6b66",
    "amber": "#f2b84b",
    "green": "#6fae7d",
    "accent": "#6cb6ff",
}
"""What is written with; `rule` draws lines and never a word."""

ON_SELECTED = {"dim": "#b3bec8", "faint": "#a3afba", "red": "#ff9a95", "green": "#8cc79a"}
"""On the selected row the weaker inks are lighter, so that they keep 4.5:1."""

BOLD = frozenset({"bright"})

FEWER_COLOURS = {
    "256": {"ground": "#121212", "panel": "#1c1c1c", "selected": "#00005f"},
    "standard": {"ground": "#000000", "panel": "#000000", "selected": "#000080"},
    "windows": {"ground": "#000000", "panel": "#000000", "selected": "#000080"},
}
"""Grounds that a terminal of 256 or 16 colours has itself: none is rounded to a loud one."""


NO_COLOUR = {"selected": "#3a3a3a"}
LOUD_GREY = "#ffffff"
"""Without colour what is overdue must not be the darker grey that red would turn into."""


def suit(system: str | None, *, no_colour: bool = False) -> None:
    """Take the colours that suit the terminal's colour system; before anything is painted."""
    GROUND.update(FEWER_COLOURS.get(system or "", {}))
    if system == "256":
        INKS["rule"] = "#3a3a3a"
    if no_colour:
        GROUND.update(NO_COLOUR)
        for inks in (INKS, ON_SELECTED):
            inks["red"] = inks["amber"] = LOUD_GREY
    style.cache_clear()


def theme() -> Theme:
    """The theme on the grounds in use."""
    return Theme(
        name="dutydesk",
        primary="#6cb6ff",
        secondary="#97a3af",
        accent="#6cb6ff",
        foreground=INKS["ink"],
        background=GROUND["ground"],
        surface=GROUND["panel"],
        panel=GROUND["panel"],
        success=INKS["green"],
        warning=INKS["amber"],
        error=INKS["red"],
        dark=True,
        variables={
            "input-selection-background": "#2f5a85",
            "block-cursor-foreground": INKS["bright"],
            "block-cursor-background": GROUND["selected"],
            "border": RULE,
            "border-blurred": RULE,
            "faint": INKS["faint"],
            "dim": INKS["dim"],
            "selected": GROUND["selected"],
        },
    )


THEME = theme()
"""The theme in true colour."""


def colour(ink: str, ground: str = "ground") -> str:
    """The colour of an ink on a ground, as #rrggbb."""
    if ground == "selected" and ink in ON_SELECTED:
        return ON_SELECTED[ink]
    return INKS[ink]


@cache
def style(ink: str, ground: str = "ground") -> Style:
    """The Rich style of an ink on a ground.

    An ink may carry `!` for bold and `~` for reversed: `red!`, `amber~`.
    """
    name = ink.rstrip("!~")
    return Style(
        color=colour(name, ground),
        bgcolor=GROUND[ground],
        bold="!" in ink or name in BOLD,
        reverse="~" in ink,
    )
