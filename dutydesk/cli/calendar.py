"""`dutydesk calendar`: the class of each day with its source, what is missing, and new tables."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.redating import redate_calendar as redate
from dutydesk.cli.words import N_
from dutydesk.clock import SystemClock
from dutydesk.config.calendars import (
    calendar_of,
    loaded_folder,
    loaded_years,
    shipped_calendar,
    shipped_years,
)
from dutydesk.config.time_words import (
    day_words,
    faulty_words,
    slots_message,
    year_missing_words,
)
from dutydesk.config.year_table import parse_table
from dutydesk.errors import BadInput, DeskError
from dutydesk.i18n import _
from dutydesk.workflow.time.calendar import Calendar, Day, DayKind, YearTable, wanted_years
from dutydesk.workflow.time.slots import BadSlots, Slots, read_slots
from dutydesk.workflow.time.tables import Changed, changes, faults, with_table
from dutydesk.workflow.time.zone import FIRST_YEAR, LAST_YEAR, iso

if TYPE_CHECKING:
    from dutydesk.config.settings import Settings
    from dutydesk.desk.redating import Redated

__all__ = ["calendar_here", "check", "load", "redate", "show", "years_missing"]

SHOWN = 20
"""How many cases that would move are named, each on its line."""


def calendar_here(slots: str | None = None, *, told: bool = True) -> Calendar:
    """The calendar of the settings, with other working slots where they are given.

    Needs no settings: where they cannot be read, the shipped tables hold, and that is said.
    """
    try:
        given = Slots(read_slots(slots)) if slots is not None else None
    except BadSlots as error:
        raise BadInput(slots_message(error)) from error
    try:
        return calendar_of(here.settings(), given)
    except BadInput as error:
        if told:
            outlet.tell(_("注意 设置读不了，按随附的日历计：{error}").format(error=error))
        return shipped_calendar(slots=given) if given is not None else shipped_calendar()


def years_missing(using: Settings, today: date | None = None) -> str:
    """Which years' days off are wanted today and not known, in one line; empty where none is."""
    missing = wanted_years(calendar_of(using), today or SystemClock().now().date())
    if not missing:
        return ""
    said = _("注意 {warning}；装入：dutydesk calendar load")
    return said.format(warning=year_missing_words(missing[0]))


