"""Pictures, clipboard, opening and printing through commands: limits, and plain reasons."""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import sys
from datetime import datetime
from pathlib import Path

import pytest
from test_attachments import at_station, done

from dutydesk.clock import ZONE
from dutydesk.desk import tools as tools_module
from dutydesk.desk.attachments import LARGEST_FILE, AttachmentFolder
from dutydesk.desk.commands import WORDS, filled
from dutydesk.desk.keptfiles import kept_files
from dutydesk.desk.tools import KEPT_CLIPS, Tools
from dutydesk.errors import BadInput, OutsideError, StoreError
from dutydesk.intake.dropped import named, source
from dutydesk.views.attachments import UsedPictures
from dutydesk.views.card import Card

NOW = datetime(2026, 11, 20, 18, 57, tzinfo=ZONE)


@pytest.fixture
def fake(root: Path) -> str:
    """The stand-in as a command of the settings."""
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(root / 'tests' / 'fake_tool.py'))}"


def photo(folder: Path, name: str, minute: int, content: bytes = b"photo") -> Path:
    path = folder / name
    path.write_bytes(content)
    at = NOW.timestamp() + minute * 60
    os.utime(path, (at, at))
    return path


def test_the_newest_eight_pictures_come_with_time_size_and_hash(tmp_path: Path) -> None:
    for minute in range(12):
        photo(tmp_path, f"{minute:02}.JPG", minute, b"x" * (minute + 1))
    photo(tmp_path, "list.txt", 30)
    photo(tmp_path, "on-its-way.jpg", 31, b"")
    found = Tools(pictures=tmp_path).newest()
    assert [one.name for one in found] == [f"{n:02}.JPG" for n in range(11, 3, -1)]
    assert (found[0].at, found[0].size) == (NOW.replace(hour=19, minute=8), 12)
    assert found[0].digest == hashlib.sha256(b"x" * 12).hexdigest()


def test_an_inbox_that_cannot_be_read_is_said_and_none_is_empty(tmp_path: Path) -> None:
    assert Tools().newest() == ()
    with pytest.raises(OutsideError, match=r"图片收件夹 .*none 读不了"):
        Tools(pictures=tmp_path / "none").newest()


def test_a_picture_comes_out_of_the_clipboard_into_a_file(tmp_path: Path, fake: str) -> None:
    clips = tmp_path / "clips"
    clips.mkdir()
    for minute in range(KEPT_CLIPS + 3):
        photo(clips, f"clip-{minute:03}.png", minute - 100)
    found = Tools(clipboard=f"{fake} png", clips=clips).clipboard_picture(NOW)
    assert found.name == "clip-20261120-185700.png"
    assert Path(found.file).read_bytes().startswith(b"\x89PNG")
    assert found.size == len(Path(found.file).read_bytes())
    left = sorted(one.name for one in clips.iterdir())
    assert len(left) == KEPT_CLIPS
    assert "clip-000.png" not in left


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("nothing", "剪贴板里没有图片"),
        ("words", "不是 PNG 或 JPEG"),
        ("flood", "超过 30 MB"),
        ("fail", "out of paper（退出码 3）"),
    ],
)
def test_a_clipboard_without_a_picture_says_why(
    tmp_path: Path, fake: str, what: str, said: str
) -> None:
    with pytest.raises(OutsideError) as caught:
        Tools(clipboard=f"{fake} {what}", clips=tmp_path / "clips").clipboard_picture(NOW)
    assert said in caught.value.message
    assert not (tmp_path / "clips").exists()


def test_a_command_that_hangs_is_ended(
    tmp_path: Path, fake: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tools_module, "CLIPBOARD_S", 1.0)
    with pytest.raises(OutsideError, match="1 秒没有结束"):
        Tools(clipboard=f"{fake} hang {tmp_path / 'began'}").clipboard_picture(NOW)
    assert (tmp_path / "began").exists()


def test_without_a_folder_of_its_own_a_clip_lies_where_the_system_puts_it(fake: str) -> None:
    path = Path(Tools(clipboard=f"{fake} png").clipboard_picture(NOW).file)
    assert path.parent.stat().st_mode & 0o077 == 0
    assert path.is_file()
    shutil.rmtree(path.parent)


def test_no_command_and_no_program_are_said(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match=r"\[files\] clipboard"):
        Tools().clipboard_picture(NOW)
    with pytest.raises(OutsideError, match=r"剪贴板命令没有成功：.*no-such-program-here"):
        Tools(clipboard="no-such-program-here").clipboard_picture(NOW)
    with pytest.raises(BadInput, match=r"\[print\] command"):
        Tools(environ={"PATH": str(tmp_path)}).print("x", "<p>x")


