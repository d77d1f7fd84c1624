"""`dutydesk import`: cases from a file, each row accounted for, and a batch taken back."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cleaned

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_ROWS = 20


File = Annotated[
    Path | None,
    typer.Argument(metavar="FILE", help=N_("xlsx、csv、tsv、json 或 jsonl 文件")),
]
Layout = Annotated[
    str | None,
    typer.Option("--layout", metavar="NAME", help=N_("格式名，或自己的格式文件 .toml")),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("只看结果，不写入"))]
History = Annotated[bool, typer.Option("--history", help=N_("当作已办结的历史案件，不起时限"))]
Undo = Annotated[
    str | None, typer.Option("--undo", metavar="BATCH", help=N_("撤回一个没人动过的批次"))
]
AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]


def import_(
    file: File = None,
    layout: Layout = None,
    dry_run: DryRun = False,
    history: History = False,
    undo: Undo = None,
    as_json: AsJson = False,
) -> None:
    """Import a file, or take back a batch."""
    if (file is None) == (undo is None):
        raise BadInput(_("要么写要导入的文件，要么写 --undo 批次号"))
    if undo is not None and (layout or dry_run or history):
        raise BadInput(_("--undo 不能和 --layout、--dry-run、--history 一起用"))
    using = here.settings()
    with here.desk(using=using) as desk:
        by = here.sitting(desk, using)
        if undo is not None:
            _undo(desk.undo_import(cleaned(undo), by), as_json)
            return
        assert file is not None
        with _Stopping() as stopping:
            imported = desk.import_file(
                file,
                layout=layout,
                dry_run=dry_run,
                history=history,
                by=by,
                progress=_progress(),
                cancelled=stopping.asked,
            )
    document = as_document(imported)
    if as_json:
        outlet.say_json(document)
    else:
        _text(document, dry_run)
    if document["details"]["cancelled"]:
        outlet.tell(_("导入已停止；停止之前的行已经写入"))
        raise typer.Exit(outlet.INTERRUPTED)
    if document["rejected"]:
        raise typer.Exit(1)


def as_document(imported: Any) -> dict[str, Any]:
    """The contract's JSON document of an import."""
    from dutydesk.views.jsonable import plain  # slow import

    return {
        "batch": imported.batch,
        "file": str(imported.file),
        "layout": imported.layout,
        "rows": imported.rows,
        "new": imported.new,
        "changed": imported.changed,
        "unchanged": imported.unchanged,
        "rejected": [
            {
                name: plain(getattr(row, name))
                for name in ("row", "column", "value", "reason", "also")
            }
            for row in imported.rejected
        ],
        "details": plain(getattr(imported, "details", None)),
    }


def _text(document: dict[str, Any], dry_run: bool) -> None:
    if dry_run:
        outlet.say(_("只是预览，没有写入"))
    outlet.say(
        _(
            "格式 {layout}：共 {rows} 行，新 {new}，变 {changed}，同 {unchanged}，拒 {refused}"
        ).format(
            **{key: document[key] for key in ("layout", "rows", "new", "changed", "unchanged")},
            refused=len(document["rejected"]),
        )
    )
    if document["batch"] and not dry_run:
        outlet.say(
            _("批次 {batch}；撤回：dutydesk import --undo {batch}").format(batch=document["batch"])
        )
    for row in document["rejected"][:SHOWN_ROWS]:
        outlet.tell(
            _("第 {row} 行 {column}：{reason}").format(
                row=row["row"], column=row["column"] or "", reason=row["reason"]
            )
        )
    more = len(document["rejected"]) - SHOWN_ROWS
    if more > 0:
        outlet.tell(_("另有 {count} 行被拒；用 --json 看全部").format(count=more))


def _undo(counts: Any, as_json: bool) -> None:
    from dutydesk.views.jsonable import plain  # slow import

    found = plain(counts._asdict() if hasattr(counts, "_asdict") else counts)
    if outlet.answers_json(as_json):
        outlet.say_json(found)
    else:
        outlet.say(_("已撤回：{counts}").format(counts=found))


def _progress() -> Callable[[int, float | None], None] | None:
    """Counts rows on standard error while a person looks on; None else."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, share: float | None) -> None:
        of = "" if share is None else f" {share:4.0%}"
        print(f"\r{done}{of}", end="\r", file=sys.stderr, flush=True)

    return show


class _Stopping:
    """Ctrl-C asks the import to stop between two chunks; a second one stops it at once."""

    def __init__(self) -> None:
        self._asked = False
        self._before: Any = None

    def asked(self) -> bool:
        """Whether it has been asked."""
        return self._asked

    def __enter__(self) -> _Stopping:
        try:
            self._before = signal.signal(signal.SIGINT, self._note)
        except ValueError:
            # Not in the main thread: whoever runs this has his own way to stop it.
            self._before = None
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _note(self, _number: int, _frame: object) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
