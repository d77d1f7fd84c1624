"""What the desk does outside itself: new pictures, the clipboard, opening, printing.

Nothing here touches the store, so that a slow folder or a printer never keeps the desk waiting.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from dutydesk.desk.attachments import LARGEST_FILE
from dutydesk.errors import BadInput, OutsideError
from dutydesk.i18n import _
from dutydesk.text import cut, one_line
from dutydesk.workflow.time.zone import ZONE

SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".gif", ".bmp", ".tif"))
SHOWN = 8
"""How many of the newest pictures are listed (product.md)."""
CLIPBOARD_S, OPEN_S, PRINT_S = 10.0, 1.5, 30.0
"""House: how long each command is waited for, in seconds."""
LARGEST = 30_000_000
"""House: bytes of a picture from the clipboard."""
KEPT_CLIPS = 50
"""House: how many pictures from the clipboard stay in the user's folder beside their copies."""
MAGIC = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
LAST_S = 253_370_764_800
"""Seconds at which the year 9999 begins: a file from a broken clock may name a later one."""
SAID = 10_000
"""How many bytes of what a printer says are looked at."""
_CHUNK = 1 << 20


class Picture(NamedTuple):
    """A picture that may be kept with a case: where it lies, since when, how many bytes.

    `digest` is its SHA-256 in hex, empty where it cannot be read or is too large to be kept.
    """

    file: str
    at: datetime
    size: int
    digest: str

    @property
    def name(self) -> str:
        return Path(self.file).name


