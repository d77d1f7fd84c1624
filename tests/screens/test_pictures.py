"""Pictures and files in forms: marked, pasted, from the clipboard, missing, on a full disk."""

from __future__ import annotations

import os
import shlex
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from forms_stage import NOW, Stage, play
from sampled import sampled

from dutydesk.desk.attachments import AttachmentFolder
from dutydesk.desk.tools import Tools
from dutydesk.screens.forms.filerows import AttachmentsRow
from dutydesk.screens.forms.pictures import PictureList, sized
from dutydesk.workflow.cases.acts import Act


@pytest.fixture
def fake(root: Path) -> str:
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(root / 'tests' / 'fake_tool.py'))}"


def photo(folder: Path, name: str, ago: int, content: bytes | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content or name.encode())
    at = NOW.timestamp() - ago * 60
    os.utime(path, (at, at))
    return path


def at_station(desk: Stage) -> str:
    no = desk.register(upstream_due=NOW + timedelta(days=2))
    desk.act("accept", no, **{"as": "community"}, grid="嘉乐")
    desk.act("dispatch", no, station="嘉乐")
    return no


def equipped(desk: Stage, tmp_path: Path, **tools: str) -> None:
    desk.desk.files = AttachmentFolder(tmp_path / "files")
    desk.desk.tools = Tools(pictures=tmp_path / "inbox", clips=tmp_path / "clips", **tools)
    desk.keys = 0


async def shown(desk: Stage, count: int) -> PictureList:
    """Wait until the inbox has been looked at, and which of it was used."""

    def lists() -> list[PictureList]:
        return [one for one in desk.screen.query(PictureList) if one.display]

    await desk.until(lambda: bool(lists()) and len(lists()[0].pictures) == count)
    return lists()[0]


async def told(desk: Stage, text: str) -> None:
    """Wait until something is said."""
    await desk.until(lambda: desk.sees(text))


@pytest.mark.soak
def test_done_result_and_two_photos_cost_five_keys_of_the_pad(tmp_path: Path) -> None:
    before = photo(tmp_path / "inbox", "IMG 1.jpg", 9)
    after = photo(tmp_path / "inbox", "IMG 2.jpg", 2)

    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.select(no)
        await desk.press("enter")
        await desk.type("已清运")
        await shown(desk, 2)
        assert desk.sees("18:55")
        await desk.press("asterisk", "2", "1", "enter")
        card = desk.card(no)
        assert [(a.kind, a.file) for a in card.attachments] == [
            ("photo_after", str(after)), ("photo_before", str(before)),
        ]  # fmt: skip
        assert all(one.digest for one in card.attachments)
        assert len(list((tmp_path / "files").iterdir())) == 2
        assert (card.state, desk.keys) == ("reviewing", 5)

    play(scene)


@pytest.mark.soak
def test_a_photo_that_a_case_has_is_marked_and_the_next_is_highlighted(tmp_path: Path) -> None:
    used = photo(tmp_path / "inbox", "used.jpg", 1)
    photo(tmp_path / "inbox", "new.jpg", 5)

    async def scene(desk: Stage) -> None:
        equipped(desk, tmp_path)
        first = at_station(desk)
        desk.act("attach", first, kind="photo_before", file=str(used))
        no = at_station(desk)
        await desk.open("file_result", no)
        found = await shown(desk, 2)
        await told(desk, f"已用于 {first[-4:]}")
        assert found.pictures[found.at].name == "new.jpg"

    play(scene, size=(80, 24))


@pytest.mark.soak
def test_the_same_digit_and_the_minus_take_a_mark_off_and_another_digit_changes_it(
    tmp_path: Path,
) -> None:
    for n in range(3):
        photo(tmp_path / "inbox", f"{n}.jpg", n)

    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("file_result", no)
        found = await shown(desk, 3)
        found.focus()
        await desk.press("1", "2")
        row = desk.screen.query_one(AttachmentsRow)
        assert [one["kind"] for one in row.files] == ["photo_before", "photo_after"]
        await desk.press("slash", "1")
        assert [one["kind"] for one in row.files] == ["photo_before", "photo_before"]
        await desk.press("slash", "１")
        assert [Path(one["file"]).name for one in row.files] == ["0.jpg"]
        await desk.press("minus")
        assert row.files == []
        await desk.press("9")
        assert row.files == []

    play(scene)


