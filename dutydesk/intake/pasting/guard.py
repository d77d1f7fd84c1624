"""What is not even searched: a paste too large to be a message, and the bytes of a picture."""

from __future__ import annotations

from dutydesk.errors import BadInput
from dutydesk.i18n import _

LARGEST = 200_000
"""Bytes (UTF-8) of a paste; a longer one is a file."""
MOST_LINES = 4_000
_LOOKED_AT = 4_000
_SHARE, _FEW = 0.05, 4
_MAGIC = ("\x89PNG", "\ufffdPNG", "GIF87a", "GIF89a", "%PDF-", "PK\x03\x04")
_JFIF = ("JFIF", "Exif", "IHDR")


def refuse_unfit(text: str) -> None:
    """Raise BadInput for a paste that is too large, or no text; looks at its first characters."""
    if len(text) > LARGEST or len(text.encode("utf-8", "replace")) > LARGEST:
        size = f"{max(len(text), LARGEST + 1) / 1_000_000:.1f}"
        raise BadInput(
            _("粘贴的内容太大（约 {size} MB，至多 0.2 MB），没有收下：存成文件后按 i 导入").format(
                size=size
            )
        )
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise BadInput(
            _("粘贴的内容有 {count} 行，至多 {most} 行，没有收下：存成文件后按 i 导入").format(
                count=text.count("\n") + 1, most=MOST_LINES
            )
        )
    if is_binary(text):
        raise BadInput(
            _("粘贴的不是文字，像是图片或文件的内容，没有收下：图片请用案件的“附件”添加")
        )


def is_binary(text: str) -> bool:
    """Whether the beginning of a text shows that it is none: NUL, a picture's first bytes,
    or many control and replacement characters."""
    head = text[:_LOOKED_AT]
    if head.startswith(_MAGIC) or "\x00" in head:
        return True
    odd = sum(c == "\ufffd" or (c < " " and c not in "\t\n\r\x1b") for c in head)
    if odd and any(word in head[:40] for word in _JFIF):
        return True
    return odd >= _FEW and odd / len(head) > _SHARE
