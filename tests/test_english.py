"""The English catalogue: no Chinese but words of data, the same names in braces, room on a line."""

from __future__ import annotations

import re
import string

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from dutydesk import i18n
from dutydesk.text import width

CHINESE = re.compile(r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uff60]+")
DATA = frozenset(
    ("公安", "城管", "市场监管", "市监", "社区", "村", "是", "否", "仓场", "新成路",
     "地点", "经度", "纬度", "规定", "自选", "特殊")
)  # fmt: skip
"""Words that stand in files and registers as they are: departments, kinds of grid, places, and
headings and marks that a file to be loaded must have."""
HEADINGS = {
    "编号": 4,
    "级": 2,
    "步骤": 8,
    "剩余": 10,
    "至": 8,
    "网格": 6,
    "等谁": 9,
    "派单": 5,
    "发起": 5,
}
"""Texts that stand in a column of the desk, with its cells."""


def messages() -> list[Message]:
    """Every text of the catalogue."""
    po = i18n.LOCALE / "en" / "LC_MESSAGES" / "dutydesk.po"
    with po.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


def names(text: str) -> list[str]:
    """The fields of a text, with how they are written, in a fixed order."""
    parts = string.Formatter().parse(text)
    return sorted(f"{name}:{spec}" for _said, name, spec, _how in parts if name is not None)


def test_nothing_is_left_in_chinese_but_words_of_data() -> None:
    left = {word for message in messages() for word in CHINESE.findall(str(message.string))}
    assert left - DATA == set()


def test_every_text_has_its_english_with_the_same_names_in_braces() -> None:
    found = messages()
    assert [message.id for message in found if not message.string] == []
    different = [
        message.id
        for message in found
        if "python-brace-format" in message.flags
        and names(str(message.id)) != names(str(message.string))
    ]
    assert different == []


@pytest.mark.parametrize(("text", "cells"), HEADINGS.items())
def test_a_heading_fits_its_column(text: str, cells: int) -> None:
    i18n.use("en")
    assert width(i18n._(text)) <= cells


def test_names_are_parted_as_the_language_does_it() -> None:
    assert i18n.listed(["公安", "城管"]) == "公安、城管"
    i18n.use("en")
    assert i18n.listed(["公安", "城管"]) == "公安, 城管"