def test_a_file_opens_outside_and_a_program_that_stays_keeps_nobody(
    tmp_path: Path, fake: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = photo(tmp_path, "a b.jpg", 0), tmp_path / "seen"
    Tools(opener=f"{fake} keep {out} {{file}}").open(file)
    assert out.read_bytes() == b"photo"
    monkeypatch.setattr(tools_module, "OPEN_S", 0.5)
    Tools(opener=f"{fake} hang {tmp_path / 'began'}").open(file)
    with pytest.raises(OutsideError, match=r"out of paper"):
        Tools(opener=f"{fake} fail").open(file)


def test_without_a_display_it_says_why_and_where_the_file_lies(tmp_path: Path) -> None:
    file = photo(tmp_path, "a.jpg", 0)
    with pytest.raises(OutsideError, match=f"没有图形界面.*{file}"):
        Tools(environ={}).open(file)
    with pytest.raises(OutsideError, match="没有 xdg-open 命令"):
        Tools(environ={"DISPLAY": ":0", "PATH": str(tmp_path)}).open(file)


def test_a_paper_is_printed_as_text_or_page_and_a_printer_that_fails_is_quoted(
    tmp_path: Path, fake: str
) -> None:
    out = tmp_path / "printed"
    said = Tools(printer=f"{fake} keep {out} {{file}} {{html}}").print("案件", "<p>案件")
    assert said == "request id is office-7"
    assert out.read_bytes().decode() == "案件\n\n--\n<p>案件"
    with pytest.raises(OutsideError) as caught:
        Tools(printer=f"{fake} fail").print("x", "<p>x")
    assert "printer office: out of paper（退出码 3）" in caught.value.message
    assert "first words" not in caught.value.message


def test_what_is_put_into_a_command_stays_one_argument() -> None:
    assert filled("open -a {file}", {"file": "/a b; rm *"}) == ["open", "-a", "/a b; rm *"]
    assert filled("lp -d 'my office'", {"file": "/x"}) == ["lp", "-d", "my office", "/x"]


@pytest.mark.parametrize("form", ["{}", "'{}'", '"{}"', "file://{}", "escaped", "  {}\n"])
def test_a_dropped_path_may_be_quoted_escaped_or_a_uri(tmp_path: Path, form: str) -> None:
    path = photo(tmp_path, "前 照's.jpg", 0)
    text = form.replace("{}", str(path))
    if form == "file://{}":
        text = path.as_uri()
    if form == "escaped":
        text = str(path).replace(" ", "\\ ").replace("'", "\\'")
    assert source(text) == path


def test_several_dropped_files_are_parted_and_a_name_with_blanks_is_not(tmp_path: Path) -> None:
    one, two = photo(tmp_path, "a b.jpg", 0), photo(tmp_path, "c.jpg", 1)
    assert named(f"'{one}' '{two}'") == (str(one), str(two))
    assert named(f"{one}\n{two.as_uri()}") == (str(one), two.as_uri())
    assert named(str(one)) == (str(one),)
    assert named(f"{two} /none.jpg") == (f"{two} /none.jpg",)
    assert named("   ") == ()


def test_copies_are_found_again_and_a_missing_or_changed_one_is_said(tmp_path: Path) -> None:
    folder = AttachmentFolder(tmp_path / "files")
    desk, clock, case = at_station(folder.folder)
    for name in ("whole", "changed", "missing"):
        file = photo(tmp_path, f"{name}.jpg", 0, name.encode())
        case = done(desk, clock, case.no, "attach", kind="plan", file=str(file))
    done(desk, clock, case.no, "attach", kind="other", file="手机里.jpg")
    digests = {one.file: one.digest for one in case.attachments}
    copies = [folder.copy_of(digest) for digest in digests.values()]
    assert all(copies)
    assert copies[1] is not None
    assert copies[1].stat().st_mode & 0o222 == 0
    copies[1].chmod(0o644)
    copies[1].write_bytes(b"somebody else")
    copies[2].unlink()  # type: ignore[union-attr]
    card = desk.read(Card(case.no))
    assert card is not None
    found = kept_files(card, folder)
    assert [(one.name, one.state, one.size) for one in found] == [
        ("whole.jpg", "whole", 5), ("changed.jpg", "changed", 13),
        ("missing.jpg", "missing", None), ("手机里.jpg", "name_only", None),
    ]  # fmt: skip
    assert found[0].at is not None
    assert found[0].copy == copies[0]
    used = desk.read(UsedPictures(frozenset([*digests.values(), "none"])))
    assert used == dict.fromkeys(digests.values(), case.no)


def test_a_full_disk_refuses_the_act_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, clock, case = at_station(tmp_path / "files")
    file = photo(tmp_path, "a.jpg", 0)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dutydesk.desk.attachments.os.fsync", full)
    with pytest.raises(StoreError, match="没有存成：No space left on device"):
        done(desk, clock, case.no, "attach", kind="plan", file=str(file))
    card = desk.read(Card(case.no))
    assert card is not None
    assert card.attachments == ()
    assert list((tmp_path / "files").iterdir()) == []


def test_one_picture_that_cannot_be_looked_at_hides_no_other(tmp_path: Path) -> None:
    photo(tmp_path, "a.jpg", 0)
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    (tmp_path / "nowhere.jpg").symlink_to(tmp_path / "none.jpg")
    (tmp_path / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")
    with (tmp_path / "film.jpg").open("wb") as film:
        film.truncate(LARGEST_FILE + 1)
    os.utime(tmp_path / "film.jpg", (-(2**40), -(2**40)))
    found = Tools(pictures=tmp_path).newest()
    assert [(one.name, bool(one.digest)) for one in found] == [("a.jpg", True), ("film.jpg", False)]


def test_without_room_for_what_a_command_says_the_reason_is_the_systems(
    tmp_path: Path, fake: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dutydesk.desk.commands.tempfile.TemporaryFile", full)
    monkeypatch.setattr("dutydesk.desk.commands.tempfile.TemporaryDirectory", full)
    tools = Tools(clipboard=f"{fake} png", opener=f"{fake} png", printer=f"{fake} png")
    for call in (lambda: tools.clipboard_picture(NOW), lambda: tools.open(tmp_path),
                 lambda: tools.print("x", "<p>x")):  # fmt: skip
        with pytest.raises(OutsideError, match="没有成功：No space left on device"):
            call()


def test_of_a_wordy_printer_the_first_words_are_shown(tmp_path: Path) -> None:
    wordy = tmp_path / "words"
    wordy.write_text("\x1b[31mred\x07\n" + "word " * 100_000)
    said = Tools(printer=f"cat {wordy}").print("x", "<p>x")
    assert said.startswith("red word word")
    assert len(said) <= WORDS
