"""What each channel makes of what a platform answers, and of what nobody answers."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outbox_stage import Stage, channel

from dutydesk.notify import lengths
from dutydesk.notify.channel import Letter, Post
from dutydesk.notify.stand_in import StandIn
from dutydesk.views.outbox import reason_words

Make = Callable[..., Stage]
OWN = Path(__file__).parent / "own_certificate.pem"
ONE = Post("m#1", (Letter("m", "请到场", "公安", "u-公安"),))


@pytest.mark.parametrize("kind", ["wecom", "robot"])
@pytest.mark.parametrize(
    ("fault", "state", "reason"),
    [
        ("slow", "UNKNOWN", "no_answer timeout"),
        ("drop", "UNKNOWN", "no_answer RemoteDisconnected"),
        ("no-json", "UNKNOWN", "no_json"),
        ("http-500", "UNKNOWN", "http 502"),
        ("busy", "DRAFT", "busy -1"),
        ("too-often", "DRAFT", "too_often 45009"),
        ("ip", "FAILED", "ip_not_allowed 10.9.8.7"),
        ("bad-key", "FAILED", "bad_key 93000"),
    ],
)
def test_what_each_fault_means(
    platform: StandIn, kind: str, fault: str, state: str, reason: str
) -> None:
    out = channel(kind, platform.base_url, {"timeout_seconds": 1})
    platform.slow_s = 1.3
    platform.faults.append(fault)
    reply = out.send(ONE)["m"]
    assert (reply.state, reply.reason) == (state, reason)


def test_a_token_that_goes_early_is_fetched_once_more_and_the_message_sent_once(
    platform: StandIn,
) -> None:
    out = channel("wecom", platform.base_url, {})
    platform.faults.append("token-early")
    assert out.send(ONE)["m"].receipt == "msg-1"
    assert list(platform.asked) == ["gettoken", "message/send", "gettoken", "message/send"]
    platform.always = "token-early"
    assert out.send(ONE)["m"].reason == "errcode 42001 access_token expired"
    assert list(platform.asked)[4:] == ["message/send", "gettoken", "message/send"]
    assert len(platform.accepted) == 1


@pytest.mark.parametrize("kind", ["wecom", "robot"])
def test_of_a_text_that_is_too_long_the_record_says_that_it_was_cut(
    platform: StandIn, kind: str
) -> None:
    out = channel(kind, platform.base_url, {})
    long = Post("n#1", (Letter("n", "请快" * 400, "公安", "u-公安"),))
    assert (out.send(ONE)["m"].reason, out.send(long)["n"].reason) == (None, "cut 2048")
    assert reason_words("cut 2048").startswith("太长，只发出前 2048 字节")


def test_errcode_0_with_invaliduser_is_not_delivered_to_that_one(platform: StandIn) -> None:
    out = channel("wecom", platform.base_url, {})
    letters = tuple(Letter(n, "请到场", n, f"u-{n}") for n in ("公安", "城管"))
    platform.faults.append("partial")
    replies = out.send(Post("m#1", letters))
    assert replies["公安"].reason == "invaliduser u-公安"
    assert [replies[n].state for n in ("公安", "城管")] == ["FAILED", "SENT"]


def test_the_duplicate_check_makes_a_second_sending_of_an_unclear_one_harmless(
    platform: StandIn,
) -> None:
    out = channel("wecom", platform.base_url, {})
    platform.faults.append("drop")
    assert out.send(ONE)["m"].state == "UNKNOWN"
    assert out.send(ONE)["m"].state == "SENT"
    assert len(platform.accepted) == 1


def test_a_wrong_secret_stops_and_stands_in_no_row(stage: Make) -> None:
    desk = stage("wecom", secret="wr0ng-s3cret")
    desk.put("公安")
    assert desk.go(seconds=60) == 1
    assert desk.states()["公安"] == ("FAILED", "bad_secret 40001")
    assert "wr0ng" not in str(desk.rows())


def test_an_unreachable_host_is_tried_three_times_and_said(stage: Make) -> None:
    desk = stage(base_url="http://127.0.0.1:9")
    desk.put("公安")
    desk.go(seconds=60)
    state, reason = desk.states()["公安"]
    assert (state, reason) == ("FAILED", "unreachable 127.0.0.1:9 Connection refused")
    assert desk.rows()[0].tries == 3
    assert "k3y" not in str(desk.rows())


def test_a_certificate_that_fails_is_said_and_one_that_is_known_is_taken() -> None:
    with StandIn(secret="s3cret-app", key="k3y-of-robot") as platform:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(OWN)
        server = platform._server
        server.socket = context.wrap_socket(server.socket, server_side=True)
        url = platform.base_url.replace("http:", "https:")
        reply = channel("robot", url, {}).send(ONE)["m"]
        assert (reply.state, reply.reason) == ("FAILED", "certificate self-signed certificate")
        assert channel("robot", url, {"ca_file": str(OWN)}).send(ONE)["m"].state == "SENT"
        reply = channel("robot", url, {"ca_file": "none.pem"}).send(ONE)["m"]
        assert reply.reason == "ca_file none.pem"


def test_nobody_is_mentioned_by_what_a_citizen_wrote_and_markdown_means_nothing(
    platform: StandIn,
) -> None:
    text = "**急** <@all> [点我](http://x) <font color='red'>"
    post = Post("m#1", (Letter("m", text, "公安", "zhang"),))
    channel("robot", platform.base_url, {}).send(post)
    channel("robot", platform.base_url, {"markdown": True}).send(post)
    plain, marked = (one["body"] for one in platform.accepted)
    assert "<@" not in plain["text"]["content"]
    assert marked["markdown"]["content"].endswith("\n<@zhang>")
    assert not set("*[]`#") & set(marked["markdown"]["content"])


@given(st.text(max_size=1500), st.integers(min_value=8, max_value=4096))
def test_a_text_is_cut_between_two_characters(text: str, most: int) -> None:
    text = text.encode("utf-8", "ignore").decode()
    cut = lengths.cut_bytes(text, most)
    assert lengths.size(cut) <= most
    assert cut == text or text.startswith(cut.removesuffix("…"))


def test_a_desktop_notification_is_a_command_without_a_shell(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    out = channel("desktop", "http://127.0.0.1", {"command": f"cp {{title}} {mark}"})
    (tmp_path / "a").write_text("x")
    good = Post("m#1", (Letter("m", str(tmp_path / "a"), "公安"),))
    bad = Post("m#1", (Letter("m", f"x; touch {mark}", "公安"),))
    assert out.send(bad)["m"].reason == "exit 1"
    assert not mark.exists()
    assert out.send(good)["m"].state == "SENT"
