"""Files of a result are copied and hashed; what is missing is said by an empty digest."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from dutydesk.bootstrap import memory_desk
from dutydesk.clock import ManualClock
from dutydesk.desk import Desk
from dutydesk.desk.attachments import LARGEST_FILE, AttachmentFolder
from dutydesk.errors import StoreError
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


@pytest.mark.parametrize(("size", "why"), [(LARGEST_FILE + 1, "超过 200 MB"), (0, "文件是空的")])
def test_a_file_too_large_or_empty_is_refused_and_nothing_is_written(
    tmp_path: Path, size: int, why: str
) -> None:
    desk, clock, case = at_station(tmp_path / "files")
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate(size)
    with pytest.raises(StoreError, match=why):
        done(desk, clock, case.no, "attach", kind="plan", file=str(film))
    assert list((tmp_path / "files").iterdir()) == []


def test_a_file_that_grows_while_it_is_copied_ends_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clock, case = at_station(tmp_path / "files")
    film = tmp_path / "film.mp4"
    film.write_bytes(b"x" * 11)
    monkeypatch.setattr("dutydesk.desk.attachments.LARGEST_FILE", 10)
    monkeypatch.setattr(
        "dutydesk.desk.attachments.os.fstat", lambda _number: SimpleNamespace(st_size=1)
    )
    with pytest.raises(StoreError, match="超过"):
        done(desk, clock, case.no, "attach", kind="plan", file=str(film))
    assert list((tmp_path / "files").iterdir()) == []


def test_a_file_that_goes_while_it_is_looked_for_keeps_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clock, case = at_station(tmp_path / "files")
    monkeypatch.setattr("dutydesk.intake.dropped.source", lambda _text: tmp_path / "gone.jpg")
    case = done(desk, clock, case.no, "attach", kind="plan", file="/inbox/gone.jpg")
    assert [(a.file, a.digest) for a in case.attachments] == [("/inbox/gone.jpg", "")]


def test_a_name_of_odd_bytes_is_copied_and_recorded_without_them(tmp_path: Path) -> None:
    desk, clock, case = at_station(tmp_path / "files")
    for name in ("half\udcff.jpg", "new\nline\x1b[31m[red].jpg"):
        (tmp_path / name).write_bytes(name.encode("utf-8", "surrogateescape"))
        case = done(desk, clock, case.no, "attach", kind="plan", file=str(tmp_path / name))
    assert [Path(a.file).name for a in case.attachments] == ["half.jpg", "new line[red].jpg"]
    assert all(one.digest for one in case.attachments)
