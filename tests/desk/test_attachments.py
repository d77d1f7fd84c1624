"""Files of a result are copied and hashed; what is missing is said by an empty digest."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.attachments import AttachmentFolder
from dutydesk.intake.dropped import source
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.cases.model import Actor, Attachment, Case
from dutydesk.workflow.time.zone import parse_instant

START = parse_instant("2026-11-23T09:00")


def at_station(folder: Path) -> tuple[Desk, ManualClock, Case]:
    clock = ManualClock(START)
    desk = memory_desk(clock)
    desk.files = AttachmentFolder(folder)
    fields = {"channel": "walk_in", "place": "嘉乐路", "description": "垃圾", "grid": "嘉乐"}
    case = done(desk, clock, None, "register", **fields, category="暴露垃圾")
    done(desk, clock, case.no, "accept", **{"as": "community", "grid": "嘉乐"})
    due = START + timedelta(hours=9)
    return desk, clock, done(desk, clock, case.no, "dispatch", station="嘉乐", due=due)


def done(desk: Desk, clock: ManualClock, no: str | None, verb: str, **fields: object) -> Case:
    now: datetime = clock.advance(minutes=1)
    case = desk.execute(Act(verb, Actor("commander"), now, now, case=no, fields=fields)).case
    assert case is not None
    return case


@pytest.mark.clause("X-5.2.5.3")
def test_a_result_keeps_copies_of_its_photos_with_their_hash(tmp_path: Path) -> None:
    photo = tmp_path / "前 照.JPG"
    photo.write_bytes(b"before")
    desk, clock, case = at_station(tmp_path / "files")

    given = [
        {"kind": "photo_before", "file": f"'{photo}'"},
        {"kind": "photo_after", "file": "手机里.jpg"},
    ]
    filed = done(desk, clock, case.no, "file_result", text="已清理", attachments=given)

    digest = hashlib.sha256(b"before").hexdigest()
    assert filed.attachments == (
        Attachment("photo_before", f"'{photo}'", digest, "嘉乐社区网格"),
        Attachment("photo_after", "手机里.jpg", "", "嘉乐社区网格"),
    )
    assert (tmp_path / "files" / f"{digest}.jpg").read_bytes() == b"before"
    assert photo.exists()


def test_the_same_file_twice_is_kept_once(tmp_path: Path) -> None:
    plan = tmp_path / "方案.pdf"
    plan.write_bytes(b"plan")
    desk, clock, case = at_station(tmp_path / "files")

    for _time in range(2):
        case = done(desk, clock, case.no, "attach", kind="plan", file=plan.as_uri())

    assert len(list((tmp_path / "files").iterdir())) == 1
    assert [a.digest for a in case.attachments] == [hashlib.sha256(b"plan").hexdigest()] * 2


@pytest.mark.parametrize("text", ["", "\0", "/no/such/file", "~nobody~/x"])
def test_a_path_that_names_no_file_is_none(text: str) -> None:
    assert source(text) is None
