"""`dutydesk procedure show` says what is told to which platform."""

from __future__ import annotations

from pathlib import Path

from cli_call import Call


def test_the_write_back_of_a_procedure_is_printed_in_the_order_of_each_page(call: Call) -> None:
    out = call("procedure", "show", "xinchenglu").out
    lines = out.partition("回填（依据 house）\n")[2].splitlines()
    accept = next(line for line in lines if line.startswith("accept "))
    assert "受理" in accept
    assert "工单编号 · 办理状态 · 办理时间 · 承办单位" in accept
    close = next(line for line in lines if line.startswith("close "))
    assert close.endswith("包括 file_result；并入的案件也填")
    page = lines[lines.index("回填 hotline_12345") + 1 :]
    assert page[0].split(maxsplit=1) == ["accept", "工单编号 · 承办单位 · 受理时间"]
    assert "return_for_rework 之后 file_result 不再回填" in lines
    assert "平台自己往下走：upstream_returned" in lines


def test_json_has_it_too(call: Call) -> None:
    found = call("procedure", "show", "xinchenglu", "--json").json["writeback"]
    acts = {act["verb"]: act for act in found["acts"]}
    assert list(acts) == ["accept", "refuse", "withdraw", "file_result", "close", "reopen"]
    assert acts["close"]["covers"] == ["file_result"]
    assert (acts["withdraw"]["clears"], acts["reopen"]["recalls"]) == (True, ["close"])
    assert found["channels"]["grid"]["accept"][0] == {"name": "external_no", "label": "任务号"}
    assert (found["voids"], found["moves_on"]) == (
        {"return_for_rework": "file_result"}, ["upstream_returned"],
    )  # fmt: skip


def test_a_procedure_that_owes_nothing_says_nothing(call: Call, tmp_path: Path, root: Path) -> None:
    text = (root / "dutydesk/workflow/procedures/xinchenglu.toml").read_text(encoding="utf-8")
    head, _cut, rest = text.partition("[writeback]\n")
    mine = tmp_path / "mine.toml"
    mine.write_text(head + rest[rest.index("# ── Clocks") :], encoding="utf-8")
    shown = call("procedure", "show", mine)
    assert (shown.code, "回填（" in shown.out) == (0, False)
    assert call("procedure", "show", mine, "--json").json["writeback"] is None
