"""The parts of the import screen: the path as it is typed, how far the file is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from textual import events
from textual.message import Message

from dutydesk.i18n import _
from dutydesk.screens import import_lines
from dutydesk.screens.command.line import LineEntry
from dutydesk.screens.forms.entry import take
from dutydesk.screens.keys import narrow
from dutydesk.screens.parts.paint import Line, Span, blank, row, rule
from dutydesk.screens.parts.painted import Painted
from dutydesk.text import one_line
from dutydesk.views.batches import Batches, BatchSummary, ChangedRow, ChangedUnseen
from dutydesk.workflow.cases.model import Actor

if TYPE_CHECKING:
    from dutydesk.desk import Desk

PREVIEW, IMPORT, UNDO = "preview", "import", "undo"
QUOTES = "\"'“”‘’「」＂"


def path_of(typed: str) -> str:
    """The path that was typed or pasted: quotes, file:// and escaped blanks are taken off."""
    text = typed.strip().strip(QUOTES).strip()
    if text.lower().startswith("file:"):
        return unquote(urlsplit(text).path)
    return text.replace("\\ ", " ")


class Progress(Message):
    """So many rows are read, and what share of the file where that is known."""

    def __init__(self, rows: int, share: float | None) -> None:
        super().__init__()
        self.rows = rows
        self.share = share


def before(desk: Desk) -> tuple[tuple[ChangedRow, ...], tuple[BatchSummary, ...]]:
    """What nobody has looked at yet, and the last imports."""
    return desk.read(ChangedUnseen()), desk.read(Batches("import", 20))


@dataclass(slots=True)
class Course:
    """How an import stands: what runs now, how far it is, and what came of it."""

    running: str = ""
    progress: Progress | None = None
    done: Any = None
    previewed: bool = False


class Result(Painted):
    """What the file is and what came of it, or how far it is; always as many lines."""

    DEFAULT_CSS = "Result { height: 4; }"
    ground = "panel"

    def __init__(self, course: Course) -> None:
        super().__init__()
        self.course = course
        self.inbox: Line = ()

    def lines(self, width: int, height: int) -> list[Line]:
        """A rule, two lines, a rule with the name of the list below."""
        course, done = self.course, self.course.done
        if course.running:
            body = [self._bar(width), row(width, [])]
        elif done is not None:
            body = import_lines.summary(done, course.previewed, width)
        else:
            said = _("xlsx、csv、tsv、json、jsonl；先预览，不写入，再按 Enter 才导入")
            body = [row(width, [blank(1), Span(said, "dim")]), row(width, self.inbox)]
        name = _("被拒和变更的行") if done is not None else _("没有人看过的变更、以前的批次")
        return [rule(width), *body, rule(width, [Span(name, "dim")])]

    def _bar(self, width: int) -> Line:
        size = max(10, width - 40)
        progress = self.course.progress
        share = progress.share if progress else None
        rows = progress.rows if progress else 0
        full = int(size * (share or 0))
        said = _("已读 {rows} 行 {share}").format(
            rows=rows, share="" if share is None else f"{share:.0%}"
        )
        bar = [Span("━" * full, "accent"), Span("─" * (size - full), "rule")]
        return row(width, [blank(1), *bar, blank(2), Span(said, "bright")])


class PathEntry(LineEntry):
    """A path: `/` is a character of it, `*` leads on.

    While it is empty a digit takes the file that `offer` has for it; `-` takes it back.
    """

    paths = True
    offer: Callable[[int], str | None] | None = None
    _offered = ""

    async def _on_key(self, event: events.Key) -> None:
        sign = narrow(event.character)
        if sign == "-" and self.value and self.value == self._offered:
            take(event)
            self.put("")
        elif file := self._offer(sign):
            take(event)
            self.put(file)
        elif event.character in ("/", "?", ".", "。") and event.is_printable:
            # The toolkit asks every base class too: the key is taken, so that none steps by it.
            take(event)
            self.replace(event.character, *sorted(self.selection))

    def _offer(self, sign: str) -> str | None:
        if self.value or self.offer is None or not (sign.isascii() and sign.isdigit()):
            return None
        return self.offer(int(sign))

    def put(self, file: str) -> None:
        """Show a file that was offered."""
        self._offered = self.value = file
        self.cursor_position = len(file)

    def _on_paste(self, event: events.Paste) -> None:
        if not self.value.strip():
            lines = [line for line in event.text.splitlines() if line.strip()]
            if len(lines) == 1:
                event.prevent_default()
                event.stop()
                self.value = one_line(path_of(lines[0]))
                return
        super()._on_paste(event)


def import_file(
    desk: Desk,
    *,
    path: str,
    layout: str | None,
    dry_run: bool,
    by: Actor,
    progress: Callable[[int, float | None], None],
    cancelled: Callable[[], bool],
) -> Any:
    """The import in the worker."""
    return desk.import_file(
        path, layout=layout, dry_run=dry_run, by=by, progress=progress, cancelled=cancelled
    )
