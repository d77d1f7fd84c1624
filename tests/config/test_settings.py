"""The settings file: found, opened key by key, and its faults told with key and line."""

from __future__ import annotations

import re
import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from dutydesk.config.calendars import shipped_calendar
from dutydesk.config.channels import Channel
from dutydesk.config.model import Extension, Person, Rota, Settings
from dutydesk.config.settings import (
    find_file,
    load_settings,
    parse_settings,
    render_template,
    template,
    user_file,
)
from dutydesk.config.table import Table
from dutydesk.config.workdays import DaySlots, OwnDay
from dutydesk.errors import BadInput

TOP_LEVEL = Path(__file__).parents[2] / "dutydesk.toml"
EVERY_EXAMPLE_ON = re.compile(r"(?m)^#(?=\S)")


def keys_of(data: dict[str, Any], before: str = "") -> set[str]:
    """`desk.area`, `person.name`, …: every key of a tree of tables."""
    found: set[str] = set()
    for key, value in data.items():
        if before + key == "channel":
            found |= {each for table in value.values() for each in keys_of(table, "channel.")}
            continue
        tables = value if isinstance(value, list) else [value]
        if tables and all(isinstance(entry, dict) for entry in tables):
            for entry in tables:
                found |= keys_of(entry, f"{before}{key}.")
        else:
            found.add(before + key)
    return found


def keys_of_model(model: type[BaseModel], before: str = "") -> set[str]:
    """The same, of what the settings know."""
    inside = {"extension": Extension, "person": Person, "rota": Rota}
    inside |= {"slot": DaySlots, "day": OwnDay, "channel": Channel}
    found: set[str] = set()
    for key, field in model.model_fields.items():
        table = inside.get(key) or field.annotation
        if isinstance(table, type) and issubclass(table, Table):
            found |= keys_of_model(table, f"{before}{key}.")
        else:
            found.add(before + key)
    return found


def fault(text: str) -> BadInput:
    with pytest.raises(BadInput) as caught:
        parse_settings(text)
    return caught.value


def test_the_top_level_file_is_the_one_that_init_writes() -> None:
    assert TOP_LEVEL.read_text(encoding="utf-8") == template()


def test_the_file_as_shipped_says_what_holds_without_it() -> None:
    assert parse_settings(template()) == Settings()


def test_every_key_stands_in_the_file_and_every_key_of_the_file_is_read() -> None:
    opened = EVERY_EXAMPLE_ON.sub("", template())

    assert keys_of(tomllib.loads(opened)) == keys_of_model(Settings)
    read = parse_settings(opened)
    assert read.person[0].phone == "13800000001"
    assert read.rota[0].names == ("演示乙", "演示丙")
    assert read.hours.extension[1].span is None


def test_every_key_has_its_comment_above_it() -> None:
    lines = template().splitlines()
    keys = [number for number, line in enumerate(lines) if re.match(r"#?\w+ = ", line)]

    bare = [lines[number] for number in keys if not lines[number - 1].startswith("# ")]
    assert bare == []
    assert len(keys) == 73


def test_every_key_changes_what_the_settings_hold() -> None:
    changed = {
        '[desk]\narea = "140902"': "desk",
        '[desk]\nprocedure = "jinshan"': "desk",
        '[desk]\nlanguage = "en"': "desk",
        '[desk]\noperator = "演示甲"': "desk",
        '[desk]\nseat = "一号席"': "desk",
        '[desk]\nplaces = "mine.toml"': "desk",
        '[database]\nurl = "desk.sqlite3"': "database",
        '[hours]\nopen = "08:00"': "hours",
        '[hours]\nclose = "20:00"': "hours",
        '[calendar]\nslots = "09:00-12:00"': "calendar",
        '[calendar]\nfolder = "tables"': "calendar",
        '[alarm]\nbell = "off"': "alarm",
        '[alarm]\ncommand = "paplay bell.wav"': "alarm",
        '[alarm]\nurgent_command = "paplay siren.wav"': "alarm",
        "[alarm]\nsweep_seconds = 60": "alarm",
        '[inbox]\nfolder = "in"': "inbox",
        "[inbox]\nevery_seconds = 5": "inbox",
        '[board]\nfolder = "/mnt/second"': "board",
        '[board]\nevery = "1 h"': "board",
        "[board]\nkeep = 5": "board",
        "[fallback]\nmin_operators = 2": "fallback",
        "[fallback]\nmin_commander = 3": "fallback",
        "[fallback]\nmin_leads = 0": "fallback",
        '[files]\npictures = "photos"': "files",
        '[files]\nclipboard = "wl-paste --type image/png"': "files",
        '[files]\nopen = "xdg-open {file}"': "files",
        '[print]\ncommand = "lp -d office {file}"': "print",
    }
    for text, table in changed.items():
        read = parse_settings(text)
        assert getattr(read, table) != getattr(Settings(), table), text