@pytest.mark.soak
def test_a_new_photo_comes_into_the_open_form(tmp_path: Path) -> None:
    photo(tmp_path / "inbox", "a.jpg", 5)

    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("file_result", no)
        found = await shown(desk, 1)
        assert found.pictures[found.at].name == "a.jpg"
        photo(tmp_path / "inbox", "b.jpg", 0)
        found.look()
        await shown(desk, 2)
        assert found.pictures[found.at].name in ("a.jpg", "b.jpg")
        assert [one.name for one in found.pictures] == ["b.jpg", "a.jpg"]

    play(scene)


@pytest.mark.soak
def test_the_clipboards_picture_is_taken_and_marked(tmp_path: Path, fake: str) -> None:
    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        (tmp_path / "inbox").mkdir()
        equipped(desk, tmp_path, clipboard=f"{fake} png")
        await desk.open("file_result", no)
        await desk.type("已清运")
        found = await shown(desk, 0)
        await desk.press("asterisk", "0")
        await shown(desk, 1)
        await desk.press("1", "enter")
        [one] = desk.card(no).attachments
        assert one.kind == "photo_before"
        assert Path(one.file).name.startswith("clip-20261120-")
        assert desk.desk.files.copy_of(one.digest) is not None  # type: ignore[union-attr]
        assert found.clips

    play(scene)


@pytest.mark.soak
def test_a_clipboard_command_that_fails_is_said_and_nothing_typed_is_lost(
    tmp_path: Path, fake: str
) -> None:
    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path, clipboard=f"{fake} fail")
        await desk.open("file_result", no)
        await desk.type("已清运")
        await told(desk, "图片收件夹")
        await desk.press("asterisk", "f7")
        await told(desk, "out of paper")
        assert desk.screen.sheet.held()["text"] == "已清运"
        desk.screen.query_one(AttachmentsRow).entry.focus()
        await desk.press("f7")
        await told(desk, "out of paper")

    play(scene)


def test_a_photo_that_vanished_is_refused_once_then_kept_by_its_name(tmp_path: Path) -> None:
    gone = photo(tmp_path / "inbox", "gone.jpg", 1)

    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("file_result", no)
        await desk.type("已清运")
        await shown(desk, 1)
        await desk.press("asterisk", "1")
        gone.unlink()
        await desk.press("enter")
        assert desk.sees("找不到")
        assert desk.sees("再按 Enter 只记下名字")
        assert desk.form == "ActForm"
        assert desk.screen.sheet.held()["text"] == "已清运"
        await desk.press("enter")
        assert [(a.kind, a.digest) for a in desk.card(no).attachments] == [("photo_before", "")]

    play(scene)


@pytest.mark.soak
@pytest.mark.parametrize("form", sampled(["'{}'", "{uri}", "escaped", "two"], (3,)))
def test_a_dropped_path_is_taken_as_it_comes(tmp_path: Path, form: str) -> None:
    one, two = photo(tmp_path / "in", "a b.jpg", 1), photo(tmp_path / "in", "c.jpg", 1)
    text = {
        "'{}'": f"'{one}'", "{uri}": one.as_uri(), "escaped": str(one).replace(" ", "\\ "),
        "two": f"'{one}' '{two}'",
    }[form]  # fmt: skip

    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("file_result", no)
        await desk.type("已清运")
        await desk.press("tab")
        await desk.paste(text)
        await desk.press("enter", "enter")
        found = desk.card(no).attachments
        assert all(one.digest for one in found)
        assert [a.kind for a in found] == ["photo_before", "photo_after"][: len(found)]
        assert len(found) == (2 if form == "two" else 1)

    play(scene)


