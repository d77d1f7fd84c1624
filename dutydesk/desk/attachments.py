"""Files of a result: copied, hashed and listed, the original left where it is (X-5.2.5.3)."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from dutydesk.errors import StoreError
from dutydesk.i18n import _
from dutydesk.text import clean
from dutydesk.workflow.cases.acts import Act, Event

CHUNK = 1 << 20
LARGEST_FILE = 200_000_000
"""House: bytes of a file that is kept with a case; a photo has 5 MB, a minute of video 100."""


@dataclass(frozen=True, slots=True)
class AttachmentFolder:
    """Keeps copies of files in a folder, each under its own SHA-256."""

    folder: Path

    def kept(self, act: Act) -> Act:
        """The act with a digest beside each file that could be read.

        A file that is not there, or goes while it is looked for, keeps an empty digest, so that
        the list says it is missing; it may lie on a telephone. Its name is kept without what could
        move a cursor or break a store. Raises StoreError where the file is empty or larger than
        `LARGEST_FILE`, or the copy cannot be written.
        """
        fields = dict(act.fields)
        if act.verb == "attach" and fields.get("file") and not fields.get("digest"):
            fields |= self._found(str(fields["file"]))
        given = fields.get("attachments")
        if isinstance(given, (list, tuple)):
            fields["attachments"] = [self._with_digest(entry) for entry in given]
        return replace(act, fields=fields)

    def copy_of(self, digest: str) -> Path | None:
        """The copy with this digest; None where it is gone."""
        if not self.folder.is_dir():
            return None
        found = (path for path in self.folder.iterdir() if path.stem == digest)
        return next((path for path in found if path.is_file()), None)

    def copied(self, text: str) -> dict[str, str]:
        """A file that belongs to no case, kept: its name, and the digest of its copy."""
        return self._found(text)

    def _with_digest(self, entry: object) -> object:
        if not isinstance(entry, Mapping) or not entry.get("file") or entry.get("digest"):
            return entry
        return {**entry, **self._found(str(entry["file"]))}

    def _found(self, text: str) -> dict[str, str]:
        """The name of a file as it is kept, and the digest of its copy."""
        from dutydesk.intake.dropped import source  # slow import

        path, name = source(text), _name(text)
        try:
            return {"file": name, "digest": self._copy(path) if path is not None else ""}
        except OSError as error:
            why = error.strerror or str(error)
            raise StoreError(_("附件 {file} 没有存成：{why}").format(file=name, why=why)) from error

    def _copy(self, path: Path) -> str:
        """The digest of a copy that is made; empty where the file has just gone."""
        try:
            original = path.open("rb")
        except FileNotFoundError:
            return ""
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f".{os.getpid()}.part"
        try:
            with original, part.open("wb") as copy:
                name = _written(original, copy)
                copy.flush()
                os.fsync(copy.fileno())
            target = self.folder / f"{name}{path.suffix.lower()[:8]}"
            if target.exists():
                part.unlink()
            else:
                # A program that opens a copy is not to write into it.
                part.chmod(0o444)
                shutil.move(part, target)
        finally:
            part.unlink(missing_ok=True)
        return name


def _written(original: BinaryIO, copy: BinaryIO) -> str:
    """Copy a file, and give its SHA-256 in hex. Raises OSError for one too large, or empty."""
    digest, left = hashlib.sha256(), LARGEST_FILE
    if os.fstat(original.fileno()).st_size > left:
        raise _too_large()
    while chunk := original.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise _too_large()
        digest.update(chunk)
        copy.write(chunk)
    if left == LARGEST_FILE:
        raise OSError(errno.ENODATA, _("文件是空的，可能还没有传完"))
    return digest.hexdigest()


def _too_large() -> OSError:
    most = _("超过 {mb} MB，请先剪短或压缩").format(mb=LARGEST_FILE // 1_000_000)
    return OSError(errno.EFBIG, most)


def _name(text: str) -> str:
    """A path as it is kept: two blanks in it stay two."""
    return clean(text.replace("\n", " ")).text.replace("\n", " ").strip() or "?"


def without_copy(events: Iterable[Event]) -> tuple[str, ...]:
    """The names, without their folders, of the files that events added without a copy."""
    found = []
    for event in events:
        given = event.data.get("attachments")
        many = given if isinstance(given, (list, tuple)) else ()
        one = event.data if event.verb == "attach" else {}
        for entry in (one, *many):
            if isinstance(entry, Mapping) and entry.get("file") and not entry.get("digest"):
                found.append(base_name(str(entry["file"])))
    return tuple(found)


def base_name(file: str) -> str:
    """The name of a file without its folders, however its path was typed."""
    return file.strip().strip("'\"").replace("\\", "/").rsplit("/", 1)[-1]
