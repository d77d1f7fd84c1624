"""`dutydesk sample draw` and `sample status`: the monthly quality sample (X-4.2.2.6, X-4.2.2.7)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.i18n import _, language
from dutydesk.text import cleaned

if TYPE_CHECKING:
    from dutydesk.views.sampling_rows import MonthSample

InMonth = Annotated[
    str | None, typer.Option("--month", metavar="YYYY-MM", help=N_("哪个月；不写就是在办的那个月"))
]
Seed = Annotated[
    int | None, typer.Option("--seed", metavar="N", min=0, help=N_("抽样种子；不写就随机定一个"))
]
By = Annotated[
    str | None, typer.Option("--by", metavar="ROLE[:NAME]", help=N_("谁抽取，缺省规程里的督查员"))
]
AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]


def draw(month: InMonth = None, seed: Seed = None, by: By = None, as_json: AsJson = False) -> None:
    """Draw what the month's sample lacks; a second draw of the same month gives the same cases."""
    from dutydesk.desk.sampling import draw_sample  # slow import
    from dutydesk.views.sampling import Sample, asked_quota  # slow import

    with here.desk() as desk:
        quota = asked_quota(desk.context.procedure)
        who = here.actor(cleaned(by) or quota.by, desk.context.procedure)
        wanted = cleaned(month) or desk.read(Sample()).month
        found, now = draw_sample(desk, wanted, who, seed), desk.now()
    _say(found, now, as_json)


def status(month: InMonth = None, as_json: AsJson = False) -> None:
    """How many of the month's sample are done, and what is left."""
    from dutydesk.views.sampling import Sample  # slow import

    with here.desk() as desk:
        found, now = desk.read(Sample(cleaned(month))), desk.now()
    _say(found, now, as_json)


def _say(sample: MonthSample, now: datetime, as_json: bool) -> None:
    from dutydesk.views.sampling_rows import as_document, stratum_words  # slow import
    from dutydesk.views.spoken import spoken  # slow import

    if as_json:
        outlet.say_json(as_document(sample))
        return
    head = _("{month} 抽查 已查 {done}/{wanted}，全部 {population} 件，至 {due}")
    outlet.say(
        head.format(
            month=sample.month,
            done=sample.done,
            wanted=sample.wanted,
            population=sample.population,
            due=spoken(sample.due_at, now, language()),
        )
    )
    if sample.seed is None:
        outlet.say(_("还没有抽取：dutydesk sample draw --month {month}").format(month=sample.month))
    else:
        state = _("已定") if sample.frozen else _("还会补抽")
        outlet.say(_("种子 {seed}，{state}").format(seed=sample.seed, state=state))
    counted = _("{population} 件应抽 {wanted}，已抽 {drawn}，已查 {done}")
    for line in columns(
        [[stratum_words(row.stratum), counted.format(**row._asdict())] for row in sample.strata]
    ):
        outlet.say(line)
    for line in columns(
        [[row.no, row.grid or "", stratum_words(row.stratum)] for row in sample.left], widest=60
    ):
        outlet.say(line)
    if sample.beyond:
        outlet.say(_("另查 {count} 件，不计入抽样").format(count=len(sample.beyond)))
