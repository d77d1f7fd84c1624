"""`dutydesk paper`: a case for the group, for its platform, or as 工作联系单; masked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cleaned

if TYPE_CHECKING:
    from dutydesk.reports.papers import Paper

PAGES = (".html", ".htm")


def paper(
    case: Annotated[str, typer.Argument(metavar="NO", help=N_("案件号，或它的末几位"))],
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="K",
            help=N_("group 发群，upstream 报平台，contact 联系单，why 时限依据"),
        ),
    ] = "group",
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="P", help=N_("联系单主送哪个参与方，缺省还欠结果的")),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help=N_("写到文件；.html 为可打印的网页")),
    ] = None,
    printed: Annotated[bool, typer.Option("--print", help=N_("用设置的打印命令打印"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """Write a paper on a case: shown, into a file, to the printer."""
    from dutydesk.desk.papers import write  # slow import
    from dutydesk.reports.paper_text import as_page, as_text  # slow import
    from dutydesk.reports.papers import KINDS  # slow import

    if kind not in KINDS:
        message = _("没有文书“{kind}”；{hint}").format(
            kind=shown(kind), hint=nearest(kind, tuple(KINDS))
        )
        raise BadInput(message, expected=all_of(kind, KINDS))
    using = here.settings()
    with here.desk(using=using) as desk:
        number = desk.resolve(case)
        made = write(desk, number, kind, here.sitting(desk, using), cleaned(to))
        said = desk.tools.print(as_text(made), as_page(made)) if printed else ""
    if out is not None:
        _keep(out, made)
    if as_json:
        outlet.say_json(_document(made))
    elif out is None and not printed:
        outlet.say(as_text(made))
    if out is not None:
        outlet.tell(_("已写到 {file}").format(file=out))
    if printed:
        outlet.tell(_("已交给打印机：{said}").format(said=said) if said else _("已交给打印机"))


def _keep(out: Path, made: Paper) -> None:
    """Write it as text, or as a page where the name says so; BadInput where that fails."""
    from dutydesk.reports.paper_text import as_page, as_text  # slow import

    if out.exists() and out.stat().st_size:
        raise BadInput(_("文件已经在那里"), file=str(out), expected=_("另一个文件名"))
    text = as_page(made) if out.suffix.lower() in PAGES else as_text(made) + "\n"
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            _("文件写不了：{error}").format(error=error.strerror or error), file=str(out)
        ) from error


def _document(made: Paper) -> dict[str, object]:
    from dutydesk.reports.paper_text import as_text  # slow import

    return {"case": made.no, "kind": made.kind, "title": made.title, "text": as_text(made)}
