"""Whatever bytes a file holds, it is read or refused in words, and its lines are accounted for."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dutydesk.errors import BadInput
from dutydesk.intake import load_layouts, read_file

HEADER = "工单编号,受理时间,内容描述\n"
CELL = st.text(alphabet=st.characters(exclude_categories=[]), max_size=12)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytes") / "x.csv"


@settings(max_examples=150)
@given(st.binary(max_size=400))
@example(codecs.BOM_UTF16_LE + b"\x00")
@example(b'{"a": 1}\n{"a": \xff')
@example(b"PK\x03\x04" + b"\0" * 40)
def test_any_bytes_are_read_or_refused(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    refusal = _refusal(file)
    assert refusal is None or (refusal.file == str(file) and refusal.message)


def _refusal(file: Path) -> BadInput | None:
    try:
        read_file(file, load_layouts())
    except BadInput as error:
        return error
    return None


@settings(max_examples=100)
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8))
def test_no_cell_brings_a_control_character_in(
    file: Path, rows: list[tuple[str, str, str]]
) -> None:
    lines = (",".join(f'"{cell}"'.replace("\0", "") for cell in row) for row in rows)
    text = HEADER + "1,2026-11-20,甲\n" + "\n".join(lines)
    file.write_bytes(text.encode("utf-8", errors="surrogatepass"))
    reading = read_file(file, load_layouts())
    for row in reading.rows:
        for value in row.raw.values():
            assert not any(character < " " and character not in "\t\n" for character in value)
            value.encode("utf-8")
