"""`dutydesk drill`: a scenario in virtual time, against the real rules and a store in memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import outlet
from dutydesk.cli.drill_shipped import FIRST, shipped, shipped_drills
from dutydesk.cli.shown import shown
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.errors import BadInput
from dutydesk.i18n import _, language

if TYPE_CHECKING:
    from dutydesk.clock import ManualClock
    from dutydesk.desk import Desk
    from dutydesk.desk.plan import FullPlan

MOST_BYTES = 64 * 2**20
"""No drill is longer; a device without an end is."""


def drill(
    file: Annotated[
        str | None,
        typer.Argument(metavar="FILE", help=N_("演练脚本（JSONL），- 为标准输入，或随附的名字")),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help=N_("随附了哪些演练"))] = False,
    procedure: Annotated[
        str | None,
        typer.Option("--procedure", metavar="NAME", help=N_("按哪个规程，缺省 xinchenglu")),
    ] = None,
    expect: Annotated[
        str | None,
        typer.Option(
            "--expect", metavar="FILE", help=N_("应有的结果（JSONL）；一行说明第一处不同")
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=N_("每行一个 JSON"))] = False,
) -> None:
    """Play a drill, or list the shipped ones; exit code 1 where it is not what was expected."""
    if listed == (file is not None):
        raise BadInput(_("要么写演练脚本，要么写 --list"))
    if listed:
        _list(procedure, as_json)
        return
    assert file is not None
    if expect is not None:
        _compare(file, procedure or _own(file), expect)
        return
    # A line that is none can stand at the end: all is played before anything is printed.
    for line in list(played(lines_of(file), procedure or _own(file), file)):
        if outlet.answers_json(as_json):
            outlet.say_json(line)
        else:
            outlet.say(_text(line))


def _compare(file: str, procedure: str, expect: str) -> None:
    """Say whether a drill gives what was expected, and in one line where it does not."""
    from dutydesk.cli.drill_expected import expectations, explained  # slow import
    from dutydesk.config.procedures import load  # slow import
    from dutydesk.desk.drill_difference import difference  # slow import

    wanted = expectations(lines_of(expect), expect)
    found = difference(list(played(lines_of(file), procedure, file)), wanted)
    if found is None:
        outlet.say(_("与期望一致：{count} 行").format(count=len(wanted)))
        return
    outlet.say(explained(found, load(procedure), _text))
    raise typer.Exit(1)


def _own(name: str) -> str:
    """The procedure of a shipped drill, the first one of any other."""
    found = shipped_drills().get(name)
    return found.procedure if found is not None else FIRST


def played(texts: Iterable[str], procedure: str, file: str) -> Iterator[dict[str, Any]]:
    """The output of a drill, line by line. Raises BadInput with the number of a bad line."""
    from dutydesk.bootstrap import memory_desk  # slow import
    from dutydesk.config.procedures import load  # slow import
    from dutydesk.desk.drill import play, read_lines  # slow import

    lines = read_lines(texts, file, load(procedure))
    if not lines:
        raise BadInput(_("演练脚本里一行也没有"), file=file)

    def open_desk(clock: ManualClock, plan: FullPlan) -> Desk:
        return memory_desk(clock, procedure=procedure, plan=plan, drill=True)

    yield from play(lines, open_desk, file)


def lines_of(name: str) -> list[str]:
    """The lines of a shipped drill, a file or standard input.

    Raises BadInput for a file that is missing, cannot be read, has no end or is not UTF-8.
    """
    path = Path(name)
    if name in shipped_drills() and not path.exists():
        return shipped(name).splitlines()
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        from dutydesk.config.toml_text import nearest  # slow import

        hint = nearest(name, shipped_drills())
        message = _("没有这个演练脚本；{hint}（随附的见 dutydesk drill --list）").format(hint=hint)
        raise BadInput(message, file=shown(name)) from error
    except OSError as error:
        why = error.strerror or str(error)
        raise BadInput(_("读不了演练脚本：{why}").format(why=why), file=shown(name)) from error
    if len(data) > MOST_BYTES:
        said = _("演练脚本最多 {most} MB").format(most=MOST_BYTES // 2**20)
        raise BadInput(said, file=shown(name))
    try:
        # Only line feeds end a line: a text may hold other characters that splitlines() cuts at.
        return data.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadInput(_("不是 UTF-8 编码"), file=shown(name), line=line) from error


def _list(procedure: str | None, as_json: bool) -> None:
    found = [each for each in shipped_drills().values() if procedure in (None, each.procedure)]
    if not found:
        raise BadInput(_("没有按规程“{name}”的演练").format(name=procedure))
    if not as_json:
        rows = [
            [each.name, each.about.in_(language()), " ".join(each.clauses) or _("本单位设定")]
            for each in found
        ]
        for line in columns(rows, widest=80):
            outlet.say(line)
        return
    for each in found:
        outlet.say_json(
            {
                "name": each.name,
                "about": each.about.in_(language()),
                "lines": len(shipped(each.name).splitlines()),
                "procedure": each.procedure,
                "clauses": list(each.clauses),
            }
        )


def _text(line: Mapping[str, Any]) -> str:
    """One line of the output for a person."""
    at = str(line.get("at", ""))[:16].replace("T", " ")
    kind = line["kind"]
    if kind == "event":
        return f"{at}  {line['case']}  {line['event']} → {line['state']}  {line['by']}"
    if kind == "clock":
        party = f" {line['party']}" if line["party"] else ""
        return f"{at}  {line['case']}    {line['clock']}{party} {line['change']} {line['due_at']}"
    if kind == "alarm":
        to = ", ".join(line["to"])
        rings = _("响铃") if line["rings"] else _("只亮灯")
        return f"{at}  {line['case']}    {line['clock']} {line['light']} → {to}  {rings}"
    if kind == "refused":
        said = _("{sentence}（{clause}）").format(sentence=line["message"], clause=line["code"])
        return f"{at}  {line['case']}  {line['do']}: {said}"
    return json.dumps(line, ensure_ascii=False)
