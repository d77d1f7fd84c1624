"""A workbook's zip judged before anything opens it: cut off, encrypted, swollen, or foreign."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dutydesk.i18n import _
from dutydesk.intake.readers.sniff import refuse

MB = 1024 * 1024
LARGEST_FILE = 100 * MB
"""Bytes of the workbook as it lies on the disk."""
LARGEST_CONTENT = 768 * MB
"""Bytes of all parts unpacked: 100,000 rows of 21 columns take about 100 MB."""
HIGHEST_RATIO = 300
"""Unpacked to packed of one part; real sheets reach 20, a million empty rows about 60."""
RATIO_COUNTS_FROM = 16 * MB
MOST_PARTS = 10_000
_CHUNK = MB
_OVERLAP = 64

_COLUMN = re.compile(rb"""\br=["']([A-Z]{1,3})[0-9]""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["']([0-9]+)""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Contents:
    """What the sheets hold, found without parsing them: the largest extent, and any formula."""

    last_row: int
    last_column: int
    formulas: bool

    @property
    def cells(self) -> int:
        """Cells of the rectangle that spans everything."""
        return self.last_row * self.last_column


def inspect(path: Path) -> Contents:
    """Judge the workbook's container; raises BadInput for what must not be opened.

    Limits: 100 MB on disk, 768 MB unpacked in all, 300-fold within one part over 16 MB. What the
    zip's own directory claims is checked first, then each XML part is unpacked within the limits
    and counted, so that a directory that lies is found out.
    """
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise _too_large(path, size)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, EOFError, ValueError, NotImplementedError, OSError) as error:
        raise refuse(path, _("工作簿不完整，可能没有传完或已损坏：请重新导出或重新拷贝")) from error
    _judge_names(path, parts)
    _judge_claims(path, parts)
    return _scan(path, parts)


def _too_large(path: Path, size: int) -> Exception:
    return refuse(
        path,
        _("工作簿有 {size} MB，超过 {most} MB：请分成几个文件，或导出为 csv").format(
            size=size // MB, most=LARGEST_FILE // MB
        ),
    )


def _judge_names(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise refuse(path, _("这是 .xlsb 工作簿：请另存为 .xlsx 后再导入"))
    if "content.xml" in names:
        raise refuse(path, _("这是 .ods 工作簿：请另存为 .xlsx 后再导入"))
    if "word/document.xml" in names:
        raise refuse(path, _("这是 Word 文档，不是工作簿：请导出为 xlsx 或 csv"))
    raise refuse(path, _("这是压缩包，不是工作簿：请先解开，再导入里面的文件"))


def _judge_claims(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise refuse(path, _("工作簿有密码：请在 Excel 或 WPS 中去掉密码，另存后再导入"))
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or total > LARGEST_CONTENT:
        raise _swollen(path, total)
    for part in parts:
        if _is_swollen(part.file_size, part.compress_size):
            raise _swollen(path, part.file_size)


def _is_swollen(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_COUNTS_FROM and unpacked > HIGHEST_RATIO * max(1, packed)


def _swollen(path: Path, size: int) -> Exception:
    return refuse(
        path,
        _("工作簿解开后有 {size} MB 以上，像是压缩炸弹，没有打开：请核对来源，或导出为 csv").format(
            size=max(1, size // MB)
        ),
        expected=_("解开后不超过 {most} MB").format(most=LARGEST_CONTENT // MB),
    )


def _scan(path: Path, parts: list[zipfile.ZipInfo]) -> Contents:
    """Unpack every XML part within the limits, counting; sheets also give their extent."""
    total, last_row, columns, formulas = 0, 1, {b"A"}, False
    with path.open("rb") as file:
        for part in parts:
            if not part.filename.lower().endswith((".xml", ".rels")):
                continue
            sheet = _SHEET.fullmatch(part.filename) is not None
            for chunk, fresh in _unpacked(path, file, part):
                total += fresh
                if total > LARGEST_CONTENT:
                    raise _swollen(path, total)
                if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                    raise refuse(path, _("工作簿里有不该有的 DOCTYPE，没有打开：请核对来源"))
                if sheet:
                    columns.update(_COLUMN.findall(chunk))
                    rows = _ROW.findall(chunk)
                    last_row = max(last_row, int(rows[-1][:9])) if rows else last_row
                    formulas = formulas or _FORMULA.search(chunk) is not None
    return Contents(last_row, max(map(_column, columns)), formulas)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _unpacked(path: Path, file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, int]]:
    """The part's bytes in chunks that overlap a little, each with how many of them are new.

    Read from the raw stream, not through the directory's sizes: those may lie.
    """
    try:
        left = _begin(file, part)
        inflate = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
        tail, unpacked = b"", 0
        while left > 0 and (packed := file.read(min(_CHUNK // 4, left))):
            left -= len(packed)
            while packed:
                fresh = inflate.decompress(packed, _CHUNK) if inflate else packed
                packed = inflate.unconsumed_tail if inflate else b""
                unpacked += len(fresh)
                if _is_swollen(unpacked, part.compress_size):
                    raise _swollen(path, unpacked)
                yield tail + fresh, len(fresh)
                tail = fresh[-_OVERLAP:]
        whole = inflate is None or inflate.eof
    except (zlib.error, struct.error, ValueError, OverflowError, OSError) as error:
        raise _damaged(path, part.filename) from error
    if left or not whole or unpacked != part.file_size:
        raise _damaged(path, part.filename)


def _begin(file: BinaryIO, part: zipfile.ZipInfo) -> int:
    """Go to the part's first byte and give its packed size; ValueError for what cannot be read."""
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(part.compress_type)
    file.seek(part.header_offset)
    magic, *_rest, name, extra = struct.unpack("<4s5H3I2H", file.read(30))
    if magic != b"PK\x03\x04":
        raise ValueError(magic)
    file.seek(name + extra, 1)
    return part.compress_size


def _damaged(path: Path, name: str) -> Exception:
    return refuse(
        path,
        _("工作簿已损坏，“{part}”解不开：请重新导出或重新拷贝").format(part=name),
    )
