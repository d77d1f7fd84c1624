"""Invented pasted texts in six shapes: what of them is recognised, counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from dutydesk.config.places import load_places
from dutydesk.intake.pasting import Pasted, recognise
from dutydesk.workflow.time.zone import ZONE

FOLDER = Path(__file__).parent / "pasted"
SHAPES = ("hotline", "grid", "wechat", "police", "letter", "several")
NOW = datetime(2026, 11, 22, 14, 20, tzinfo=ZONE)
PLACES = load_places(None)
FLOOR = 0.97
"""Of the fields that a person would fill in from the text, so many are filled in rightly."""


class Text(NamedTuple):
    """One pasted text, and what a person reads in each of its orders."""

    shape: str
    name: str
    text: str
    orders: tuple[Mapping[str, str], ...]


class Count(NamedTuple):
    """Fields wanted, found, and wrong: another value than the text says."""

    texts: int
    wanted: int
    found: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


def texts(shape: str) -> list[Text]:
    found = []
    parts = (FOLDER / f"{shape}.txt").read_text(encoding="utf-8").split("=== ")[1:]
    for part in parts:
        name, _line, rest = part.partition("\n")
        text, *orders = rest.split(">>>\n")
        read = tuple(dict(line.split(": ", 1) for line in o.splitlines() if line) for o in orders)
        found.append(Text(shape, name, text, read))
    return found


def told(pasted: Pasted) -> dict[str, str]:
    """The fields as the expectations write them."""
    fields = dict(pasted.fields)
    caller = fields.pop("caller", {})
    assert isinstance(caller, Mapping)
    fields |= {name: value for name, value in caller.items() if value}
    fields["standing"], fields["unreadable"] = pasted.standing, pasted.unreadable
    return {
        n: f"{v:%Y-%m-%d %H:%M}" if isinstance(v, datetime) else str(v) for n, v in fields.items()
    }


def count(shape: str) -> Count:
    wanted = found = 0
    wrong: list[str] = []
    missed: list[str] = []
    every = texts(shape)
    for text in every:
        given = [told(one) for one in recognise(text.text, PLACES, NOW)]
        if len(given) != len(text.orders):
            wrong.append(f"{text.name}: {len(given)} orders, not {len(text.orders)}")
        for got, order in zip(given, text.orders, strict=False):
            for name, value in order.items():
                wanted += 1
                if name.endswith("~"):
                    held = got.get(name[:-1], "")
                    found += value in held
                    missed += [] if value in held else [f"{text.name}: {value} not in {held}"]
                elif got.get(name) == value:
                    found += 1
                else:
                    (wrong if name in got else missed).append(
                        f"{text.name}: {name} {got.get(name)!r}, not {value!r}"
                    )
            for name in ("external_no", "phone"):
                if got.get(name) and name not in order:
                    wrong.append(f"{text.name}: {name} {got[name]} is none")
    return Count(len(every), wanted, found, tuple(wrong), tuple(missed))


def test_there_are_sixty_texts_in_six_shapes() -> None:
    sizes = {shape: len(texts(shape)) for shape in SHAPES}
    assert sum(sizes.values()) >= 60
    assert min(sizes.values()) >= 10


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_recognised_of_a_shape(shape: str) -> None:
    """A wrong value is worse than none: of numbers and telephones there may be no wrong one."""
    counted = count(shape)
    share = counted.found / counted.wanted
    print(f"{shape:10} {counted.texts:3} texts {counted.found:4} of {counted.wanted:4} {share:.0%}")
    print(*counted.wrong, *counted.missed, sep="\n")
    worst = [line for line in counted.wrong if ": external_no" in line or ": phone" in line]
    assert not worst
    assert not [line for line in counted.wrong if " orders, not " in line]
    assert share >= FLOOR
