"""Loading a year's table, the desk's own days, and working days in a procedure of one's own."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cli_call import Call

from dutydesk.cli.calendar import years_missing
from dutydesk.config.calendars import read_year
from dutydesk.config.model import Settings
from dutydesk.config.procedures import FOLDER

FROM = ("due", "--from", "2026-12-30 09:00", "--json", "--limit")


def table(year: int = 2027, **other: object) -> dict[str, Any]:
    """The table of an invented year: the feasts on invented days, one make-up Sunday."""
    feasts = {
        "元旦": [(1, 1), (1, 2), (1, 3)],
        "春节": [(2, number) for number in range(5, 13)],
        "清明节": [(4, 5)],
        "劳动节": [(5, number) for number in range(1, 6)],
        "端午节": [(6, 9)],
        "中秋节": [(9, 15)],
        "国庆节": [(10, number) for number in range(1, 8)],
    }
    days = [
        {"name": name, "date": f"{year}-{month:02d}-{day:02d}", "isOffDay": True}
        for name, dates in feasts.items()
        for month, day in dates
    ]
    days.append({"name": "元旦", "date": f"{year - 1}-12-31", "isOffDay": True})
    days.append({"name": "春节", "date": f"{year}-02-14", "isOffDay": False})
    found: dict[str, Any] = {"year": year, "papers": ["https://example.test/1"], "days": days}
    return found | {"numbers": ["试字〔2026〕1号"]} | other


@pytest.fixture
def folder(call: Call, tmp_path: Path) -> Path:
    """A folder with settings that put loaded tables beside them."""
    assert call("--database", "desk.sqlite3", "init").code == 0
    settings = tmp_path / "dutydesk.toml"
    text = settings.read_text(encoding="utf-8")
    head, _calendar, rest = text.partition("[calendar]")
    settings.write_text(
        head + "[calendar]" + rest.replace('folder = ""', 'folder = "tables"', 1), encoding="utf-8"
    )
    return tmp_path


def change_settings(folder: Path, old: str, new: str) -> None:
    settings = folder / "dutydesk.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace(old, new, 1), encoding="utf-8")


def written(folder: Path, found: object) -> Path:
    place = folder / "new.json"
    place.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return place


def test_a_table_is_shown_first_and_loaded_only_when_confirmed(call: Call, folder: Path) -> None:
    file = written(folder, table())
    before = call(*FROM, "3个工作日").json
    assert before["due_at"] == "2027-01-05T00:00:00+08:00"
    assert len(before["warnings"]) == 1
    shown = call("calendar", "load", file)
    assert shown.code == 0
    assert "2026-12-31  工作日 → 节假日  元旦" in shown.out
    assert "没有改动；确认请加 --yes" in shown.out
    assert not (folder / "tables").exists()
    assert call(*FROM, "3个工作日").json == before
    loaded = call("calendar", "load", file, "--yes", "--json").json
    assert (loaded["year"], loaded["applied"], loaded["cases"]) == (2027, True, 0)
    assert {"date": "2027-02-14", "old": "rest", "new": "makeup", "name": "春节"} in loaded["days"]
    after = call(*FROM, "3个工作日").json
    assert after["due_at"] == "2027-01-07T00:00:00+08:00"
    assert after["warnings"] == []
    holiday = next(row for row in after["ledger"] if row["why"] == "holiday")
    assert (holiday["name"], holiday["source"]) == (
        "元旦",
        "试字〔2026〕1号 https://example.test/1",
    )
    checked = call("calendar", "check", "--on", "2026-12-01", "--json").json
    assert (checked["missing"], checked["loaded"]) == ([], [2027])
    again = call("calendar", "load", file, "--json").json
    assert (again["days"], again["applied"]) == ([], False)


def without(name: str) -> dict[str, Any]:
    return table(days=[day for day in table()["days"] if day["name"] != name])


def with_day(day: str, off: bool) -> dict[str, Any]:
    return table(days=[*table()["days"], {"name": "元旦", "date": day, "isOffDay": off}])


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (table(days=[]), "calendar_empty"),
        (table(papers=[], numbers=[]), "calendar_without_notice"),
        (without("端午节"), "calendar_lacks_holiday"),
        (with_day("2027-05-01", False), "calendar_contradicts_itself"),
        (with_day("2028-01-01", True), "calendar_other_year"),
        (with_day("2026-11-30", True), "calendar_other_year"),
        (table(days=[d for d in table()["days"] if d["date"] != "2027-10-03"]), "lacks_day"),
        (table(2026) | {"days": []}, "calendar_empty"),
        ([], "年度表应是一个 JSON 对象"),
        ({"year": "2027", "days": []}, 'year 写成 "2027"'),
        (table(days=[{"date": "2027-02-30", "name": "春节", "isOffDay": True}]), "days[1].date"),
        (table(days=[{"date": "2027-01-01", "name": "元旦", "isOffDay": "no"}]), "isOffDay"),
    ],
)
def test_a_table_that_cannot_be_true_is_refused_whole(
    call: Call, folder: Path, found: object, said: str
) -> None:
    answer = call("calendar", "load", written(folder, found), "--yes")
    assert answer.code == 2
    assert said in answer.err
    assert not (folder / "tables").exists()


def test_a_table_that_contradicts_the_year_beside_it_is_refused(call: Call, folder: Path) -> None:
    found = table(2022)
    found["days"].append({"name": "元旦", "date": "2022-12-31", "isOffDay": False})
    answer = call("calendar", "load", written(folder, found), "--yes")
    assert (answer.code, "calendar_contradicts_other" in answer.err) == (2, True)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"{", b""])
def test_what_is_no_json_is_refused(call: Call, folder: Path, data: bytes) -> None:
    file = folder / "new.json"
    file.write_bytes(data)
    assert call("calendar", "load", file, "--yes").code == 2
    assert call("calendar", "load", folder / "missing.json").code == 2


def test_the_shipped_tables_name_their_notices() -> None:
    for year in range(2019, 2027):
        found = read_year(year)
        assert found is not None
        assert len(found.numbers) == len(found.papers) > 0
        assert all(number.startswith("国办发明电〔") for number in found.numbers)


def test_own_days_and_slots_stand_above_the_tables(call: Call, folder: Path) -> None:
    own = """
