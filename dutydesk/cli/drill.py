"""`dutydesk drill`: a scenario in virtual time, against the real rules and a store in memory."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.errors import BadInput
from dutydesk.i18n import _, listed

if TYPE_CHECKING:
    from dutydesk.clock import ManualClock
    from dutydesk.desk import Desk
    from dutydesk.desk.plan import FullPlan

SHIPPED: Mapping[str, str] = {
    "community": N_("社区层面一案：派单超时一分钟，督查员不能代派"),
    "storm": N_("暴雨夜：紧急案件先请示、先告知、先致电，力量不足时交街道值班，次日接回"),
    "linkage": N_("联动一案：缺席、协调无果、网格长与街道协调，到返工与结案评价"),
    "minhang": N_("闵行：未劝阻不得移交，移交后四天，前后不过七天"),
    "jinshan": N_("金山：指定承办不得退单，未评价必督，答复后归档"),
    "baoshan": N_("鲍山：缓办经街道与区两级同意，承办方不得自己查证"),
    "baoshan-put-off": N_("鲍山：挂账到期自行恢复，超时后不得再缓办，申诉成立只豁免不抹去"),
    "hongkou": N_("虹口：119 不在这里登记，不出街道要有说明，自治解决"),
}
"""The shipped drills and what each is about."""
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
        _list(as_json)
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
    """The procedure of a shipped drill: the one that its name begins with, else the first."""
    from dutydesk.config.procedures import names  # slow import

    head = name.partition("-")[0]
    return head if name in SHIPPED and head in names() else "xinchenglu"


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
    if name in SHIPPED and not path.exists():
        return shipped(name).splitlines()
    try:
        with nullcontext(sys.stdin.buffer) if name == "-" else path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        message = _("没有这个演练脚本；随附的有 {names}").format(names=listed(SHIPPED))
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


def shipped(name: str) -> str:
    """The text of a shipped drill."""
    return files("dutydesk").joinpath("drills", f"{name}.jsonl").read_text(encoding="utf-8")


def _list(as_json: bool) -> None:
    found = [
        {"name": name, "about": _(about), "lines": len(shipped(name).splitlines())}
        for name, about in SHIPPED.items()
    ]
    if as_json:
        for row in found:
            outlet.say_json(row)
        return
    for line in columns([[str(row["name"]), str(row["about"])] for row in found], widest=80):
        outlet.say(line)


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
