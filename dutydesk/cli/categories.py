"""`dutydesk categories`: the category tree, in from a file, listed, shown."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.matters import AsJson, loaded_document, told
from dutydesk.cli.words import N_
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.text import cleaned, one_line

if TYPE_CHECKING:
    from dutydesk.workflow.categories import Categories, Category


def load(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("类目表：xlsx、csv 等"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("只看结果，不写入"))] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a category tree or a few lines of one; exit code 1 where lines were refused."""
    from dutydesk.desk.categories import load_categories  # slow import

    using = here.settings()
    with here.desk(using=using) as desk:
        found = load_categories(desk, file, here.sitting(desk, using), dry_run=dry_run)
    if as_json:
        outlet.say_json(loaded_document(found))
    else:
        told(found, _("类目"), _word)
    if found.refused:
        raise typer.Exit(1)


def list_(
    find: Annotated[
        str | None, typer.Option("--find", metavar="T", help=N_("代码、名称或其中几个字"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """The tree from the top, key fields and retired categories marked."""
    from dutydesk.workflow.matters import folded  # slow import

    with here.desk() as desk:
        found = desk.context.categories()
    wanted = folded(cleaned(find) or "")
    rows = [one for one in found.items if wanted in folded(f"{one.code} {one.name}")]
    if as_json:
        outlet.say_json({"categories": [document(found, one) for one in rows]})
        return
    for one in rows if wanted else _ordered(found):
        outlet.say(_line(found, one))
    outlet.say(_("{count} 个类目").format(count=len(rows)))


def show(
    category: Annotated[str, typer.Argument(metavar="CATEGORY", help=N_("代码或名称"))],
    as_json: AsJson = False,
) -> None:
    """One category with its path, and what each loading did to it."""
    from dutydesk.desk.books import history  # slow import

    with here.desk() as desk:
        found = desk.context.categories()
        one = found.one(cleaned(category))
        past = history(desk, "categories", one.code) if one is not None else []
    if one is None:
        raise BadInput(
            _("类目里没有“{text}”，或不只一个").format(text=one_line(category)),
            expected=_("dutydesk categories list 列出的代码或名称"),
        )
    if as_json:
        outlet.say_json(document(found, one) | {"history": past})
        return
    outlet.say(" / ".join(part.name for part in found.path(one)))
    outlet.say(_line(found, one).strip())
    for row in past:
        what = _("新增") if row["added"] else _changes(row["changed"])
        outlet.say(_("第 {edition} 版  {what}").format(edition=row["edition"], what=what))


def document(found: Categories, one: Category) -> dict[str, Any]:
    """A category as JSON."""
    return asdict(one) | {
        "path": [part.name for part in found.path(one)],
        "key": bool(one.key),
        "key_field": found.key(one) or None,
        "retired": bool(one.retired),
    }


def _ordered(found: Categories) -> list[Category]:
    """The tree in reading order: each category behind the one above it."""
    below: dict[str, list[Category]] = {}
    for one in found.items:
        below.setdefault(one.above if found.get(one.above) else "", []).append(one)
    ordered: list[Category] = []
    waiting = list(reversed(below.get("", [])))
    while waiting:
        one = waiting.pop()
        ordered.append(one)
        waiting += reversed(below.pop(one.code, []))
    return ordered


def _line(found: Categories, one: Category) -> str:
    marks = [_("重点")] if one.key else []
    marks += [_("停用")] if one.retired else []
    code = "" if one.code.endswith(one.name) else f"{one.code}  "
    return f"{'  ' * (len(found.path(one)) - 1)}{code}{one.name}  {' '.join(marks)}".rstrip()


def _changes(rows: list[dict[str, str]]) -> str:
    said = _("{field}：{old} → {new}")
    return "；".join(
        said.format(field=_word(r["field"]), old=r["old"] or "—", new=r["new"] or "—") for r in rows
    )


def _word(name: str) -> str:
    words = {"name": _("名称"), "above": _("上级代码"), "key": _("重点"), "retired": _("停用")}
    return words.get(name, name)
