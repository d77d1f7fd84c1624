"""Every ink is legible on every ground it stands on: 4.5:1, and lines that draw, not say."""

from __future__ import annotations

import pytest

from dutydesk.screens import theme
from dutydesk.screens.parts.paint import LIGHTS


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("ground", theme.GROUND)
@pytest.mark.parametrize("ink", [ink for ink in theme.INKS if ink != "rule"])
def test_an_ink_is_legible(ink: str, ground: str) -> None:
    assert contrast(theme.colour(ink, ground), theme.GROUND[ground]) >= 4.5


@pytest.mark.parametrize("system", theme.FEWER_COLOURS)
@pytest.mark.parametrize("ink", [ink for ink in theme.INKS if ink != "rule"])
def test_an_ink_is_legible_where_there_are_fewer_colours(ink: str, system: str) -> None:
    for ground, colour in theme.FEWER_COLOURS[system].items():
        assert contrast(theme.colour(ink, ground), colour) >= 4.5


def test_a_light_is_told_by_its_shape_without_colour() -> None:
    assert len({shape for shape, _ink in LIGHTS.values()}) == 3
