"""Which encoding a text has, and how its undecodable bytes are carried along to be dropped."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO

from dutydesk.intake.readers.sniff import BOMS

LONE = "dutydesk.lone"
"""Error handler: each undecodable byte becomes half a surrogate, which rows drop and count."""

_CHUNK = 1 << 20
_PEEK = 1 << 22


def _as_half_surrogates(error: UnicodeError) -> tuple[str, int]:
    """Unlike surrogateescape this takes any byte, so that no cut-off file can raise."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return "".join(chr(0xDC00 + byte) for byte in bad), error.end


codecs.register_error(LONE, _as_half_surrogates)


def encoding_of(path: Path) -> str:
    """The text's encoding: by its mark, else UTF-8 where it decodes, else GB18030.

    A damaged byte does not turn a UTF-8 file into GB18030: Chinese in GB18030 breaks the rules of
    UTF-8 in more than half of its bytes, so up to a quarter is taken for damage.
    """
    with path.open("rb") as file:
        first = file.read(4)
        for bom, name in BOMS.items():
            if first.startswith(bom):
                return name
        file.seek(0)
        if _decodes(file, "utf-8"):
            return "utf-8"
        file.seek(0)
        sample = file.read(_PEEK)
    return "utf-8" if _undecodable(sample) * 4 < _wide(sample) else "gb18030"


def _wide(sample: bytes) -> int:
    """How many bytes of the sample are no ASCII."""
    return len(sample.translate(None, bytes(range(128))))


def _decodes(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _undecodable(sample: bytes) -> int:
    text = sample.decode("utf-8", errors=LONE)
    return sum("\udc00" <= character <= "\udcff" for character in text)
