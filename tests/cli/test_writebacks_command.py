"""`dutydesk writebacks`: the ledger in text and JSON, ticked by `do`."""

from __future__ import annotations

import pytest
from cli_call import Call


def accepted(desk: Call, number: str) -> str:
    """A case of the hotline, accepted at community level."""
    answer = desk(
        *("do", "-", "register", "--by", "commander", "--set", "channel=hotline_12345"),
        *("--set", f"external_no={number}", "--set", "place=迎园路1号", "--set", "grid=迎园"),
        *("--set", "description=有事", "--set", "category=环卫"),
    )
    assert answer.code == 0, answer.err
    no = str(answer.json["case"])
    done = desk(
        "do", no, "accept", "--by", "commander", "--set", "as=community", "--set", "grid=迎园"
    )
    assert done.code == 0, done.err
    return no


@pytest.mark.clause("X-7.1.1")
def test_what_is_owed_is_listed_and_ticked(desk: Call) -> None:
    no = accepted(desk, "T-1")
    (line,) = desk("writebacks", "--json").lines
    assert list(line) == [
        *("id", "case", "channel", "external_no", "what", "party", "since", "owes", "fields"),
    ]
    assert (line["case"], line["what"], line["owes"]) == (no, "accept", "desk")
    assert line["fields"][0] == {"name": "external_no", "label": "工单编号", "value": "T-1"}
    shown = desk("writebacks").out
    assert "T-1" in shown
    assert shown.endswith("待回填 1 条，等结果 0 条\n")

    ticked = desk(
        *("do", no, "write_back", "--by", "commander", "--set", "system=12345"),
        *("--set", "what=受理", "--set", "receipt=HZ-1"),
    )
    assert ticked.code == 0, ticked.err
    assert desk("writebacks", "--json").out == ""


def test_a_channel_narrows_and_an_unknown_one_names_the_nearest(desk: Call) -> None:
    accepted(desk, "T-1")
    assert desk("writebacks", "--channel", "grid").out == "待回填 0 条，等结果 0 条\n"
    assert len(desk("writebacks", "--channel", "hotline_12345", "--json").lines) == 1
    answer = desk("writebacks", "--channel", "hotline")
    assert answer.code == 2
    assert "hotline_12345" in answer.err
