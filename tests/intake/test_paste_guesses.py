"""What a paste is taken for where nobody tuned a text for it: each field as a person reads it."""

from __future__ import annotations

from datetime import datetime

import pytest

from dutydesk.config.places import load_places
from dutydesk.intake.pasting import Pasted, recognise
from dutydesk.workflow.time.zone import ZONE

NOW = datetime(2026, 11, 22, 14, 20, tzinfo=ZONE)
PLACES = load_places(None)


def one(text: str, now: datetime = NOW) -> Pasted:
    (found,) = recognise(text, PLACES, now)
    return found


def test_a_button_beside_a_value_is_no_part_of_it() -> None:
    text = "工单编号：SH20261122-004418 复制\n诉求地址：迎园路3号 查看地图\n诉求内容：噪音 办理"
    found = one(text).fields
    assert (found["external_no"], found["place"]) == ("SH20261122-004418", "迎园路3号")
    assert found["description"] == "噪音 办理"


def test_words_behind_a_number_stay_in_the_matter() -> None:
    found = one("工单编号：SH20261122-004418（已签收）\n地址：迎园路3号").fields
    assert found["external_no"] == "SH20261122-004418"
    assert "已签收" in str(found["description"])


@pytest.mark.parametrize("number", ["演练-0501", "新绿容函（2026）18号", "JD.2026/11_7"])
def test_a_number_may_hold_words(number: str) -> None:
    assert one(f"编号：{number}\n地址：迎园路3号").number == number.replace("（", "(").replace(
        "）", ")"
    )


def test_a_label_nobody_knows_ends_the_place() -> None:
    text = "编号：SH20261122-009001，地点：迎园路9号，苗头：化粪池外溢，时限：今天18点前"
    found = one(text).fields
    assert found["place"] == "迎园路9号"
    assert found["description"] == "苗头：化粪池外溢"
    assert found["upstream_due"] == datetime(2026, 11, 22, 18, tzinfo=ZONE)


def test_the_caller_is_a_name_without_sex_or_what_follows_his_number() -> None:
    assert one("报警人：郑某，男，13800000075\n地址：迎园路3号").fields["caller"] == {
        "name": "郑某", "phone": "13800000075",
    }  # fmt: skip
    found = one("南陈路12号楼 联系人：何某13800000082 房号1203").fields
    assert found["caller"] == {"name": "何某", "phone": "13800000082"}
    assert found["description"] == "房号1203"


@pytest.mark.parametrize(
    ("due", "meant"),
    [("01-05 12:00", (2027, 1, 5, 12)), ("24日 9:30", (2026, 11, 24, 9, 30))],
)
def test_a_due_without_year_or_month_is_the_next_one(due: str, meant: tuple[int, ...]) -> None:
    found = one(f"编号：SH261122004\n地址：迎园路3号\n内容：噪音\n办结时限：{due}")
    assert found.fields["upstream_due"] == datetime(*meant, tzinfo=ZONE)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("21日22时05分迎园路6号有人争吵", (2026, 11, 21, 22, 5)),
        ("监控发现：14:02 迎园路6号违停", (2026, 11, 22, 14, 2)),
        ("迎园路6号每天早上7点有摊贩", None),
        ("迎园路6号树倒了，已通知绿化，14:30到", None),
        ("2月31日9点迎园路6号争吵", None),
        ("31日9点迎园路6号争吵", (2026, 10, 31, 9)),
    ],
)
def test_when_it_happened_is_no_habit_and_no_promise(
    text: str, meant: tuple[int, ...] | None
) -> None:
    wanted = datetime(*meant, tzinfo=ZONE) if meant else None  # type: ignore[arg-type,misc]
    assert one(text).fields.get("occurred_at") == wanted


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("迎园路6号树倒了，没有人受伤", None),
        ("迎园路6号，不存在燃气泄漏", None),
        ("迎园路6号没有人受伤；刚才又有人受伤", True),
        ("嘉乐小区2号楼电梯困人", True),
        ("嘉乐小区2号楼 水管爆裂 加急", True),
        ("嘉乐小区2号楼紧急停车带有摊贩", None),
    ],
)
def test_danger_counts_unless_it_is_denied_each_time(text: str, urgent: bool | None) -> None:
    assert one(text).fields.get("urgent") is urgent


def test_a_line_about_another_number_says_nothing_of_this_one() -> None:
    text = "工单号：H1122-02\n地址：嘉乐路70弄\n内容：下水道堵塞\n12345催办：H1122-01"
    assert one(text).standing == "open"
    assert one(text.replace("H1122-01", "H1122-02")).standing == "urged"


def test_a_number_made_of_letters_and_a_date_is_a_guess_if_it_is_the_only_one() -> None:
    found = one("SH20261122-005502 嘉乐小区8号楼 漏水")
    assert found.number == "SH20261122-005502"
    assert "external_no" in found.guessed
    assert one("摄像头YY-CC-0031 嘉乐小区8号楼违停").number == ""
    assert one("嘉乐小区8号楼 SH20261122-01 并 SH20261122-02").number == ""


def test_lines_with_a_number_each_are_orders() -> None:
    text = "12345 SH20261122-004421 迎园路4号垃圾\n110转 J2611221301 南陈路9号争吵"
    first, second = recognise(text, PLACES, NOW)
    assert (first.number, first.fields["channel"]) == ("SH20261122-004421", "hotline_12345")
    assert (second.number, second.fields["channel"]) == ("J2611221301", "police_110")


def test_a_station_is_known_by_its_own_label_and_the_story_completes_the_title() -> None:
    text = (
        "工作联系单\n联系单编号：CC-2026-1122-03\n提请单位：仓场城运工作站\n"
        "提请时间：11月22日 13:30\n事项：仓场路8弄群租扰民\n情况说明：仓场路8弄15号402室疑似群租"
    )
    found = one(text).fields
    assert found["channel"] == "station_linkage"
    assert found["place"] == "仓场路8弄15号402室"
    assert found["reported_at"] == datetime(2026, 11, 22, 13, 30, tzinfo=ZONE)


def test_a_day_of_a_chat_stands_in_no_matter_and_dates_its_messages() -> None:
    (found,) = recognise("11月21日 周六\n嘉乐居委 09:12\n嘉乐小区3号门垃圾满溢", PLACES, NOW)
    assert found.fields["place"] == "嘉乐小区3号门"
    assert found.fields["description"] == "嘉乐小区3号门垃圾满溢"
    (spaced,) = recognise("嘉乐路 20 号门口共享单车堆了一地", PLACES, NOW)
    assert spaced.fields["place"] == "嘉乐路 20 号门口"
    assert found.fields["reported_at"] == datetime(2026, 11, 21, 9, 12, tzinfo=ZONE)


def test_a_label_alone_is_kept_as_it_stands() -> None:
    assert one("编号").fields == {"description": "编号"}
