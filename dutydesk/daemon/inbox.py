"""The watched folder: a file that is whole is imported, then moved with a word beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from dutydesk.desk import Desk
from dutydesk.desk.accounting import Imported
from dutydesk.desk.inbox_files import HIDDEN, ON_ITS_WAY, REFUSED
from dutydesk.desk.turns import my_turn
from dutydesk.errors import BadInput, DeskError, OutsideError, StoreError
from dutydesk.i18n import _
from dutydesk.text import one_line
from dutydesk.workflow.cases.model import Actor

INBOX = Actor("system", "inbox")
TURN_SECONDS = 60
SHOWN = 200


class Taken(NamedTuple):
    """One file that was dealt with: whether it went to done/, and what was said of it."""

    file: str
    done: bool
    said: str


class _Look(NamedTuple):
    size: int
    changed_ns: int


class Inbox:
    """A folder and what was seen in it at the last look."""

    def __init__(self, folder: Path, holder: str = "inbox") -> None:
        self.folder = folder
        self._holder = holder
        self._seen: dict[Path, _Look] = {}
        self._stuck: dict[Path, _Look] = {}

    def poll(self, desk: Desk, pause: Callable[[], None] = lambda: None) -> list[Taken]:
        """Import every file that stands as it stood at the last look; gives what was dealt with.

        Raises OutsideError where the folder cannot be read, StoreError where nothing can be
        saved: the file stays and is tried again.
        """
        now = self._look()
        whole = [path for path, look in now.items() if self._seen.get(path) == look]
        self._seen = now
        ready = [path for path in whole if self._stuck.get(path) != now[path]]
        if not ready or not my_turn(desk, "inbox", self._holder, TURN_SECONDS):
            return []
        taken = [self._take(desk, path, pause) for path in ready if path.exists()]
        return [one for one in taken if one is not None]

    def _look(self) -> dict[Path, _Look]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            return dict(self._files())
        except OSError as error:
            raise OutsideError(
                _("收件文件夹 {folder} 读不了：{why}；请检查文件夹和权限").format(
                    folder=self.folder, why=error.strerror or error
                )
            ) from error

    def _files(self) -> Iterator[tuple[Path, _Look]]:
        for path in sorted(self.folder.iterdir()):
            if path.name.startswith(HIDDEN) or path.suffix.lower() in ON_ITS_WAY:
                continue
            try:
                if not path.is_file():
                    continue
                stat = path.stat()
            except FileNotFoundError:
                continue
            yield path, _Look(stat.st_size, stat.st_mtime_ns)

    def _take(self, desk: Desk, path: Path, pause: Callable[[], None]) -> Taken | None:
        try:
            imported = desk.import_file(path, by=INBOX, progress=lambda _done, _of: pause())
        except StoreError:
            raise
        except DeskError as error:
            if not path.exists():
                return None
            said = str(error) if isinstance(error, BadInput) else error.message
            return self._put(path, REFUSED, said, done=False)
        return self._put(path, "done", _account(imported), done=True)

    def _put(self, path: Path, where: str, said: str, *, done: bool) -> Taken:
        """Move a file, and write beside it what became of it."""
        try:
            place = _free(self.folder / where, path.name)
            path.rename(place)
            word = place.with_name(f"{place.name}.txt")
            # A name that is no UTF-8 (an archive from another system) may stand in what is said.
            word.write_text(f"{said}\n", encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            # What is in is in: the file is left alone until it changes, and that is told.
            if path in self._seen:
                self._stuck[path] = self._seen[path]
            said = _("{said}；但移不动文件：{why}").format(
                said=said.partition("\n")[0], why=error.strerror or error
            )
            return Taken(one_line(path.name), False, one_line(said))
        self._seen.pop(path, None)
        first = said.partition("\n")[0]
        name = one_line(path.name)
        told = _("{name}：{message}").format(name=name, message=one_line(first))
        return Taken(name, done, told)


def _free(folder: Path, name: str) -> Path:
    """A name that is not taken in a folder, neither by a file nor by its word."""
    folder.mkdir(parents=True, exist_ok=True)
    stem, suffix = Path(name).stem, Path(name).suffix
    place, number = folder / name, 1
    while place.exists() or place.with_name(f"{place.name}.txt").exists():
        number += 1
        place = folder / f"{stem}-{number}{suffix}"
    return place


def _account(imported: Imported) -> str:
    """The import in words: the counts, then each refused row."""
    lines = [
        _(
            "批次 {batch}，格式 {layout}：共 {rows} 行，新 {new}，变 {changed}，同 {unchanged}，"
            "拒 {refused}"
        ).format(
            batch=imported.batch,
            layout=imported.layout,
            rows=imported.rows,
            new=imported.new,
            changed=imported.changed,
            unchanged=imported.unchanged,
            refused=len(imported.rejected),
        )
    ]
    for row in imported.rejected[:SHOWN]:
        lines.append(
            _("第 {row} 行 {column}：{reason}").format(
                row=row.row, column=row.column or "", reason=row.reason
            )
        )
    more = len(imported.rejected) - SHOWN
    if more > 0:
        lines.append(_("另有 {count} 行被拒").format(count=more))
    return "\n".join(lines)
