"""`dutydesk paste`: the orders of a copied text, recognised, registered or told to their cases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.words import N_
from dutydesk.errors import BadInput, DeskError, Refused
from dutydesk.i18n import _, listed

if TYPE_CHECKING:
    from dutydesk.desk import Desk
    from dutydesk.desk.pasting import Told
    from dutydesk.views.labels import Words
    from dutydesk.workflow.cases.model import Actor
    from dutydesk.workflow.procedure import Procedure

STANDARD = "-"
MOST_BYTES = 64_000_000
"""Read at most so much: whatever is longer is refused by its size, not by its end."""

File = Annotated[str, typer.Argument(metavar="FILE|-", help=N_("文本文件；- 为标准输入"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("只看认出了什么，不写入"))]
AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]


def paste(file: File, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Recognise a copied text; register what is new, tell what is known to its case."""
    text = _text_of(file)
    using = here.settings()
    with here.desk(using=using) as desk:
        from dutydesk.desk.pasting import look_at_paste  # slow import

        by = here.sitting(desk, using)
        seat = using.desk.seat or None
        procedure = desk.context.procedure
        orders = [_done(desk, told, by, seat, dry_run) for told in look_at_paste(desk, text)]
    document = {
        "orders": orders,
        **{kind: sum(o["kind"] == kind for o in orders) for kind in ("new", "known", "unreadable")},
    }
    if as_json:
        outlet.say_json(document)
    else:
        _say(document, dry_run, procedure)
    if any(order["unreadable"] or order["refused"] for order in orders):
        raise typer.Exit(1)


def _text_of(file: str) -> str:
    try:
        if file == STANDARD:
            raw = sys.stdin.buffer.read(MOST_BYTES)
        else:
            with Path(file).open("rb") as opened:
                raw = opened.read(MOST_BYTES)
    except OSError as error:
        why = error.strerror or error
        raise BadInput(_("读不了这个文件：{why}").format(why=why), file=file) from error
    return raw.decode("utf-8-sig", errors="replace")


def _done(desk: Desk, told: Told, by: Actor, seat: str | None, dry_run: bool) -> dict[str, Any]:
    """One order as JSON, registered or told to its case unless only looked at."""
    from dutydesk.desk.pasting import listed, take_paste  # slow import

    document = {**listed(told), "refused": None}
    try:
        if told.refused is not None:
            raise told.refused
        if not dry_run and told.kind == "new":
            document["case"] = _register(desk, told, by, seat)
        elif not dry_run and told.kinds:
            document["batch"] = take_paste(desk, told.pasted, by).batch
    except DeskError as error:
        document["refused"] = _sentence(desk, error)
    return document


def _register(desk: Desk, told: Told, by: Actor, seat: str | None) -> str | None:
    from dutydesk.desk.pasting import keep_standing  # slow import
    from dutydesk.workflow.cases.acts import Act  # slow import

    now = desk.now()
    done = desk.execute(Act("register", by, now, now, None, told.pasted.fields, seat=seat))
    if done.case is None:
        return None
    keep_standing(desk, done.case.no, now, told.pasted.standing, told.pasted.word)
    return done.case.no


def _sentence(desk: Desk, error: DeskError) -> str:
    from dutydesk.views.labels import Words  # slow import
    from dutydesk.views.wording import word  # slow import

    if isinstance(error, Refused):
        return word(error, Words(desk.context.procedure))
    return str(error)


def _say(document: dict[str, Any], dry_run: bool, procedure: Procedure) -> None:
    from dutydesk.desk.pasting import STANDINGS  # slow import
    from dutydesk.views.happened import happened  # slow import
    from dutydesk.views.labels import Words  # slow import

    words = Words(procedure)
    if dry_run:
        outlet.say(_("只是预览，没有写入"))
    said = _("认出 {count} 件：新 {new}，已在案 {known}，认不出 {unreadable}")
    outlet.say(said.format(count=len(document["orders"]), **_counts(document)))
    for number, order in enumerate(document["orders"], 1):
        fields = order["fields"]
        what = " ".join(str(fields.get(name) or "") for name in ("external_no", "place"))
        new = order["kind"] == "new" and order["standing"] in STANDINGS
        kinds = [order["standing"]] if new else order["kinds"]
        line = f"{number}. {order['case'] or '-'} {what} {happened(kinds)}"
        outlet.say(" ".join(line.split()))
        if order["guessed"]:
            guessed = listed(words.field(name) for name in order["guessed"])
            outlet.say(_("   猜的，请核对：{fields}").format(fields=guessed))
        for name, (old, new) in order["changes"].items():
            label = _("状态") if name == "status" else words.field(name)
            outlet.say(f"   {label}: {_value(words, name, old)} → {_value(words, name, new)}")
        if order["unreadable"]:
            outlet.tell(_("第 {number} 段认不出：没有编号，也没有地点").format(number=number))
        if order["refused"]:
            outlet.tell(
                _("第 {number} 件没有记入：{why}").format(number=number, why=order["refused"])
            )


def _value(words: Words, name: str, value: object) -> str:
    from dutydesk.views.happened import happened  # slow import

    if name == "status" and value:
        return happened([value])
    return words.value("register", name, value) if value not in (None, "") else "-"


def _counts(document: dict[str, Any]) -> dict[str, int]:
    return {kind: document[kind] for kind in ("new", "known", "unreadable")}