@dataclass
class Tools:
    """The commands and folders of the settings; empty ones are those of the system.

    `clips` is where pictures from the clipboard are written, `inbox` the watched folder.
    """

    pictures: Path | None = None
    clipboard: str = ""
    opener: str = ""
    printer: str = ""
    clips: Path | None = None
    inbox: Path | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _digests: dict[tuple[str, int, int], str] = field(default_factory=dict, repr=False)

    # Pictures.

    def newest(self) -> tuple[Picture, ...]:
        """The newest pictures of the inbox, the newest first; none where no folder is set.

        Raises OutsideError where the folder cannot be read.
        """
        if self.pictures is None:
            return ()
        try:
            with os.scandir(self.pictures) as entries:
                found = [one for one in map(_seen, entries) if one is not None]
        except OSError as error:
            why = error.strerror or str(error)
            raise OutsideError(
                _("图片收件夹 {folder} 读不了：{why}").format(folder=self.pictures, why=why)
            ) from error
        newest = sorted(found, key=lambda one: (-one[0], one[1]))
        return tuple(self._picture(path, ns, size) for ns, path, size in newest[:SHOWN])

    def _picture(self, path: str, mtime_ns: int, size: int) -> Picture:
        key = (path, mtime_ns, size)
        if key not in self._digests:
            self._digests[key] = digest_of(Path(path)) if size <= LARGEST_FILE else ""
        at = datetime.fromtimestamp(min(max(mtime_ns // 1_000_000_000, 0), LAST_S), ZONE)
        return Picture(path, at, size, self._digests[key])

    def clipboard_picture(self, now: datetime) -> Picture:
        """The picture in the clipboard, written to a file of its own.

        Raises OutsideError where no command is set, it fails, or gives no picture; and where the
        file cannot be written.
        """
        from dutydesk.desk.commands import filled, output  # slow import

        if not self.clipboard:
            raise OutsideError(_("没有设剪贴板命令：设置 [files] clipboard"))
        try:
            found = output(filled(self.clipboard, {}), CLIPBOARD_S, LARGEST)
        except OutsideError as error:
            raise _fault(_("剪贴板命令"), self.clipboard, error) from error
        suffix = next((end for head, end in MAGIC.items() if found.startswith(head)), None)
        if suffix is None:
            said = _("剪贴板里没有图片") if not found else _("剪贴板命令给的不是 PNG 或 JPEG 图片")
            raise OutsideError(said)
        path = self._clip(found, now, suffix)
        return Picture(str(path), now, len(found), hashlib.sha256(found).hexdigest())

    def _clip(self, found: bytes, now: datetime, suffix: str) -> Path:
        from dutydesk.desk.commands import own_folder  # slow import

        try:
            if self.clips is None:
                self.clips = own_folder()
            self.clips.mkdir(parents=True, exist_ok=True, mode=0o700)
            clips = sorted(self.clips.glob("clip-*"), key=lambda one: one.stat().st_mtime_ns)
            for old in clips[: max(0, len(clips) - KEPT_CLIPS + 1)]:
                old.unlink(missing_ok=True)
            path = self.clips / f"clip-{now:%Y%m%d-%H%M%S}{suffix}"
            path.write_bytes(found)
        except OSError as error:
            why = error.strerror or str(error)
            raise OutsideError(_("剪贴板图片存不下：{why}").format(why=why)) from error
        return path

    # Opening and printing.

    def open(self, path: Path) -> None:
        """Open a file outside; gives up waiting after a moment, the program goes on by itself.

        Raises OutsideError with the reason where it cannot be opened, and with where the file is.
        """
        from dutydesk.desk.commands import filled, launch  # slow import

        command = self.opener or self._system_opener(path)
        try:
            launch(filled(command, {"file": str(path)}), OPEN_S)
        except OutsideError as error:
            raise _fault(_("打开命令"), command, error) from error

    def _system_opener(self, path: Path) -> str:
        name = "open" if sys.platform == "darwin" else "xdg-open"
        if name == "xdg-open" and not (
            self.environ.get("DISPLAY") or self.environ.get("WAYLAND_DISPLAY")
        ):
            raise OutsideError(
                _("这里没有图形界面，打不开；文件在 {file}（可设 [files] open）").format(file=path)
            )
        if shutil.which(name, path=self.environ.get("PATH")) is None:
            raise OutsideError(
                _("没有 {name} 命令，打不开；文件在 {file}（可设 [files] open）").format(
                    name=name, file=path
                )
            )
        return name

    @property
    def print_command(self) -> str:
        """The command that prints; empty where there is none."""
        found = shutil.which("lp", path=self.environ.get("PATH"))
        return self.printer or ("lp" if found else "")

    def print(self, text: str, page: str) -> str:
        """Print a paper by its text or its page; gives the first words that the command says.

        Raises BadInput where nothing can print here, OutsideError where the command fails.
        """
        from dutydesk.desk.commands import WORDS, filled, output, passing_folder  # slow import

        command = self.print_command
        if not command:
            raise BadInput(_("没有打印命令：设置 [print] command"))
        try:
            with passing_folder() as folder:
                files = written(folder, "paper", text, page)
                places = {"file": str(files[0]), "html": str(files[1])}
                said = output(filled(command, places), PRINT_S, LARGEST)
        except OSError as error:
            why = OutsideError(error.strerror or str(error))
            raise _fault(_("打印命令"), command, why) from error
        except OutsideError as error:
            raise _fault(_("打印命令"), command, error) from error
        return cut(one_line(said[:SAID].decode("utf-8", "replace")), WORDS)[0]


def _seen(entry: os.DirEntry[str]) -> tuple[int, str, int] | None:
    """When a picture was written (ns), its path and bytes; None for anything else.

    A file of no bytes is still on its way; one that goes while it is looked at, or a link that
    leads nowhere, hides no other.
    """
    try:
        if Path(entry.name).suffix.lower() not in SUFFIXES or not entry.is_file():
            return None
        stat = entry.stat()
    except OSError:
        return None
    return (stat.st_mtime_ns, entry.path, stat.st_size) if stat.st_size else None


def written(folder: Path, name: str, text: str, page: str) -> tuple[Path, Path]:
    """A paper as text and as a page in a folder. Raises OSError where it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    plain, html = folder / f"{name}.txt", folder / f"{name}.html"
    plain.write_text(text + "\n", encoding="utf-8")
    html.write_text(page, encoding="utf-8")
    return plain, html


def digest_of(path: Path) -> str:
    """The SHA-256 of a file in hex; empty where it cannot be read."""
    found = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    except OSError:
        return ""
    return found.hexdigest()


def _fault(what: str, command: str, why: OutsideError) -> OutsideError:
    said = _("{what}没有成功：{why}（{command}）")
    return OutsideError(said.format(what=what, command=command, why=why.message))
