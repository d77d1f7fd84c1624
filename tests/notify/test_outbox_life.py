"""The life of a message: sent after its commit, in the pace of its channel, never twice unseen."""

from __future__ import annotations

import itertools
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest
from outbox_stage import Stage

from dutydesk.clock import ZONE, ManualClock
from dutydesk.notify.one_post import _claimed
from dutydesk.notify.stand_in import StandIn
from dutydesk.notify.worker import Sender
from dutydesk.storage import Sending, Store, sending
from dutydesk.storage.queries import outbox as queries

Make = Callable[..., Stage]
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
NAMES = ("公安", "城管", "市场监管")


def test_one_text_for_three_is_one_post_to_the_group_and_all_are_sent(stage: Make) -> None:
    desk = stage()
    desk.put(*NAMES)
    assert desk.go() == 1
    assert desk.texts == ["请到场"]
    assert desk.platform.accepted[0]["body"]["text"]["mentioned_list"] == [f"u-{n}" for n in NAMES]
    assert desk.states() == dict.fromkeys(NAMES, ("SENT", None))
    assert desk.settled == 1
    assert desk.go() == 0


def test_a_robot_is_paced_and_what_waits_in_a_crowd_is_merged(stage: Make) -> None:
    desk = stage()
    for number in range(100):
        desk.put("城管", text=f"第{number}件：{'超时' * 40}", key=f"m{number:03}")
    assert desk.go(seconds=60) <= 20
    assert len(desk.platform.accepted) > 1
    assert all(len(text.encode()) <= 2048 for text in desk.texts)
    desk.go(seconds=60)
    assert {row.state for row in desk.rows()} == {"SENT"}
    assert [f"第{n}件" for n in range(100) if f"第{n}件：" not in "".join(desk.texts)] == []
    attempts = sorted({row.attempted_at for row in desk.rows() if row.attempted_at})
    gaps = [(b - a).total_seconds() for a, b in itertools.pairwise(attempts)]
    assert min(gaps) >= 3


def test_accepted_then_dropped_is_unknown_and_is_not_sent_again_by_itself(stage: Make) -> None:
    desk = stage()
    desk.platform.faults.append("drop")
    desk.put("公安")
    desk.go(seconds=300)
    assert desk.states() == {"公安": ("UNKNOWN", "no_answer RemoteDisconnected")}
    assert len(desk.platform.accepted) == 1


def test_what_was_put_off_is_tried_again_and_at_last_has_failed(stage: Make) -> None:
    desk = stage()
    desk.platform.faults.append("busy")
    desk.put("公安")
    assert desk.go(seconds=14) == 1
    assert desk.go(seconds=1) == 1
    assert desk.states()["公安"][0] == "SENT"
    desk.platform.always = "busy"
    desk.put("城管", text="另一条", key="n")
    desk.go(seconds=120)
    assert desk.states()["城管"] == ("FAILED", "busy -1")
    assert [row.tries for row in desk.rows()] == [2, 3]


def test_a_newer_word_replaces_what_has_not_gone_out_and_old_ones_are_dropped(stage: Make) -> None:
    desk = stage(max_age="30 分钟")
    desk.put("公安")
    desk.clock.advance(minutes=31)
    desk.put("城管")
    desk.go()
    assert desk.states() == {"公安": ("DROPPED", "too_old"), "城管": ("SENT", None)}


def test_whoever_has_no_account_is_told_apart_and_the_others_get_theirs(stage: Make) -> None:
    desk = stage("wecom")
    desk.put("没有账号", "城管")
    desk.go()
    assert desk.states() == {"没有账号": ("FAILED", "no_address"), "城管": ("SENT", None)}


def test_killed_before_the_intent_it_is_sent_later_after_it_it_goes_to_a_person(
    stage: Make,
) -> None:
    desk = stage()
    desk.put("公安")
    # The process ends here: the intent is in the store, and nobody knows whether it went out.
    assert _claimed(desk.office) is not None
    assert desk.states()["公安"][0] == "SENDING"
    assert desk.go(seconds=119) == 0
    desk.go(seconds=2)
    assert desk.states()["公安"] == ("UNKNOWN", "cut_off")
    assert desk.texts == []


