"""What a paste may do to the desk: nothing, however large, odd or malicious it is."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sampled import sampled

from dutydesk.config.places import load_places
from dutydesk.errors import BadInput
from dutydesk.intake.pasting import LARGEST, is_binary, recognise
from dutydesk.workflow.time.zone import ZONE

NOW = datetime(2026, 11, 22, 14, 20, tzinfo=ZONE)
PLACES = load_places(None)
BOUND_S = 1.0
"""House: no paste keeps the worker longer; its own time, whatever else the machine does."""

SEEDS = (
    " ", "\n", "\t", "：", "工单编号：", "工单编号：1\n", "地点：迎园路1号\n", "1、", "\"\t",
    "1380000000", "迎园路", "到到", "号", "2026-11-22 14:20 ", "2026", "【地址】", "|", "| a |\n",
    "编号\t地点\t内容\n", "张三 14:20\n", "-", "----\n", "a-", "\x1b[", "\x1b]", "1、迎园路1号\n",
    "[14:20] ", "联系人：", "于11月24日前", " \n\n", "甲" * 20 + "路", "迎园路1号\n\n", "a", "1",
)  # fmt: skip


@pytest.mark.parametrize("seed", sampled(SEEDS, (0, 5, 9, 13, 18, 25)))
def test_the_worst_text_of_the_largest_size_is_read_in_time(seed: str) -> None:
    text = seed * (LARGEST // len(seed.encode("utf-8")))
    began = time.thread_time()
    with suppress(BadInput):
        recognise(text, PLACES, NOW)
    assert time.thread_time() - began < BOUND_S


def test_five_megabytes_are_refused_at_once_with_a_way_out() -> None:
    began = time.thread_time()
    with pytest.raises(BadInput, match=r"5\.0 MB.*导入"):
        recognise("迎园路" * 1_666_667, PLACES, NOW)
    assert time.thread_time() - began < BOUND_S


@pytest.mark.parametrize(
    "text",
    [
        bytes.fromhex("89504e470d0a1a0a0000000d49484452").decode("latin-1"),
        "\ufffdPNG\r\n\x1a\n\ufffd\ufffd",
        "\ufffd\ufffd\ufffd\ufffd\x10JFIF\x01\x01",
        "PK\x03\x04\x14",
        "工单\x00编号",
        "\ufffd\x01\x02" * 40 + "abc" * 10,
    ],
)
def test_the_bytes_of_a_picture_or_file_are_no_text(text: str) -> None:
    assert is_binary(text)
    with pytest.raises(BadInput, match="附件"):
        recognise(text, PLACES, NOW)


def test_escapes_markup_and_half_surrogates_are_cleaned_and_markup_stays_text() -> None:
    text = "\x1b[31m工单编号：SH2611220901\x1b[0m\n地址：嘉乐路8号[/b]\n"
    text += "内容：[red]垃圾\ud83d[/]\u202e满溢"
    (one,) = recognise(text, PLACES, NOW)
    assert one.fields["external_no"] == "SH2611220901"
    assert one.fields["place"] == "嘉乐路8号[/b]"
    assert one.fields["description"] == "[red]垃圾[/]满溢"


def test_more_orders_than_a_person_registers_are_a_file() -> None:
    rows = "".join(f"SH26112{n:05}\t迎园路{n}号\t垃圾\n" for n in range(101))
    with pytest.raises(BadInput, match=r"101 件.*导入"):
        recognise("工单编号\t地点\t内容\n" + rows, PLACES, NOW)


def test_nothing_gives_nothing() -> None:
    assert recognise(" \n\t", PLACES, NOW) == ()


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    try:
        found = recognise(text, PLACES, NOW)
    except BadInput:
        return
    assert all(one.fields.keys() == one.certainty.keys() for one in found)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), max_size=80))
def test_a_pasted_text_loses_no_letter(text: str) -> None:
    """What no label says stays in the matter."""
    if any(sign in text for sign in ":：\ufffd"):
        return
    kept = "".join(str(v) for one in recognise(text, PLACES, NOW) for v in one.fields.values())
    for sign in "".join(text.split()):
        if sign.isalpha():
            assert sign in kept


def test_a_limit_in_working_days_and_a_second_number_stay_in_the_matter() -> None:
    text = "工单编号：SH2611220902\n地址：迎园路1号\n内容：找13800000911或13800000912\n"
    text += "办理时限：5个工作日"
    (one,) = recognise(text, PLACES, NOW)
    assert "upstream_due" not in one.fields
    assert one.fields["caller"] == {"name": "", "phone": "13800000911"}
    assert one.fields["description"] == "找或13800000912 办理时限：5个工作日"
    assert one.guessed == {"caller", "channel"}