[[calendar.day]]
date = 2026-11-28
kind = "work"
name = "防汛演练"
reason = "街道通知"

[[calendar.slot]]
weekday = 6
slots = "09:00-10:00"
"""
    settings = folder / "dutydesk.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + own, encoding="utf-8")
    found = call("due", "--from", "2026-11-27 16:30", "--limit", "3工作时", "--json").json
    assert found["due_at"] == "2026-11-30T09:30:00+08:00"
    day = next(row for row in found["ledger"] if row.get("name") == "防汛演练")
    assert (day["counted_s"], day["source"]) == (3600, "街道通知")
    rows = call("calendar", "show", "2026", "--json").json
    assert rows[331] == {
        "date": "2026-11-28", "class": "work", "name": "防汛演练", "source": "街道通知"
    }  # fmt: skip
    assert "防汛演练" in call("calendar", "check", "--on", "2026-10-01").out


@pytest.mark.parametrize(
    "own",
    [
        'day = [{date = 2026-11-28, kind = "work", reason = ""}]',
        'day = [{date = 2026-11-28, kind = "feast", reason = "x"}]',
        'slot = [{weekday = 5, slots = "12:00-08:00"}]',
        'slot = [{slots = "08:00-12:00"}]',
    ],
)
def test_bad_own_days_are_told_with_their_line_and_due_goes_on(
    call: Call, folder: Path, own: str
) -> None:
    change_settings(folder, "\n[calendar]\n", f"\n[calendar]\n{own}\n")
    assert call("cases").code == 2
    answer = call("due", "--from", "2026-11-27 16:30", "--limit", "3工作时", "--json")
    assert answer.code == 0
    assert "设置读不了" in answer.err


# ── a procedure of one's own in working days ────────────────────────────────────────────────────


def own_procedure(folder: Path, dispatch: str, version: int = 1) -> None:
    """`xinchenglu` with a dispatch limit of one's own, counted to the same time of day."""
    text = (FOLDER / "xinchenglu.toml").read_text(encoding="utf-8")
    changed = text.replace('limit = "60 min"', f'limit = "{dispatch}"', 1)
    changed = changed.replace(
        'natural_day = "rolling24h"', 'natural_day = "24h"\nworking_day = "same_clock"', 1
    )
    changed = changed.replace("\nversion = 1", f"\nversion = {version}", 1)
    head, clock, rest = changed.partition("[clocks.dispatch]")
    rest = rest.replace("warnings = [", 'warnings = [\n  { before = "1 working day" },', 1)
    (folder / "own.toml").write_text(head + clock + rest, encoding="utf-8")
    change_settings(folder, 'procedure = "xinchenglu"', 'procedure = "own.toml"')


