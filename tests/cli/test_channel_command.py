"""`dutydesk channel` and `dutydesk outbox`: tried against a stand-in, decided by a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_call import Call

from dutydesk.bootstrap import open_desk, senders_of
from dutydesk.config.settings import load_settings
from dutydesk.notify.stand_in import StandIn

SECRET = "s3cret-of-app"
TABLE = """
[channel.app]
kind = "wecom"
carries = ["convene"]
base_url = "{url}"
corp_id = "ww1"
agent_id = 7
[[person]]
name = "演示甲"
posts = ["line_lead"]
department = "城管"
userid = "jia"
[[person]]
name = "演示乙"
posts = ["line_lead"]
department = "公安"
phone = "13800000002"
by_phone = true
"""
FIRST = '[[person]]\nname = "演示甲"'


@pytest.fixture
def platform(desk: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setenv("DUTYDESK_SECRET_CHANNEL_APP", SECRET)
    with StandIn(secret=SECRET) as running:
        file = tmp_path / "dutydesk.toml"
        text = file.read_text(encoding="utf-8") + TABLE.format(url=running.base_url)
        file.write_text(text, encoding="utf-8")
        yield running


def send(tmp_path: Path) -> None:
    """What `watch` does: one look of every sender."""
    settings = load_settings(tmp_path / "dutydesk.toml", environ={})
    with_desk = open_desk(settings)
    for sender in senders_of(settings, with_desk):
        sender.look()
    with_desk.close()


def test_probe_shows_each_reply_and_a_wrong_secret_is_said(
    desk: Call, platform: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = desk("channel", "probe", "app", "--to", "jia")
    assert (good.code, good.out.count("✓")) == (0, 3)
    platform.always = "ip"
    refused = desk("channel", "probe", "app", "--to", "jia", "--json")
    assert refused.code == 4
    assert refused.json["steps"][-1]["said"].startswith("平台不许从这个地址访问 10.9.8.7")
    monkeypatch.setenv("DUTYDESK_SECRET_CHANNEL_APP", "wr0ng")
    wrong = desk("channel", "probe", "app", "--to", "jia")
    assert wrong.code == 4
    assert "应用密钥不对（40001）；dutydesk secret set" in wrong.out
    assert "wr0ng" not in wrong.out + wrong.err
    unknown = desk("channel", "probe", "ap")
    assert (unknown.code, "最接近的是 app" in unknown.err) == (2, True)


@pytest.mark.clause("X-5.2.4.1", "X-7.1.2")
def test_a_convening_waits_for_its_messages_and_a_telephone_call_can_stand_in(
    desk: Call, platform: StandIn, tmp_path: Path
) -> None:
    given = ("--set", "place=嘉乐小区", "--set", "description=设摊", "--set", "grid=嘉乐")
    more = ("--set", "category=占道设摊", "--set", "channel=dept_linkage")
    no = desk("do", "-", "register", "--by", "commander", *given, *more).json["case"]
    lead = ("--set", "lead=城管", "--set", "parties=城管,公安", "--set", "difficulty=simple")
    desk("do", no, "accept", "--by", "commander", "--set", "as=linkage", *lead)
    meet = ("--set", "time=2099-01-01T10:00:00+08:00", "--set", "location=北门")
    meet += ("--set", "mode=offline", "--set", "parties=城管,公安")
    asked = desk("do", no, "convene", "--by", "commander", "--key", "k1", *meet)
    assert (asked.json["state"], asked.json["pushed"]) == ("to_coordinate", True)
    again = desk("do", no, "convene", "--by", "commander", "--key", "k1", *meet)
    assert again.json["repeated"]

    send(tmp_path)
    rows = {row["recipient"]: row for row in desk("outbox", "list", "--all", "--json").lines}
    assert {name: row["state"] for name, row in rows.items()} == {"城管": "SENT", "公安": "FAILED"}
    assert rows["公安"]["message"].startswith("这个人在此渠道没有账号")
    assert SECRET not in str(rows)
    done = desk("outbox", "confirm", rows["公安"]["key"])
    assert done.code == 0
    assert desk("case", no, "--json").json["state"] == "awaiting_response"
    assert len(platform.accepted) == 1

    answered = ("--set", "party=城管", "--set", "outcome=arrived")
    assert desk("do", no, "confirm_response", "--by", "commander", *answered).code == 0
    logins = {row["person"]: row for row in desk("channel", "login", "--json").json}
    assert (logins["演示甲"]["state"], logins["演示甲"]["source"]) == ("in", "reply")
    assert (logins["演示乙"]["state"], logins["演示乙"]["account"]) == ("unknown", False)
    assert "未登录" in desk("channel", "login", "演示乙", "out").out
    assert desk("channel", "login", "无此人", "in").code == 2
    counts = {row["recipient"]: row for row in desk("outbox", "counts", "--json").lines}
    assert (counts["城管"]["sent"], counts["城管"]["replied"]) == (1, 1)
    assert (counts["公安"]["pushed"], counts["公安"]["replied"]) == (1, 0)


@pytest.mark.usefixtures("platform")
def test_a_roster_with_somebody_whom_nothing_reaches_is_refused_by_line_and_name(
    desk: Call, tmp_path: Path
) -> None:
    file = tmp_path / "dutydesk.toml"
    good = file.read_text(encoding="utf-8")
    line = good[: good.rindex("[[person]]")].count("\n") + 1
    for wrong in ("by_phone = true\n", 'phone = "13800000002"\n'):
        file.write_text(good.replace(wrong, ""), encoding="utf-8")
        refused = desk("cases")
        assert refused.code == 2
        assert "演示乙（line_lead）没有 userid，渠道 app" in refused.err
        assert f"{file}" in refused.err
        assert str(line) in refused.err
        found = {one["name"]: one for one in desk("doctor", "--json").json}
        assert not found["accounts"]["ok"]
    by_hand = good[: good.index("[channel.app]")] + good[good.index(FIRST) :]
    file.write_text(by_hand.replace("by_phone = true\n", ""), encoding="utf-8")
    assert desk("cases").code == 0
    rota = '[[rota]]\npost = "line_lead"\ndepartment = "城管"\nnames = ["无账号"]\n'
    rota += 'rule = "FREQ=DAILY"\nstart = 2026-11-02\n'
    file.write_text(good + rota, encoding="utf-8")
    assert "rota[1]：无账号" in desk("cases").err
    robot = good.replace('"wecom"', '"robot"').replace("by_phone = true\n", "")
    file.write_text(robot, encoding="utf-8")
    assert desk("cases").code == 0


@pytest.mark.usefixtures("platform")
def test_doctor_names_who_cannot_be_reached_and_bad_tables_are_told(
    desk: Call, tmp_path: Path
) -> None:
    found = {one["name"]: one for one in desk("doctor", "--json").json}
    assert "演示乙" in found["accounts"]["detail"]
    assert found["channels"]["ok"]
    file = tmp_path / "dutydesk.toml"
    good = file.read_text(encoding="utf-8")
    for wrong, right, told in (
        ('kind = "wecom"', 'kind = "wecomm"', "最接近的是 wecom"),
        ('corp_id = "ww1"', "", "要写 corp_id"),
        ('carries = ["convene"]', 'carries = ["convene", "xx"]', "没有“xx”这种消息"),
    ):
        file.write_text(good.replace(wrong, right), encoding="utf-8")
        bad = desk("cases")
        assert (bad.code, told in bad.err) == (2, True), bad.err
    assert desk("channel", "stand-in", "--fault", "slwo").code == 2
    file.write_text(good, encoding="utf-8")
    unknown = desk("outbox", "resend", "none")
    assert (unknown.code, "没有这条消息" in unknown.err) == (2, True)
    assert desk("secret", "list").out.splitlines()[1].startswith("channel_app")
