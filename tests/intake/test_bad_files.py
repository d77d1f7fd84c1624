"""Files that are no table: each is refused whole, with what it is, where, and how to mend it."""

from __future__ import annotations

import os
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from dutydesk.errors import BadInput
from dutydesk.intake import Layout, read_file
from dutydesk.intake.readers import archive

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = ["工单编号", "受理时间", "内容描述", "诉求地址"]
ROW = ["1", "2026-11-20", "甲", "乙"]


@pytest.fixture
def refused(layouts: tuple[Layout, ...], tmp_path: Path) -> Callable[[str, bytes], BadInput]:
    """The refusal of a file with these bytes."""

    def made(name: str, data: bytes) -> BadInput:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(BadInput) as caught:
            read_file(path, layouts)
        assert caught.value.file == str(path)
        assert caught.value.expected
        return caught.value

    return made


@pytest.fixture
def workbook(write_book: Callable[..., Path]) -> bytes:
    return write_book([HEADER, ROW], "good.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("x.csv", b"", "文件是空的：请重新导出"),
        ("x.csv", b"\xef\xbb\xbf\r\n \n", "文件是空的：请重新导出"),
        ("x.xlsx", "这不是工作簿".encode(), "名字像工作簿，内容却是文字"),
        ("x.xls", b"<html><table><tr><td>1</td></tr></table></html>", "这是网页或 XML"),
        ("x.xls", b'<?xml version="1.0"?><Workbook/>', "这是网页或 XML"),
        ("x.xls", OLE + b"\0" * 600, "这是旧式 .xls 工作簿：请另存为 .xlsx 后再导入"),
        ("x.xlsx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "工作簿有密码"),
        ("x.csv", b"%PDF-1.7", "这是 PDF 文件，不是表格"),
        ("x.csv", b"\x1f\x8b\x08", "这是 gzip 文件，不是表格"),
        ("x.csv", bytes(range(256)) * 8 + b"\0" * 900, "文件里是二进制数据"),
        ("x.csv", "工单编号,受理时间,内容描述\n".encode(), "只有表头，没有数据行"),
        ("x.csv", "甲,乙\n1,2\n".encode(), "列名认不出"),
        ("x.csv", b"1\n2\n", "列名认不出"),
        ("x.txt", "普通的一段话。\n第二句。\n".encode("gbk"), "列名认不出"),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(
    refused: Callable[[str, bytes], BadInput], name: str, data: bytes, message: str
) -> None:
    error = refused(name, data)
    assert error.message[: len(message)] == message
    assert "Traceback" not in str(error)


def test_the_ending_of_the_name_does_not_matter(
    layouts: tuple[Layout, ...], tmp_path: Path, workbook: bytes
) -> None:
    path = tmp_path / "workbook.csv"
    path.write_bytes(workbook)
    assert len(read_file(path, layouts).rows) == 1
    text = tmp_path / "text.xlsx"
    text.write_text("\n".join(",".join(line) for line in (HEADER, ROW)), encoding="gbk")
    assert len(read_file(text, layouts).rows) == 1


def test_a_folder_a_missing_and_a_special_file_are_told_apart(
    layouts: tuple[Layout, ...], tmp_path: Path
) -> None:
    for path, message in (
        (tmp_path, "这是一个文件夹：请给出其中的一个文件"),
        (tmp_path / "none.csv", "没有这个文件：请核对路径"),
        (Path("/dev/null"), "这不是普通文件：请给出一个导出的文件"),
    ):
        with pytest.raises(BadInput) as caught:
            read_file(path, layouts)
        assert caught.value.message == message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_told(layouts: tuple[Layout, ...], tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("x")
    path.chmod(0)
    with pytest.raises(BadInput) as caught:
        read_file(path, layouts)
    assert caught.value.message.startswith("没有读取这个文件的权限")


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.9, 0.99])
def test_a_cut_off_workbook_is_refused(
    refused: Callable[[str, bytes], BadInput], workbook: bytes, keep: float
) -> None:
    error = refused("cut.xlsx", workbook[: int(len(workbook) * keep)])
    assert error.message.startswith("工作簿不完整")


def test_a_workbook_with_flipped_bytes_is_refused_or_read_never_a_crash(
    layouts: tuple[Layout, ...], tmp_path: Path, workbook: bytes
) -> None:
    path = tmp_path / "flipped.xlsx"
    places = set()
    for at in range(0, len(workbook), 97):
        path.write_bytes(workbook[:at] + bytes([workbook[at] ^ 0x55]) + workbook[at + 1 :])
        places.add(_place_of_refusal(path, layouts))
    assert places == {None, str(path)}


def _place_of_refusal(path: Path, layouts: tuple[Layout, ...]) -> str | None:
    try:
        read_file(path, layouts)
    except BadInput as error:
        return error.file
    return None


def _rewritten(tmp_path: Path, source: bytes, changed: dict[str, bytes | None]) -> bytes:
    """The workbook with some parts replaced, dropped (None) or added."""
    good, out = tmp_path / "source.zip", tmp_path / "changed.zip"
    good.write_bytes(source)
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            data = changed.get(name, old.read(name) if name in old.namelist() else None)
            if data is not None:
                new.writestr(name, data)
    return out.read_bytes()


def test_a_zip_bomb_is_not_opened(
    refused: Callable[[str, bytes], BadInput], workbook: bytes, tmp_path: Path
) -> None:
    bomb = _rewritten(tmp_path, workbook, {"xl/media/image1.xml": b"\0" * (64 * archive.MB)})
    error = refused("bomb.xlsx", bomb)
    assert error.message.startswith("工作簿解开后有 64 MB 以上，像是压缩炸弹，没有打开")
    assert error.expected == "解开后不超过 768 MB"


def test_a_bomb_whose_directory_lies_is_found_out(
    refused: Callable[[str, bytes], BadInput], workbook: bytes, tmp_path: Path
) -> None:
    bomb = bytearray(_rewritten(tmp_path, workbook, {"xl/bomb.xml": b" " * (64 * archive.MB)}))
    true, lie = struct.pack("<I", 64 * archive.MB), struct.pack("<I", 1000)
    error = refused("liar.xlsx", bytes(bomb).replace(true, lie))
    assert "压缩炸弹" in error.message
    assert len(bomb) < archive.MB


def test_a_document_type_in_a_part_is_refused(
    refused: Callable[[str, bytes], BadInput], workbook: bytes, tmp_path: Path
) -> None:
    part = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    error = refused("entity.xlsx", _rewritten(tmp_path, workbook, {"xl/sharedStrings.xml": part}))
    assert error.message.startswith("工作簿里有不该有的 DOCTYPE")


def test_archives_of_other_kinds_are_told_apart(
    refused: Callable[[str, bytes], BadInput], workbook: bytes, tmp_path: Path
) -> None:
    gone: dict[str, bytes | None] = {"xl/workbook.xml": None}
    for name, message in (
        ("word/document.xml", "这是 Word 文档，不是工作簿"),
        ("xl/workbook.bin", "这是 .xlsb 工作簿"),
        ("content.xml", "这是 .ods 工作簿"),
        ("a.txt", "这是压缩包，不是工作簿"),
    ):
        error = refused("other.zip", _rewritten(tmp_path, workbook, {**gone, name: b"x"}))
        assert error.message.startswith(message)
    broken = {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c>"}
    error = refused("broken.xlsx", _rewritten(tmp_path, workbook, dict(broken)))
    assert error.message


def test_a_workbook_of_200_mb_is_refused_by_its_size(
    layouts: tuple[Layout, ...], tmp_path: Path, workbook: bytes
) -> None:
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.write(workbook)
        file.truncate(200 * archive.MB)
    with pytest.raises(BadInput) as caught:
        read_file(path, layouts)
    assert caught.value.message == ("工作簿有 200 MB，超过 100 MB：请分成几个文件，或导出为 csv")


def test_an_empty_sheet_and_a_sheet_with_a_header_only(
    refused: Callable[[str, bytes], BadInput], write_book: Callable[..., Path], tmp_path: Path
) -> None:
    empty = tmp_path / "none.xlsx"
    openpyxl.Workbook().save(empty)
    assert refused("a.xlsx", empty.read_bytes()).message == "没有找到表头：前 10 行里没有列名"
    header = write_book([HEADER], "header.xlsx").read_bytes()
    error = refused("b.xlsx", header)
    assert (error.message, error.line) == ("只有表头，没有数据行：请核对导出的条件", 1)