def accepted(call: Call) -> dict[str, Any]:
    """A case that waits for its dispatch."""
    no = call(
        *("do", "-", "register", "--by", "street_centre", "--set", "channel=grid"),
        *("--set", "external_no=2611A0000001", "--set", "place=嘉乐路20号", "--set", "grid=嘉乐"),
        *("--set", "description=绿化带暴露垃圾", "--set", "category=暴露垃圾"),
    ).json["case"]
    answer = call(
        *("do", no, "accept", "--by", "commander", "--set", "as=community"), *("--set", "grid=嘉乐")
    )
    assert answer.code == 0, answer.err
    found = call("case", no, "--json").json
    clock: dict[str, Any] = next(row for row in found["clocks"] if row["clock"] == "dispatch")
    return {"no": no} | clock


def test_working_days_run_in_a_procedure_and_stay_when_the_rule_changes(
    call: Call, folder: Path
) -> None:
    own_procedure(folder, "2个工作日")
    assert call("procedure", "check", folder / "own.toml").code == 0
    clock = accepted(call)
    start = clock["started_at"]
    switch = ("--procedure", folder / "own.toml", "--json")
    same = call("due", "--from", start, "--limit", "2个工作日", *switch).json
    assert same["rule"] == "working_day:same_clock"
    assert clock["due_at"] == same["due_at"]
    assert (clock["limit"], clock["counted"]) == ("2 working days", "working_day:same_clock")
    own_procedure(folder, "9个工作日", version=2)
    found = call("case", clock["no"], "--json").json
    after = next(row for row in found["clocks"] if row["clock"] == "dispatch")
    frozen = ("due_at", "rule", "limit", "counted", "limit_s")
    assert {name: after[name] for name in frozen} == {name: clock[name] for name in frozen}


@pytest.mark.clause("X-9.1")
def test_open_cases_are_re_dated_by_a_list_with_a_reason_and_never_silently(
    call: Call, folder: Path
) -> None:
    own_procedure(folder, "2个工作日")
    clock = accepted(call)
    own_procedure(folder, "9个工作日", version=2)
    (listed,) = call("procedure", "redate", "--json").json["clocks"]
    assert (listed["due_at"], listed["rule"][-2:]) == (clock["due_at"], "/1")
    assert listed["would_be"] > clock["due_at"]
    for wrong, code in ((("--yes",), 2), (("--yes", "--reason", "改规程", "--by", "commander"), 1)):
        assert call("procedure", "redate", *wrong).code == code
    unmoved = call("case", clock["no"], "--json").json
    assert clock["due_at"] in {row["due_at"] for row in unmoved["clocks"]}
    done = call("procedure", "redate", "--yes", "--reason", "改规程", "--json").json
    found = call("case", clock["no"], "--json").json
    after = next(row for row in found["clocks"] if row["clock"] == "dispatch")
    assert (after["due_at"], after["rule"][-2:]) == (listed["would_be"], "/2")
    event = found["events"][-1]
    assert (event["event"], event["clause"], event["by"]) == ("redate", "X-9.1", "admin")
    assert (event["data"]["list"], event["data"]["reason"]) == (done["list"], "改规程")
    (moved,) = event["data"]["moved"]
    assert (moved["from"], moved["to"]) == (clock["due_at"], listed["would_be"])


