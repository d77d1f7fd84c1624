"""`dutydesk procedure fill`: a list that the source does not give, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from cli_call import Call

from dutydesk.config.settings import data_folder

TASKS = [
    ("环境", "试验一"),
    ("环境", "试验二"),
    ("安全", "试验三"),
    ("秩序", "试验四"),
    ("秩序", "试验五"),
]


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def listed(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    head = "类别,事项,自选\n"
    path.write_text(head + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    return path


def slot(call: Call, name: str, code: str) -> dict[str, object]:
    found = call("procedure", "show", name, "--json").json["slots"]
    (one,) = [s for s in found if s["code"] == code]
    return dict(one)


@pytest.mark.clause("M-4.1.1.4", "M-4.1.3.1")
def test_a_task_list_is_filled_whole_and_additions_are_counted_apart(
    call: Call, tmp_path: Path
) -> None:
    own = [*TASKS, ("环境", "本街道另查", "自选")]
    file = listed(tmp_path / "t.csv", own)
    fill = ("procedure", "fill", "minhang", "extension_tasks", file)
    seen = call(*fill, "--dry-run", "--json").json
    assert (seen["applied"], seen["classes"], seen["items"], seen["own"]) == (False, 3, 5, 1)
    assert slot(call, "minhang", "extension_tasks")["supplied"] is False
    assert "dutydesk procedure fill minhang 代码 文件" in call("procedure", "show", "minhang").out
    assert "规定 3 类 5 项，自选 1 项" in call(*fill).out
    now = slot(call, "minhang", "extension_tasks")
    assert (now["supplied"], now["own"], now["filled_from"]) == (True, 1, "t.csv")
    shown = call("procedure", "show", "minhang").out
    assert any("本街道另查" in line and "自选" in line for line in shown.splitlines())
    assert call("procedure", "check", "minhang").code == 0
    again = call(*fill, "--json").json
    assert (again["added"], again["removed"]) == ([], [])


def test_a_wrong_count_is_refused_with_its_reason_and_nothing_is_kept(
    call: Call, tmp_path: Path
) -> None:
    short = [*TASKS[:4], ("环境", "本街道另查", "自选")]
    refused = call(
        "procedure", "fill", "minhang", "extension_tasks", listed(tmp_path / "t.csv", short)
    )
    assert refused.code == 2
    assert "规定的应有 5 项，文件里 4 项；自选 1 项不算在内（依据 M-4.1.3.1）" in refused.err
    assert not (data_folder() / "procedures").exists()
    odd = listed(tmp_path / "o.csv", [("环境", "试验一", "也许")])
    said = call("procedure", "fill", "minhang", "extension_tasks", odd)
    assert (said.code, "第 2 行" in said.err or ":2" in said.err) == (2, True)
    assert call("procedure", "fill", "minhang", "nowhere", odd).code == 2
    by_another = call("procedure", "fill", "baoshan", "matters", odd)
    assert "dutydesk matters load" in by_another.err


def test_toml_and_merged_classes_fill_and_names_of_the_text_must_be_there(
    call: Call, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.append(["类别", "事项"])
    for number in range(9):
        book.active.append(["督办" if not number else None, f"试验{number}不满意"])
    book.active.merge_cells("A2:A10")
    book.save(tmp_path / "s.xlsx")
    lost = call("procedure", "fill", "jinshan", "supervision_items", tmp_path / "s.xlsx")
    assert (lost.code, "文件点了名的没有写：未评价、重复" in lost.err) == (2, True)
    items = ["不满意", "未评价", "重复", *(f"试验{number}" for number in range(6))]
    rows = ",\n".join(f'{{ class = "督办", item = "{item}" }}' for item in items)
    (tmp_path / "s.toml").write_text(f"entries = [\n{rows}]\n", encoding="utf-8")
    assert call("procedure", "fill", "jinshan", "supervision_items", tmp_path / "s.toml").code == 0
    assert slot(call, "jinshan", "supervision_items")["supplied"] is True


def test_what_the_text_gives_itself_takes_additions_only(call: Call, tmp_path: Path) -> None:
    more = listed(tmp_path / "m.csv", [("职责", "本街道另加", "自选")])
    assert call("procedure", "fill", "baoshan", "duty_domains", more).code == 0
    found = slot(call, "baoshan", "duty_domains")
    assert (found["own"], len(list(found["entries"]))) == (1, 11)  # type: ignore[call-overload]
    other = listed(tmp_path / "o.csv", [("职责", "偷偷改的")])
    refused = call("procedure", "fill", "baoshan", "duty_domains", other)
    assert (refused.code, "依据文件里没有 偷偷改的：自加的请标 自选" in refused.err) == (2, True)


def test_a_filled_list_that_was_spoilt_is_named_with_its_file(call: Call, tmp_path: Path) -> None:
    file = listed(tmp_path / "t.csv", TASKS)
    assert call("procedure", "fill", "minhang", "extension_tasks", file).code == 0
    (place,) = (data_folder() / "procedures").rglob("*.json")
    place.write_text('{"entries": 1}', encoding="utf-8")
    spoilt = call("procedure", "show", "minhang")
    assert (spoilt.code, "extension_tasks.json" in spoilt.err) == (2, True)


@pytest.mark.clause("M-4.1.1.5")
def test_each_committee_may_have_a_list_of_its_own_beside_the_prescribed_one(
    call: Call, tmp_path: Path
) -> None:
    fill = ("procedure", "fill", "minhang", "extension_tasks")
    more = listed(tmp_path / "c.csv", [*TASKS, ("环境", "河边夜查", "自选")])
    mine = ("--for", "试验居委", "--json")
    assert call(*fill, more, *mine).code == 2
    assert call(*fill, listed(tmp_path / "t.csv", TASKS)).code == 0
    seen = call(*fill, more, "--dry-run", *mine).json
    assert (seen["applied"], seen["items"], seen["own"]) == (False, 5, 1)
    assert "variants" not in slot(call, "minhang", "extension_tasks")
    assert call(*fill, more, *mine).json["added"] == ["河边夜查"]
    now = slot(call, "minhang", "extension_tasks")
    assert (now["own"], [*now["variants"]]) == (0, ["试验居委"])
    items = [entry["item"] for entry in now["variants"]["试验居委"]]
    assert items == [*(item for _class, item in TASKS), "河边夜查"]
    assert "试验居委另有 河边夜查" in call("procedure", "show", "minhang").out
    foreign = listed(tmp_path / "f.csv", [*TASKS, ("环境", "规定里没有的", "")])
    assert call(*fill, foreign, *mine).code == 2
    assert call(*fill, more, "--for", " ").code == 2
    assert [*slot(call, "minhang", "extension_tasks")["variants"]] == ["试验居委"]