@pytest.mark.soak
def test_a_drop_on_the_pictures_is_added_and_bytes_are_refused(tmp_path: Path) -> None:
    photo(tmp_path / "inbox", "x.jpg", 1)
    other = photo(tmp_path / "in", "a b.pdf", 1)

    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("file_result", no)
        found = await shown(desk, 1)
        found.focus()
        await desk.paste("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
        row = desk.screen.query_one(AttachmentsRow)
        assert row.value == []
        assert desk.sees("粘贴的不是文字")
        await desk.paste(str(other))
        assert row.files == [{"kind": "photo_before", "file": str(other)}]
        found.focus()
        await desk.paste("/none/x.jpg")
        assert row.entry.value == "/none/x.jpg"
        assert row.entry.has_focus

    play(scene)


@pytest.mark.soak
def test_files_are_attached_together_and_a_full_disk_keeps_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(2):
        photo(tmp_path / "inbox", f"{n}.jpg", n)

    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("attach", no)
        assert desk.form == "AttachForm"
        (await shown(desk, 2)).focus()
        await desk.press("1", "4")
        with monkeypatch.context() as patch:

            def full(_descriptor: int) -> None:
                raise OSError(28, "No space left on device")

            patch.setattr("dutydesk.desk.attachments.os.fsync", full)
            await desk.press("enter")
            assert desk.sees("No space left on device")
        assert desk.card(no).attachments == ()
        assert len(desk.screen.query_one(AttachmentsRow).files) == 2
        await desk.press("enter")
        assert [a.kind for a in desk.card(no).attachments] == ["photo_before", "plan"]

    play(scene)


@pytest.mark.soak
def test_the_attach_form_wants_a_file(tmp_path: Path) -> None:
    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        await desk.open("attach", no)
        await desk.press("enter")
        assert desk.form == "AttachForm"
        assert desk.sees("请填写")

    play(scene)


def test_a_size_is_said_shortly() -> None:
    said = [sized(n) for n in (None, 12, 84_000, 3_140_000)]
    assert said == ["", "12 B", "84 KB", "3.1 MB"]


@pytest.mark.soak
def test_a_photo_that_goes_between_enter_and_the_copy_is_said_and_the_act_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = photo(tmp_path / "inbox", "gone.jpg", 1)
    keep = AttachmentFolder.kept

    def late(folder: AttachmentFolder, act: Act) -> Act:
        gone.unlink(missing_ok=True)
        return keep(folder, act)

    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("file_result", no)
        await desk.type("已清运")
        await shown(desk, 1)
        await desk.press("asterisk", "1")
        monkeypatch.setattr(AttachmentFolder, "kept", late)
        await desk.press("enter")
        assert [(a.kind, a.digest) for a in desk.card(no).attachments] == [("photo_before", "")]
        assert desk.sees("没有副本：gone.jpg")
        await desk.press("enter")

    play(scene, size=(80, 24))


@pytest.mark.soak
def test_the_inbox_goes_while_the_form_is_open_and_nothing_is_lost(tmp_path: Path) -> None:
    one = photo(tmp_path / "inbox", "a.jpg", 1)

    async def scene(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("file_result", no)
        await desk.type("已清运")
        found = await shown(desk, 1)
        one.unlink()
        one.parent.rmdir()
        found.look()
        await told(desk, "图片收件夹")
        assert desk.screen.sheet.held()["text"] == "已清运"
        photo(tmp_path / "inbox", "b.jpg", 0)
        found.look()
        await told(desk, "b.jpg")
        assert not desk.sees("读不了")

    play(scene)


@pytest.mark.soak
def test_a_name_of_odd_bytes_is_shown_marked_kept_and_survives_as_a_draft(tmp_path: Path) -> None:
    photo(tmp_path / "inbox", "mmexport1700000000000\udcff[red].jpg", 1, b"odd")
    drafts = tmp_path / "drafts.json"

    async def leaves(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("file_result", no)
        await desk.type("已清运")
        await shown(desk, 1)
        await desk.press("asterisk", "1")
        assert desk.sees("mmexport1700000000000[red].jpg")
        await desk.press("escape")
        assert desk.form != "ActForm"

    async def comes_back(desk: Stage) -> None:
        no = at_station(desk)
        equipped(desk, tmp_path)
        await desk.open("file_result", no)
        await desk.press("enter")
        [one] = desk.card(no).attachments
        assert one.digest
        assert Path(one.file).name == "mmexport1700000000000[red].jpg"

    play(leaves, drafts=drafts)
    play(comes_back, drafts=drafts)
