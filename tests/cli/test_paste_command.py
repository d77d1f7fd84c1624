"""`dutydesk paste`: recognised, registered, told to a known case; each refusal by its order."""

from __future__ import annotations

from pathlib import Path

from cli_call import Call

TEXT = (
    "工单编号\t诉求地址\t诉求内容\t联系电话\n"
    "SH2611220001\t嘉乐小区1号\t暴露垃圾\t13800000001\n\t\t以上为今日全部\t\n"
    "SH2611220002\t迎园路2号\t占道设摊\t13800000002\n"
)


def test_a_paste_is_looked_at_then_registered_then_told_to_its_case(
    desk: Call, tmp_path: Path
) -> None:
    (tmp_path / "p.txt").write_text(TEXT, encoding="utf-8")
    seen = desk("paste", "p.txt", "--dry-run", "--json")
    assert (seen.code, [o["kind"] for o in seen.json["orders"]]) == (
        1,
        ["new", "unreadable", "new"],
    )
    assert "13800000001" not in seen.out
    assert desk("cases", "--json").lines == []
    done = desk("paste", "p.txt", "--json").json
    assert (done["new"], done["unreadable"]) == (2, 1)
    assert len(desk("cases", "--json").lines) == 2
    (tmp_path / "u.txt").write_text("SH2611220001 又催办了", encoding="utf-8")
    told = desk("paste", "u.txt", "--json").json["orders"][0]
    assert (told["kind"], told["kinds"], told["case"]) == (
        "known", ["urged"], done["orders"][0]["case"],
    )  # fmt: skip
    assert told["batch"]
    assert desk("case", told["case"], "--json").json["urged"] == 1


def test_what_is_no_text_or_too_large_is_refused_and_a_missing_place_is_named(
    desk: Call, tmp_path: Path
) -> None:
    (tmp_path / "big.txt").write_text("垃圾" * 900_000, encoding="utf-8")
    (tmp_path / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "no.txt").write_text("楼下太吵了", encoding="utf-8")
    assert desk("paste", "big.txt").code == 2
    assert desk("paste", "p.png").code == 2
    assert desk("paste", "nowhere.txt").code == 2
    answer = desk("paste", "no.txt")
    assert (answer.code, "没有记入" in answer.err) == (1, True)


def test_what_a_person_reads_is_in_words_and_numbers_are_covered(
    desk: Call, tmp_path: Path
) -> None:
    (tmp_path / "p.txt").write_text(TEXT, encoding="utf-8")
    desk("paste", "p.txt")
    moved = "SH2611220001 催办，延期至2026-12-01 18:00，另找物业13800000912"
    (tmp_path / "u.txt").write_text(moved, encoding="utf-8")
    said = desk("paste", "u.txt", "--dry-run").out
    assert "催办" in said
    assert "上级时限: - → 12-01 18:00" in said
    assert "来源渠道" in said
    assert not any(code in said for code in ("urged", "upstream_due", "channel", "13800000912"))


def test_an_urge_for_an_unknown_number_is_registered_with_its_mark(
    desk: Call, tmp_path: Path
) -> None:
    text = "工单编号：SH2611220007\n诉求地址：嘉乐小区1号\n诉求内容：暴露垃圾\n状态：催办\n"
    (tmp_path / "u.txt").write_text(text, encoding="utf-8")
    [order] = desk("paste", "u.txt", "--json").json["orders"]
    assert order["kind"] == "new"
    assert desk("case", order["case"], "--json").json["urged"] == 1


def test_a_withdrawal_and_a_return_of_unknown_numbers_are_said_and_marked(
    desk: Call, tmp_path: Path
) -> None:
    text = "工单编号：SH261122{}\n诉求地址：嘉乐小区1号\n诉求内容：暴露垃圾\n{}\n"
    for name, number, standing in (
        ("w", "0008", "状态：撤单"),
        ("r", "0009", "退回原因：照片不清"),
    ):
        (tmp_path / name).write_text(text.format(number, standing), encoding="utf-8")
    assert "撤回" in desk("paste", "w", "--dry-run").out
    withdrawn = desk("paste", "w", "--json").json["orders"][0]["case"]
    assert desk("case", withdrawn, "--json").json["state"] == "withdrawn"
    returned = desk("paste", "r", "--json").json["orders"][0]["case"]
    case = desk("case", returned, "--json").json
    assert (case["state"], "回" in case["marks"]) == ("received", True)
