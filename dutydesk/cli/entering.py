"""`dutydesk enter`: what happened without the desk, from a short list, each line its own act."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.config.timed_lines import LONGEST, MOST_LINES, Typed
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cleaned
from dutydesk.workflow.time.zone import iso, to_local

if TYPE_CHECKING:
    from dutydesk.screens.late.playing import LateRow

STDIN = "-"
MOST_BYTES = MOST_LINES * LONGEST * 4

File = Annotated[
    str, typer.Argument(metavar="FILE|-", help=N_("一行一件：时间 编号 办什么；- 从标准输入读"))
]
By = Annotated[
    str | None, typer.Option("--by", metavar="ROLE[:NAME]", help=N_("谁补录，缺省为现在值守的人"))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("只看结果，不写入"))]
AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]


def enter(file: File, by: By = None, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Enter a list of acts that were true earlier; a line that was entered before is left alone."""
    texts = read_lines(file)
    using = here.settings()
    with here.desk(using=using) as desk:
        from dutydesk.screens.late import playing  # slow import

        known = desk.context.procedure
        actor = here.actor(cleaned(by), known) if by else here.sitting(desk, using)
        seat = playing.seat_of(desk, desk.words, actor, using.desk.seat)
        now = desk.now()
        typed = [Typed(text, now, again=True) for text in texts]
        rows = (playing.look_over if dry_run else playing.enter)(desk, typed, seat)
    if outlet.answers_json(as_json):
        outlet.say_json([as_document(row) for row in rows])
    else:
        for row in rows:
            outlet.say(_line(row))
    if any(row.status == playing.WRONG or row.why for row in rows):
        raise typer.Exit(1)


def read_lines(file: str) -> list[str]:
    """The lines of a file or of standard input. Raises BadInput for what is no short text."""
    try:
        if file == STDIN:
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(MOST_BYTES + 1)
    except OSError as error:
        said = _("打不开 {file}：{why}").format(file=cleaned(file), why=error.strerror or error)
        raise BadInput(said) from error
    if len(raw) > MOST_BYTES:
        said = _("一次最多 {lines} 行，每行最多 {signs} 个字")
        raise BadInput(said.format(lines=MOST_LINES, signs=LONGEST))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = raw.decode("gb18030")
        except UnicodeDecodeError as error:
            raise BadInput(_("{file} 不是文字").format(file=cleaned(file))) from error
    if "\0" in text:
        raise BadInput(_("{file} 不是文字").format(file=cleaned(file)))
    return [cleaned(line) for line in text.splitlines()]


def as_document(row: LateRow) -> dict[str, Any]:
    """One line as JSON: status is fits, done, before (entered earlier) or wrong."""
    found: dict[str, Any] = {
        "line": row.number,
        "text": row.text,
        "status": row.status,
        "at": iso(row.at) if row.at is not None else None,
        "case": row.case,
        "verb": row.verb,
    }
    if row.why:
        found["why"] = row.why
    return found


def _line(row: LateRow) -> str:
    when = f"{to_local(row.at):%m-%d %H:%M}" if row.at is not None else "-"
    status = {"fits": _("能补录"), "done": _("已补录"), "before": _("以前已补录")}.get(row.status)
    said = f"{row.number} {when} {row.case or '-'} {row.said or row.text}"
    return f"{said}：{'；'.join(part for part in (status or _('不能补录'), row.why) if part)}"
