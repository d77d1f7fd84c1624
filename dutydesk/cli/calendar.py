"""`dutydesk calendar`: the class of each day with its source, and which years are missing."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any

import typer

from dutydesk.cli.words import N_
from dutydesk.clock import SystemClock
from dutydesk.config.calendars import shipped_calendar, shipped_years
from dutydesk.config.time_words import day_words, year_missing_words
from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.workflow.time.calendar import Day, DayKind, wanted_years
from dutydesk.workflow.time.zone import FIRST_YEAR, LAST_YEAR


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
    calendar = shipped_calendar()
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
    calendar, shipped = shipped_calendar(), shipped_years()
    published = [year for year in shipped if calendar.published(year)]
    missing = wanted_years(calendar, today)
    warnings = [year_missing_words(year) for year in missing]
    if as_json:
        found = {"published": published, "missing": list(missing), "warnings": warnings}
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    typer.echo(_("已有 {years}").format(years=" ".join(str(year) for year in published)))
    for warning in warnings:
        typer.echo(_("注意 {warning}").format(warning=warning), err=True)
    if not warnings:
        typer.echo(_("不缺"))


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput(_("日期“{text}”读不懂，应写成 2026-11-01").format(text=text[:40])) from error


def _row(day: Day) -> dict[str, Any]:
    return {
        "date": day.date.isoformat(),
        "class": day.kind.value,
        "name": day.name,
        "source": day.source,
    }


def _lines(year: int, days: tuple[Day, ...]) -> list[str]:
    """The days that differ from the plain week, then how many days are worked."""
    named = [day for day in days if day.kind in (DayKind.HOLIDAY, DayKind.MAKEUP)]
    lines = [f"{day.date}  {day_words(day.kind)}  {day.name}" for day in named]
    sources = sorted({day.source for day in named})
    lines += [_("依据 {source}").format(source=source) for source in sources]
    worked = sum(day.working for day in days)
    return [*lines, _("{year} 年工作日 {count} 天").format(year=year, count=worked)]