class TestWhereItIsFound:
    @pytest.fixture
    def here(self, tmp_path: Path) -> Path:
        (tmp_path / "dutydesk.toml").write_text('[desk]\nseat = "here"', encoding="utf-8")
        return tmp_path

    def seat(self, **found: Any) -> str:
        return load_settings(**found).desk.seat

    def test_the_option_wins_then_the_environment_then_this_folder(self, here: Path) -> None:
        option, named = here / "a.toml", here / "b.toml"
        option.write_text('[desk]\nseat = "option"', encoding="utf-8")
        named.write_text('[desk]\nseat = "environment"', encoding="utf-8")
        environ = {"DUTYDESK_CONFIG": str(named)}

        assert self.seat(config=option, environ=environ, here=here) == "option"
        assert self.seat(environ=environ, here=here) == "environment"
        assert self.seat(environ={}, here=here) == "here"

    def test_then_the_users_folder_then_the_shipped_defaults(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        empty = tmp_path / "empty"
        empty.mkdir()
        assert find_file(environ={}, here=empty) is None
        assert load_settings(environ={}, here=empty) == Settings()

        user_file().parent.mkdir(parents=True)
        user_file().write_text('[desk]\nseat = "user"', encoding="utf-8")
        assert self.seat(environ={}, here=empty) == "user"

    def test_a_file_that_was_named_must_be_there(self, tmp_path: Path) -> None:
        missing = tmp_path / "none.toml"
        with pytest.raises(BadInput) as caught:
            load_settings(missing, environ={}, here=tmp_path)
        assert caught.value.file == str(missing)
        assert "dutydesk init" in caught.value.message

    def test_the_database_option_wins_over_environment_and_file(self, tmp_path: Path) -> None:
        (tmp_path / "dutydesk.toml").write_text('[database]\nurl = "set.db"', encoding="utf-8")
        environ = {"DUTYDESK_DATABASE": "postgresql://desk@server/duty"}

        by_option = load_settings(database="mine.db", environ=environ, here=tmp_path)
        by_environment = load_settings(environ=environ, here=tmp_path)
        by_file = load_settings(environ={}, here=tmp_path)

        assert by_option.database.url == str(tmp_path / "mine.db")
        assert by_environment.database.url == "postgresql://desk@server/duty"
        assert by_file.database.url == "set.db"

    def test_a_path_in_the_file_is_meant_from_the_file(self, here: Path) -> None:
        settings = load_settings(environ={}, here=here)
        assert settings.file == here / "dutydesk.toml"
        assert settings.path("inbox") == here / "inbox"


class TestFaults:
    def test_an_unknown_key_is_told_with_line_and_nearest_key(self) -> None:
        error = fault('[desk]\nseat = "一"\noprator = "演示甲"\n')
        assert (error.file, error.line) == ("dutydesk.toml", 3)
        assert error.message == "不认识的键 desk.oprator；最接近的是 operator"

    def test_an_unknown_table_too(self) -> None:
        error = fault('[databse]\nurl = ""\n')
        assert error.line == 1
        assert error.message == "不认识的键 databse；最接近的是 database"

    def test_in_a_list_of_tables_the_right_one_is_named(self) -> None:
        error = fault('[[person]]\nname = "演示甲"\n\n[[person]]\nname = "演示乙"\nphon = "1"\n')
        assert error.line == 6
        assert error.message == "不认识的键 person[2].phon；最接近的是 phone"

    def test_a_wrong_type_says_what_was_expected(self) -> None:
        error = fault("[desk]\narea = 140901\n")
        assert error.line == 2
        assert error.message == "desk.area 的值不对，读到 140901"
        assert error.expected == "应为带引号的文字"

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('[board]\nkeep = "3"', "应为整数，不加引号"),
            ("[board]\nkeep = 0", "应不小于 1"),
            ("[alarm]\nsweep_seconds = 4", "应不小于 5"),
            ("[alarm]\nsweep_seconds = 601", "应不大于 600"),
            ("[fallback]\nmin_leads = 4", "应不大于 3"),
            ('[desk]\narea = "1409"', '应为 6 位数字，例如 "140901"'),
            ('[alarm]\nbell = "loud"', "应为 'terminal', 'command', 'off'"),
            ('[hours]\nextension = "late"', '应为列表，例如 ["甲", "乙"]'),
            ("[inbox]\nfolder = true", "应为带引号的文字"),
        ],
    )
    def test_types_and_bounds(self, text: str, expected: str) -> None:
        error = fault(text)
        assert (error.line, error.expected) == (2, expected)

    @pytest.mark.parametrize(
        ("value", "told"),
        [
            ('"0 min"', "“0 min”不是时限"),
            ('"三十"', "“三十”不是时限"),
            ('"2 working days"', "只能用分钟或小时"),
            ('"25 h"', "最多 24 小时"),
            ("30", "应为带引号的时限"),
        ],
    )
    def test_a_bad_limit(self, value: str, told: str) -> None:
        error = fault(f"[board]\nevery = {value}\n")
        assert error.line == 2
        assert error.message.startswith("board.every：")
        assert told in error.message

    @pytest.mark.parametrize("value", ["25:00", "08:60", "八点", "24:01"])
    def test_a_bad_time_of_day(self, value: str) -> None:
        error = fault(f'[hours]\nopen = "{value}"\n')
        assert error.line == 2
        assert error.message == f'hours.open：“{value}”不是时刻，应写成 "08:30"（00:00 至 24:00）'

    def test_hours_that_run_backwards(self) -> None:
        assert fault('[hours]\nopen = "20:00"\n').message == "hours：close 19:00 要晚于 open 20:00"

    def test_a_file_that_is_no_toml_gives_line_and_column(self) -> None:
        error = fault("[desk]\narea 140901\n")
        assert (error.line, error.column) == (2, 6)

    def test_a_file_that_is_no_utf_8(self, tmp_path: Path) -> None:
        file = tmp_path / "dutydesk.toml"
        file.write_bytes('[desk]\noperator = "演示甲"\n'.encode("gbk"))
        with pytest.raises(BadInput, match="UTF-8"):
            load_settings(file, environ={})

    def test_the_other_faults_are_counted(self) -> None:
        assert fault("[desk]\nseat = 1\n[board]\nkeep = 0\n").message.endswith("（另有 1 处错误）")

    @pytest.mark.parametrize(
        "rule",
        [
            "",
            "daily",
            "FREQ=HOURLY",
            "FREQ=DAILY;BYDAY=XX",
            "FREQ=DAILY;UNTIL=20200101",
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=DAILY;INTERVAL=-1",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;BYHOUR=5,6",
        ],
    )
    def test_a_rota_rule_that_gives_no_turn(self, rule: str) -> None:
        line = f'rule = "{rule}"\nstart = 2026-11-02\n'
        error = fault(f'[[rota]]\npost = "commander"\nnames = ["演示甲"]\n{line}')
        assert error.line == 1
        assert error.message.startswith("rota[1]：rule")