WORKER = """
import sys
from pathlib import Path
from outbox_stage import AREA, channel
from dutydesk.clock import ManualClock, ZONE
from datetime import datetime
from dutydesk.notify.office import Office
from dutydesk.notify.one_post import one_post
from dutydesk.storage import Store
store = Store.open("sqlite:///" + sys.argv[1])
clock = ManualClock(datetime(2026, 11, 23, 9, 0, tzinfo=ZONE))
office = Office(store, AREA, channel("robot", sys.argv[2], {}), clock,
                lambda name, at: "", lambda: None)
print("ready", flush=True)
one_post(office)
"""


def test_a_process_killed_while_the_platform_thinks_never_sends_twice(
    stage: Make, platform: StandIn, tmp_path: Path
) -> None:
    desk = stage(store=tmp_path / "desk.sqlite3")
    desk.put("公安")
    platform.faults.append("slow")
    command = [sys.executable, "-c", WORKER, str(tmp_path / "desk.sqlite3"), platform.base_url]
    worker = subprocess.Popen(command, cwd=Path(__file__).parent, stdout=subprocess.PIPE)
    deadline = time.monotonic() + 20
    while not platform.accepted and time.monotonic() < deadline:
        time.sleep(0.01)
    worker.send_signal(signal.SIGKILL)
    worker.communicate()
    assert desk.states()["公安"][0] == "SENDING"
    desk.go(seconds=121)
    assert desk.states()["公安"] == ("UNKNOWN", "cut_off")
    assert len(platform.accepted) == 1


def test_a_late_reply_does_not_overwrite_what_a_person_has_said_since(stage: Make) -> None:
    desk = stage()
    desk.put("公安")
    post = _claimed(desk.office)
    assert post is not None
    store: Store = desk.store
    with store.unit() as unit:
        sending.record(
            unit.connection, "m|公安", None, desk.clock.now(), Sending.SENT, confirmed_by="陈安"
        )
        late = sending.record(
            unit.connection, "m|公安", post.attempt, desk.clock.now(), Sending.FAILED
        )
    assert not late
    assert desk.states()["公安"][0] == "SENT"


def test_a_member_gets_no_more_in_a_minute_than_the_platform_delivers(stage: Make) -> None:
    desk = stage("wecom")
    for number in range(35):
        desk.put("城管", text=f"第{number}条", key=f"m{number:02}")
    desk.put("公安", text="另一人", key="z")
    desk.go()
    assert len(desk.platform.accepted) == 31
    desk.go(seconds=60)
    assert len(desk.platform.accepted) == 36


@pytest.mark.postgres
def test_two_processes_on_one_server_send_each_message_once(
    postgres: str, platform: StandIn
) -> None:
    clock = ManualClock(MORNING)
    with Store.open(postgres, create=True) as one, Store.open(postgres) as other:
        desks = [Stage(store, platform, clock, "wecom", {}) for store in (one, other)]
        for number in range(20):
            desks[0].put("城管", text=f"第{number}条", key=f"m{number:02}")
        threads = [Thread(target=desk.go) for desk in desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(desks[0].texts) == sorted(f"第{n}条" for n in range(20))
        assert {row.state for row in desks[1].rows()} == {"SENT"}
        with one.reading() as connection:
            assert queries.listed(connection, "140901", all_=True, most=9)[0].state == "SENT"
            assert queries.count(connection, "140901") == 0
            assert queries.refused(connection, "140901") == []
            assert queries.of_case(connection, "none") == []
            assert sending.urgent(connection, ["none"]) == set()
            assert sending.told_before(connection, ["none"]) == set()
            assert len(queries.sent_to(connection, "140901", MORNING, clock.advance(hours=1))) == 1


def test_while_a_platform_thinks_nobody_waits_for_the_store(
    stage: Make, platform: StandIn, tmp_path: Path
) -> None:
    desk = stage(store=tmp_path / "desk.sqlite3")
    desk.put("公安")
    platform.always = "slow"
    sender = Sender(desk.office)
    sender.start()
    deadline = time.monotonic() + 10
    while not platform.accepted and time.monotonic() < deadline:
        time.sleep(0.005)
    begun = time.monotonic()
    with desk.store.unit() as unit:
        unit.touch()
    assert time.monotonic() - begun < platform.slow_s / 3
    assert desk.states()["公安"][0] == "SENDING"
    while desk.states()["公安"][0] != "SENT" and time.monotonic() < deadline:
        time.sleep(0.01)
    sender.stop()
    assert desk.states()["公安"] == ("SENT", None)
