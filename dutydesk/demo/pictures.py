"""The picture inbox of the invented street: a few small invented pictures that go with the desk."""

from __future__ import annotations

import os
import struct
import zlib
from datetime import datetime, timedelta

from dutydesk.demo.folder import folder
from dutydesk.desk import Desk
from dutydesk.desk.attachments import AttachmentFolder

TAKEN: tuple[tuple[str, float, int], ...] = (
    ("演练-处置前.png", 34, 90),
    ("演练-处置后.png", 6, 160),
    ("演练-井盖围挡.png", 21, 120),
    ("演练-楼道堆物.png", 95, 60),
)
"""Name, minutes before now, and how bright each is."""
SIDE = 120


def give(desk: Desk, now: datetime) -> None:
    """Give the demonstration an inbox with pictures and a place for copies; both go with it."""
    own = folder()
    inbox = own / "pictures"
    inbox.mkdir()
    for name, ago, shade in TAKEN:
        file = inbox / name
        file.write_bytes(_png(shade))
        at = (now - timedelta(minutes=ago)).timestamp()
        os.utime(file, (at, at))
    desk.tools.pictures = inbox
    desk.files = AttachmentFolder(own / "files")


def _png(shade: int) -> bytes:
    """A grey square with a slope in it."""
    rows = b"".join(
        b"\x00" + bytes((shade + x + y) % 256 for x in range(SIDE)) for y in range(SIDE)
    )
    head = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