@pytest.mark.clause("X-5.1.1", "X-5.1.2")
def test_hours_are_extended_at_both_ends_for_an_area_or_a_date() -> None:
    settings = parse_settings(
        """
        [hours]
        open = "09:00"
        close = "17:00"
        [[hours.extension]]
        weekday = 5
        open = "08:00"
        close = "21:00"
        [[hours.extension]]
        area = "140902"
        date = 2026-11-28
        open = "10:00"
        close = "24:00"
        """
    )
    west = settings.hours.planned("140901", shipped_calendar())
    east = settings.hours.planned("140902", shipped_calendar())
    monday, friday, saturday = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)

    def spans(day: date) -> list[tuple[str, timedelta] | None]:
        windows = (west.window(day), east.window(day))
        return [w and (f"{w.opens_at:%H:%M}", w.closes_at - w.opens_at) for w in windows]

    assert spans(monday) == [("09:00", timedelta(hours=8))] * 2
    assert spans(friday) == [("08:00", timedelta(hours=13))] * 2
    assert spans(saturday) == [None, ("10:00", timedelta(hours=14))]
    assert settings.hours.extension[1].close == time(0)


def test_init_writes_the_template_for_an_area() -> None:
    text = render_template(area="140902", procedure="xinchenglu")
    assert parse_settings(text).desk.area == "140902"
    assert len(text.splitlines()) == len(template().splitlines())
    with pytest.raises(BadInput):
        render_template(area="1409")