def test_loading_a_table_says_which_open_cases_it_would_move_and_moves_none(
    call: Call, folder: Path
) -> None:
    own_procedure(folder, "2个工作日")
    clock = accepted(call)
    due = date.fromisoformat(clock["due_at"][:10])
    year = due.year
    own = read_year(year)
    days = [
        {"name": each.name, "date": each.date.isoformat(), "isOffDay": each.off}
        for each in (own.days if own is not None else ())
        if each.date.year == year and abs((each.date - due).days) > 3
    ] or table(year)["days"]
    between = [due - timedelta(days=1), due]
    days = [day for day in days if day["date"] not in {each.isoformat() for each in between}]
    days += [{"name": "元旦", "date": each.isoformat(), "isOffDay": True} for each in between]
    answer = call("calendar", "load", written(folder, table(year, days=days)), "--yes", "--json")
    assert answer.code == 0, answer.err
    assert answer.json["cases"] == 1
    assert (
        answer.json["clocks"][0]["due_at"]
        == clock["due_at"]
        < (answer.json["clocks"][0]["would_be"])
    )
    found = call("case", clock["no"], "--json").json
    assert clock["due_at"] in {row["due_at"] for row in found["clocks"]}
    would_be = answer.json["clocks"][0]["would_be"]
    listed = call("calendar", "redate", "--json").json
    assert [row["would_be"] for row in listed["clocks"]] == [would_be]
    done = call("calendar", "redate", "--yes", "--reason", "新表公布", "--json")
    assert (done.code, done.json["applied"]) == (0, True)
    found = call("case", clock["no"], "--json").json
    assert would_be in {row["due_at"] for row in found["clocks"]}
    assert call("calendar", "redate", "--json").json["cases"] == 0


def test_a_case_says_why_as_json_and_on_paper(call: Call, folder: Path) -> None:
    own_procedure(folder, "2个工作日")
    clock = accepted(call)
    assert clock["ledger"][0]["from"] == clock["started_at"]
    assert clock["ledger"][-1]["to"] == clock["due_at"]
    edges = [(row["from"], row["to"]) for row in clock["ledger"]]
    assert [end for _begin, end in edges[:-1]] == [begin for begin, _end in edges[1:]]
    paper = call("paper", clock["no"], "--kind", "why")
    assert paper.code == 0, paper.err
    assert paper.out.startswith("时限依据\n案件号：")
    assert "依据：2 working days；工作日当日不计，至末日同一时刻；xinchenglu/1" in paper.out


def test_the_answer_of_due_is_printed(call: Call, folder: Path) -> None:
    text = (folder / "dutydesk.toml").read_text(encoding="utf-8")
    head, _print, rest = text.partition("[print]")
    rest = rest.replace('command = ""', 'command = "cp {html} printed.html"', 1)
    (folder / "dutydesk.toml").write_text(f"{head}[print]{rest}", encoding="utf-8")
    answer = call("due", "--from", "2026-09-30 16:00", "--limit", "3个工作日", "--print")
    assert answer.code == 0, answer.err
    assert "已交给打印机" in answer.err
    page = (folder / "printed.html").read_text(encoding="utf-8")
    assert "国庆节" in page
    assert "国办发明电〔2025〕7号" in page


@pytest.mark.parametrize(("today", "said"), [("2026-10-31", ""), ("2026-11-01", "2027 年")])
def test_the_start_says_which_year_is_not_known(today: str, said: str) -> None:
    found = years_missing(Settings(), date.fromisoformat(today))
    assert bool(found) == bool(said)
    assert said in found


def test_a_due_time_in_a_year_without_table_says_so_where_the_case_is_shown(
    call: Call, folder: Path
) -> None:
    own_procedure(folder, "600个工作日")
    clock = accepted(call)
    assert "节假日安排尚未提供" in clock["warnings"][0]
    shown = call("case", clock["no"])
    assert "节假日安排尚未提供" in shown.out
    found = call("procedure", "show", folder / "own.toml", "--json").json
    (kind,) = [row for row in found["clocks"] if (row["name"], row["variant"]) == ("dispatch", "")]
    assert kind["warnings"][0]["before"] == "1 working day"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('working_day = "same_clock"', 'working_day = "9h"', "9h"),
        ('natural_day = "24h"', 'natural_day = "sometimes"', "sometimes"),
        ('before = "1 working day"', 'after = "1 working day"', "working days cannot stand here"),
        ('limit = "2个工作日"', 'limit = "两个半工作日"', "两个半工作日"),
        ('limit = "2个工作日"', 'limit = "0 working days"', "0 working days"),
    ],
)
def test_a_procedure_with_a_bad_switch_or_limit_is_refused(
    call: Call, folder: Path, old: str, new: str, said: str
) -> None:
    own_procedure(folder, "2个工作日")
    file = folder / "own.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    answer = call("procedure", "check", file)
    assert answer.code == 2
    assert said in answer.err
