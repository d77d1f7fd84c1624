"""What a file is by its content, never by its ending; refusals for what is no table."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path

from dutydesk.errors import BadInput
from dutydesk.i18n import _

SAMPLE = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = ("EncryptedPackage".encode("utf-16-le"), "EncryptionInfo".encode("utf-16-le"))
_WEB = (b"<html", b"<!doctype html", b"<table", b"<?xml", b"<head", b"<meta")
_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7-Zip",
    b"SQLite format 3": "SQLite",
}
BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


class Form(Enum):
    """What can be read."""

    WORKBOOK = "workbook"
    TEXT = "text"
    JSON = "json"
    JSON_LINES = "json_lines"


def accepted() -> str:
    """The forms that can be read, as the end of a refusal."""
    return _("可读的有：xlsx 工作簿，csv、tsv 文本，json、jsonl")


def refuse(
    path: Path,
    message: str,
    *,
    line: int | None = None,
    column: str | None = None,
    expected: str | None = None,
) -> BadInput:
    """The refusal of a whole file, to be raised: what is wrong, where, how to mend it."""
    return BadInput(
        message, file=str(path), line=line, column=column, expected=expected or accepted()
    )


def sniff(path: Path) -> Form:
    """The file's form by its first bytes; raises BadInput for what is missing or is no table."""
    sample = _sample(path)
    if not sample.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise refuse(path, _("文件是空的：请重新导出"))
    if sample.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Form.WORKBOOK
    if sample.startswith(_OLE):
        raise _old_workbook(path)
    for magic, name in _OTHERS.items():
        if sample.startswith(magic):
            raise refuse(
                path, _("这是 {kind} 文件，不是表格：请导出为 xlsx 或 csv").format(kind=name)
            )
    return _text_form(path, sample)


def _sample(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise refuse(path, _("这是一个文件夹：请给出其中的一个文件"))
        if path.exists() and not path.is_file():
            raise refuse(path, _("这不是普通文件：请给出一个导出的文件"))
        with path.open("rb") as file:
            return file.read(SAMPLE)
    except FileNotFoundError as error:
        raise refuse(path, _("没有这个文件：请核对路径")) from error
    except PermissionError as error:
        raise refuse(path, _("没有读取这个文件的权限：请改权限，或复制到自己的文件夹")) from error
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refuse(path, _("读不了这个文件：{why}").format(why=why)) from error


def _old_workbook(path: Path) -> BadInput:
    """An OLE container: an encrypted xlsx, or a workbook of the old kind."""
    size = os.path.getsize(path)
    with path.open("rb") as file:
        head = file.read(4 * SAMPLE)
        file.seek(max(0, size - 4 * SAMPLE))
        both = head + file.read()
    if any(mark in both for mark in _ENCRYPTED):
        return refuse(path, _("工作簿有密码：请在 Excel 或 WPS 中去掉密码，另存后再导入"))
    return refuse(path, _("这是旧式 .xls 工作簿：请另存为 .xlsx 后再导入"))


def _text_form(path: Path, sample: bytes) -> Form:
    encoding = next((name for bom, name in BOMS.items() if sample.startswith(bom)), None)
    if encoding != "utf-16" and sample.count(0) * 20 > len(sample):
        raise refuse(path, _("文件里是二进制数据，不是表格：请导出为 xlsx 或 csv"))
    text = sample.decode(encoding or "utf-8", errors="replace").lstrip("\ufeff \t\r\n")
    start = text[:200].lower().encode("utf-8", errors="replace")
    if start.startswith(_WEB):
        raise refuse(
            path, _("这是网页或 XML，只是名字像工作簿：请用 Excel 或 WPS 打开，另存为 .xlsx")
        )
    if text.startswith("["):
        # `[1]…` may begin a text too; an array of rows goes on with { or ends.
        rest = text[1:].lstrip()
        named = path.suffix.lower() == ".json"
        return Form.JSON if named or rest[:1] in ("{", "]", "") else Form.TEXT
    if text.startswith("{"):
        first = text.split("\n", 1)[0].rstrip()
        more = text[len(first) :].lstrip()
        return Form.JSON_LINES if first.endswith("}") and more.startswith("{") else _one(path, text)
    return Form.JSON_LINES if _named_lines(path) else Form.TEXT


def _named_lines(path: Path) -> bool:
    return path.suffix.lower() in (".jsonl", ".ndjson")


def _one(path: Path, text: str) -> Form:
    """A text that opens one object: a document, or lines of which the first is broken."""
    if _named_lines(path):
        return Form.JSON_LINES
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    opened = sum(line.startswith("{") for line in lines)
    return Form.JSON_LINES if opened > 1 and opened * 2 > len(lines) else Form.JSON
