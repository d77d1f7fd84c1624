"""Makes a screenshot small: a PNG of 24 bits becomes one with a palette of 256 colours."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"
STEP = bytes(min(255, (value + 2) // 4 * 4) for value in range(256))
"""Each channel in steps of four: what an eye cannot tell apart is one colour."""


def slim(path: Path) -> None:
    """Rewrite the file with a palette; raises ValueError for a PNG of another kind."""
    width, height, channels, rows = _read(path.read_bytes())
    lines = [row.translate(STEP) for row in rows]
    cut = [[line[at : at + 3] for at in range(0, width * channels, channels)] for line in lines]
    counted = Counter(colour for line in cut for colour in line)
    palette = [colour for colour, _count in counted.most_common(256)]
    index = {colour: number for number, colour in enumerate(palette)}
    for colour in counted:
        if colour not in index:
            index[colour] = _nearest(colour, palette)
    body = b"".join(b"\0" + bytes(map(index.__getitem__, line)) for line in cut)
    path.write_bytes(
        SIGNATURE
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", b"".join(palette))
        + _chunk(b"IDAT", zlib.compress(body, 9))
        + _chunk(b"IEND", b"")
    )


def _nearest(colour: bytes, palette: list[bytes]) -> int:
    red, green, blue = colour
    return min(
        range(len(palette)),
        key=lambda n: (
            (palette[n][0] - red) ** 2 + (palette[n][1] - green) ** 2 + (palette[n][2] - blue) ** 2
        ),
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _read(data: bytes) -> tuple[int, int, int, list[bytes]]:
    """Width, height, bytes per pixel and the rows of an 8-bit RGB or RGBA file."""
    if data[:8] != SIGNATURE:
        raise ValueError("no PNG")
    at, packed, head = 8, b"", b""
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        head = body if kind == b"IHDR" else head
        packed += body if kind == b"IDAT" else b""
        at += 12 + size
    width, height, depth, colours = struct.unpack(">IIBB", head[:10])
    if depth != 8 or colours not in (2, 6) or head[12]:
        raise ValueError("not 8-bit RGB, or interlaced")
    channels = 3 if colours == 2 else 4
    raw, size = zlib.decompress(packed), width * channels
    rows: list[bytes] = []
    above = bytes(size)
    for y in range(height):
        start = y * (size + 1)
        above = _unfiltered(
            raw[start], bytearray(raw[start + 1 : start + 1 + size]), above, channels
        )
        rows.append(above)
    return width, height, channels, rows


def _unfiltered(kind: int, line: bytearray, above: bytes, step: int) -> bytes:
    """One row as it was before the filter of the PNG format (section 9 of its specification)."""
    if kind == 1:
        for at in range(step, len(line)):
            line[at] = (line[at] + line[at - step]) & 255
    elif kind == 2:
        for at, up in enumerate(above):
            line[at] = (line[at] + up) & 255
    elif kind in (3, 4):
        for at, up in enumerate(above):
            left = line[at - step] if at >= step else 0
            corner = above[at - step] if at >= step else 0
            guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
            line[at] = (line[at] + guess) & 255
    return bytes(line)


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    a, b, c = abs(guess - left), abs(guess - up), abs(guess - corner)
    if a <= b and a <= c:
        return left
    return up if b <= c else corner
