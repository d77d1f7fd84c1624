"""Files of a result: copied, hashed and listed, the original left where it is (X-5.2.5.3)."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dutydesk.errors import StoreError
from dutydesk.i18n import _
from dutydesk.workflow.cases.acts import Act

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class AttachmentFolder:
    """Keeps copies of files in a folder, each under its own SHA-256."""

    folder: Path

    def kept(self, act: Act) -> Act:
        """The act with a digest beside each file that could be read.

        A file that is not there keeps an empty digest, so that the list says it is missing; it
        may lie on a telephone. Raises StoreError when the copy cannot be written.
        """
        fields = dict(act.fields)
        if act.verb == "attach" and fields.get("file"):
            fields["digest"] = self._digest(str(fields["file"]))
        given = fields.get("attachments")
        if isinstance(given, (list, tuple)):
            fields["attachments"] = [self._with_digest(entry) for entry in given]
        return replace(act, fields=fields)

    def _with_digest(self, entry: object) -> object:
        if not isinstance(entry, Mapping) or not entry.get("file") or entry.get("digest"):
            return entry
        return {**entry, "digest": self._digest(str(entry["file"]))}

    def _digest(self, text: str) -> str:
        from dutydesk.intake.dropped import source  # slow import

        path = source(text)
        if path is None:
            return ""
        try:
            return self._copy(path)
        except OSError as error:
            message = _("附件 {file} 没有存成：{why}").format(
                file=text, why=error.strerror or error
            )
            raise StoreError(message) from error

    def _copy(self, path: Path) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f".{os.getpid()}.part"
        digest = hashlib.sha256()
        try:
            with path.open("rb") as source_file, part.open("wb") as copy:
                while chunk := source_file.read(CHUNK):
                    digest.update(chunk)
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
            name = digest.hexdigest()
            target = self.folder / f"{name}{path.suffix.lower()[:8]}"
            if target.exists():
                part.unlink()
            else:
                shutil.move(part, target)
        finally:
            part.unlink(missing_ok=True)
        return name