def show(
    year: Annotated[int, typer.Argument(metavar="YEAR", help=N_("年份"))],
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """某年每一天是工作日、休息日、节假日还是调休，及其依据。"""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadInput(
            _("年份 {year} 超出范围，应在 {first} 至 {last} 之间").format(
                year=year, first=FIRST_YEAR, last=LAST_YEAR
            )
        )
    calendar = calendar_here()
    days = calendar.year(year)
    if as_json:
        typer.echo(json.dumps([_row(day) for day in days], ensure_ascii=False))
    else:
        typer.echo("\n".join(_lines(year, days)))
    if not calendar.published(year):
        typer.echo(year_missing_words(year), err=True)


def check(
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=N_("按哪一天检查，默认今天"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """哪些年份的节假日安排还缺；十一月一日起要下一年的。"""
    today = SystemClock().now().date() if on is None else _date(on)
    calendar = calendar_here()
    loaded = loaded_years(loaded_folder(_settings()))
    years = sorted({*shipped_years(), *loaded})
    published = [year for year in years if calendar.published(year)]
    missing = wanted_years(calendar, today)
    warnings = [year_missing_words(year) for year in missing]
    own = [calendar.overrides[day] for day in sorted(calendar.overrides)]
    if as_json:
        found = {
            "published": published,
            "missing": list(missing),
            "warnings": warnings,
            "loaded": list(loaded),
            "own_days": [_row(day) for day in own],
        }
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    typer.echo(_("已有 {years}").format(years=" ".join(str(year) for year in published)))
    if loaded:
        typer.echo(_("其中装入的 {years}").format(years=" ".join(str(year) for year in loaded)))
    for day in own:
        typer.echo(_("本地 {line}").format(line=_line(day)))
    for warning in warnings:
        typer.echo(_("注意 {warning}").format(warning=warning), err=True)
    if not warnings:
        typer.echo(_("不缺"))
    else:
        typer.echo(_("公布后装入：dutydesk calendar load 文件"), err=True)


def load(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=N_("年度表 JSON：year、papers、days"))
    ],
    yes: Annotated[bool, typer.Option("--yes", help=N_("确认装入；不写只给看"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))] = False,
) -> None:
    """先看一份年度表改动哪些天、会动多少件在办案件；加 --yes 才装入。"""
    text = _text_of(file)
    table, using = parse_table(text, str(file)), here.settings()
    calendar = calendar_of(using)
    if found := faults(table, calendar):
        words = [faulty_words(fault) for fault in found]
        more = _("（另有 {count} 处）").format(count=len(words) - 1) if words[1:] else ""
        raise BadInput(f"{found[0].fault.value}: {words[0]}{more}", file=str(file))
    new = with_table(calendar, table)
    changed = changes(calendar, new, table.year)
    moved = _moved(using, new)
    folder = loaded_folder(using)
    if yes:
        _keep(folder, table, text)
    if as_json:
        outlet.say_json(_loaded(table, changed, moved, applied=yes))
        return
    for line in _told(table, changed, moved):
        outlet.say(line)
    outlet.say(
        _("已装入 {folder}；开着的值班台重开后生效").format(folder=folder)
        if yes
        else _("没有改动；确认请加 --yes")
    )


def _settings() -> Settings:
    from dutydesk.config.model import Settings  # slow import

    try:
        return here.settings()
    except BadInput:
        return Settings()


def _text_of(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise BadInput(_("文件读不了：{error}").format(error=said), file=str(file)) from error


def _moved(using: Settings, new: Calendar) -> tuple[Redated, ...] | None:
    """The clocks that would be due otherwise; None where there is no store to look in."""
    from dutydesk.bootstrap import open_desk  # slow import
    from dutydesk.desk.redating import Redating  # slow import

    try:
        desk = open_desk(using, only_read=True)
    except DeskError:
        return None
    try:
        return desk.read(Redating(calendar_only=True, calendar=new))
    finally:
        desk.close()


def _keep(folder: Path, table: YearTable, text: str) -> None:
    """Write the table into its place at once, or not at all."""
    place = folder / f"{table.year}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside = place.with_suffix(".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(place)
    except OSError as error:
        said = error.strerror or str(error)
        raise BadInput(_("文件写不了：{error}").format(error=said), file=str(place)) from error


def _loaded(
    table: YearTable,
    changed: tuple[Changed, ...],
    moved: tuple[Redated, ...] | None,
    *,
    applied: bool,
) -> dict[str, Any]:
    return {
        "year": table.year,
        "applied": applied,
        "days": [
            {"date": pair.new.date.isoformat(), "old": pair.old.kind.value}
            | {"new": pair.new.kind.value, "name": pair.new.name}
            for pair in changed
        ],
        "cases": None if moved is None else len({each.no for each in moved}),
        "clocks": [
            {
                "case": each.no,
                "clock": each.clock,
                "party": each.party,
                "due_at": iso(each.due_at),
                "would_be": iso(each.would_be),
            }
            for each in moved or ()
        ],
    }


def _told(
    table: YearTable, changed: tuple[Changed, ...], moved: tuple[Redated, ...] | None
) -> list[str]:
    lines = [
        f"{pair.new.date}  {day_words(pair.old.kind)} → {day_words(pair.new.kind)}  {pair.new.name}"
        for pair in changed
    ]
    said = _("{year} 年的表改动 {count} 天").format(year=table.year, count=len(changed))
    lines.append(said)
    if moved is None:
        return [*lines, _("没有值班库可比，未看在办案件")]
    cases = len({each.no for each in moved})
    lines.append(
        _(
            "按新表另算，{count} 件在办案件会改期；已起算的时限不随之改动，要改用 calendar redate"
        ).format(count=cases)
    )
    lines += [f"  {each.no}  {iso(each.due_at)} → {iso(each.would_be)}" for each in moved[:SHOWN]]
    return lines


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput(_("日期“{text}”读不懂，应写成 2026-11-01").format(text=text[:40])) from error


def _row(day: Day) -> dict[str, Any]:
    row = {
        "date": day.date.isoformat(),
        "class": day.kind.value,
        "name": day.name,
        "source": day.source,
    }
    return row | ({"notice": day.notice} if day.notice else {})


def _line(day: Day) -> str:
    return f"{day.date}  {day_words(day.kind)}  {day.name}"


def _lines(year: int, days: tuple[Day, ...]) -> list[str]:
    """The days that differ from the plain week, then how many days are worked."""
    named = [day for day in days if day.name or day.kind in (DayKind.HOLIDAY, DayKind.MAKEUP)]
    lines = [_line(day) for day in named]
    sources = sorted({f"{day.notice} {day.source}".strip() for day in named})
    lines += [_("依据 {source}").format(source=source) for source in sources]
    worked = sum(day.working for day in days)
    return [*lines, _("{year} 年工作日 {count} 天").format(year=year, count=worked)]
