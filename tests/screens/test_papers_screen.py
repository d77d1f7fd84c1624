"""Papers and files of a case on the screen: copied, printed, kept, opened, or why not."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest
from forms_stage import Stage, play
from sampled import sampled

from dutydesk.desk import tools as tools_module
from dutydesk.desk.attachments import AttachmentFolder
from dutydesk.desk.tools import Tools
from dutydesk.screens.forms.saying import Saying


@pytest.fixture
def fake(root: Path) -> str:
    return f"{shlex.quote(sys.executable)} {shlex.quote(str(root / 'tests' / 'fake_tool.py'))}"


async def told(desk: Stage, text: str) -> None:
    """Wait until something is said, be it on one line of the screen or wrapped."""

    def said() -> str:
        return "".join(one.text for one in desk.screen.query(Saying))

    await desk.until(lambda: desk.sees(text) or text in said())


async def opened(desk: Stage, no: str, *keys: str) -> None:
    await desk.select(no)
    await desk.press(*(keys or ("o",)))
    desk.keys = 0


def test_the_paper_is_seen_first_then_copied_with_its_first_words() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage(description="跨门设摊，13800000001 投诉")
        await opened(desk, no)
        assert desk.form == "PapersScreen"
        await told(desk, "138******0001")
        assert desk.copied == []
        await desk.press("enter")
        assert desk.copied[0].startswith("案件情况（发群）\n案件号：")
        assert "13800000001" not in desk.copied[0]
        assert desk.sees("已复制“案件情况（发群） 案件号：")
        assert desk.sees("贴不出来按 - 存成文件")
        assert desk.keys == 1

    play(scene)


@pytest.mark.parametrize("size", sampled([(80, 24), (116, 62)], (0,), whole=True))
def test_digits_choose_the_paper_and_the_sheets_digit_the_next_party(
    size: tuple[int, int],
) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await opened(desk, no, "f9")
        await desk.press("3")
        assert desk.sees(f"编号：{no}-1")
        assert desk.sees("主送：城管")
        await desk.press("３")
        assert desk.sees(f"编号：{no}-2")
        await desk.press("2")
        assert desk.sees("没有平台编号，不用报")
        await desk.press("enter")
        assert desk.copied == []
        await desk.press("1", "asterisk")
        assert desk.sees("案件情况（发群）")
        await desk.press("escape")
        assert desk.form == "DeskScreen"

    play(scene, size=size)


def test_a_paper_is_printed_beside_the_desk_and_a_printer_that_fails_is_quoted(
    tmp_path: Path, fake: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        printed = tmp_path / "printed"
        desk.desk.tools = Tools(printer=f"{fake} keep {printed} {{file}}")
        await opened(desk, no)
        await desk.press("plus")
        await told(desk, "已交给打印机：request id is office-7")
        assert printed.read_text("utf-8").startswith("案件情况（发群）\n")
        desk.desk.tools = Tools(printer=f"{fake} fail")
        await desk.press("plus")
        await told(desk, "out of paper（退出码 3）")
        assert desk.sees("案件情况（发群）")
        monkeypatch.setattr(tools_module, "PRINT_S", 1.0)
        desk.desk.tools = Tools(printer=f"{fake} hang {tmp_path / 'began'}")
        await desk.press("plus")
        assert desk.sees("正在打印…")
        await desk.press("3")  # The desk goes on meanwhile.
        assert desk.sees("主送：城管")
        await told(desk, "1 秒没有结束")

    play(scene)


def test_what_became_of_a_print_is_said_where_the_paper_was_left(tmp_path: Path) -> None:
    async def scene(desk: Stage) -> None:
        gate = tmp_path / "go"
        wait = f"while [ ! -e {gate} ]; do sleep 0.02; done; echo 没有纸 >&2; exit 1"
        desk.desk.tools = Tools(printer=shlex.join(["sh", "-c", wait]))
        await opened(desk, desk.linkage())
        await desk.press("plus")
        await told(desk, "正在打印")
        await desk.press("escape")
        assert desk.form == "DeskScreen"
        gate.touch()
        await desk.until(lambda: desk.sees("没有成功：没有纸"))

    play(scene)


@pytest.mark.soak
def test_without_a_printer_the_page_opens(tmp_path: Path, fake: str) -> None:
    async def scene(desk: Stage) -> None:
        no, seen = desk.linkage(), tmp_path / "seen"
        desk.desk.tools = Tools(opener=f"{fake} keep {seen}", environ={"PATH": str(tmp_path)})
        await opened(desk, no)
        await desk.press("plus")
        await told(desk, "没有打印命令（设置 [print]）")
        assert seen.read_text("utf-8").startswith("<!doctype html>")
        desk.desk.tools = Tools(environ={"PATH": str(tmp_path)})
        await desk.press("0")
        await told(desk, "✗ 这里没有图形界面")
        await desk.press("plus")
        await told(desk, "✗ 没有打印命令（设置 [print]）。这里没有图形界面")

    play(scene)


@pytest.mark.soak
def test_a_paper_is_kept_as_text_and_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dutydesk.screens.parts.copying.user_data_path", lambda *_a, **_k: tmp_path)

    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await opened(desk, no)
        await desk.press("minus")
        await told(desk, "已存到")
        names = sorted(one.name for one in (tmp_path / "papers").iterdir())
        assert names == [f"group-{no}.html", f"group-{no}.txt"]
        (tmp_path / "papers").rename(tmp_path / "moved")
        (tmp_path / "papers").write_text("in the way", encoding="utf-8")
        await desk.press("f4")
        await told(desk, "文件写不了")

    play(scene)


def test_no_case_no_paper_and_no_files() -> None:
    async def scene(desk: Stage) -> None:
        await desk.press("o")
        await told(desk, "没有选中的案件")
        await desk.press("enter", "plus", "escape")
        desk.app.sitting.open("files")
        await told(desk, "没有选中的案件")
        await desk.press("enter", "plus", "0")

    play(scene)


def test_a_copy_that_is_no_longer_true_says_so() -> None:
    async def scene(desk: Stage) -> None:
        no = desk.linkage()
        await opened(desk, no)
        await desk.press("enter")
        desk.act("note", no, text="x")
        desk.act("reclassify", no, difficulty="complex", reason="扩大")
        desk.app.gateway.pulse(desk.app)
        await told(desk, "内容变了：要用就再复制一次")

    play(scene)


def with_files(desk: Stage, tmp_path: Path) -> str:
    """A case with a whole, a changed and a missing copy, and a name alone."""
    folder = desk.desk.files = AttachmentFolder(tmp_path / "files")
    no = desk.register()
    for name in ("whole", "changed", "missing"):
        file = tmp_path / f"{name}.jpg"
        file.write_bytes(name.encode())
        desk.act("attach", no, kind="plan", file=str(file))
    desk.act("attach", no, kind="other", file="手机里.jpg")
    copies = [folder.copy_of(one.digest) for one in desk.card(no).attachments]
    assert copies[1] is not None
    assert copies[2] is not None
    copies[1].chmod(0o644)
    copies[1].write_bytes(b"other")
    copies[2].unlink()
    return no


@pytest.mark.soak
def test_the_files_of_a_case_are_checked_and_opened_by_a_digit(tmp_path: Path, fake: str) -> None:
    async def scene(desk: Stage) -> None:
        no, seen = with_files(desk, tmp_path), tmp_path / "seen"
        desk.desk.tools = Tools(opener=f"{fake} keep {seen}")
        await desk.select(no)
        await desk.press("left", "slash")
        assert desk.form == "FilesScreen"
        for said in ("✓ 与存入时一致", "✗ 副本被改过", "✗ 副本不见了", "只有名字，没有副本", "5 B"):
            await told(desk, said)
        await desk.press("1")
        await told(desk, "已打开 whole.jpg")
        assert seen.read_bytes() == b"whole"
        await desk.press("３")
        await told(desk, "“missing.jpg”：✗ 副本不见了，打不开")
        await desk.press("asterisk", "enter")
        await told(desk, "“手机里.jpg”：只有名字，没有副本，打不开")
        desk.desk.tools = Tools(environ={})
        await desk.press("asterisk", "enter")
        await told(desk, "没有图形界面")
        await desk.press("9", "slash", "0")
        await told(desk, "✓ 与存入时一致")

    play(scene, size=(80, 24))


@pytest.mark.soak
def test_a_file_is_added_from_the_list(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"x")

    async def scene(desk: Stage) -> None:
        desk.desk.files = AttachmentFolder(tmp_path / "files")
        no = desk.register()
        await desk.select(no)
        await desk.press("left", "slash")
        await told(desk, "还没有附件；+ 添加")
        await desk.press("plus")
        assert desk.form == "AttachForm"
        await desk.type(str(file))
        await desk.press("enter", "enter")
        assert desk.form == "FilesScreen"
        await told(desk, "x.pdf")
        await told(desk, "✓ 与存入时一致")
        await desk.press("escape", "plus")
        assert desk.form == "PapersScreen"

    play(scene)


def test_every_paper_of_a_drill_says_so_on_the_screen() -> None:
    async def scene(desk: Stage) -> None:
        object.__setattr__(desk.desk.context, "drill", True)
        await opened(desk, desk.linkage())
        await told(desk, "【演练】")

    play(scene)
