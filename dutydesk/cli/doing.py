"""`dutydesk do`: any act of the procedure, through the one door."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.fields import read_fields
from dutydesk.cli.shown import shown
from dutydesk.cli.typed import read_when
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.errors import BadInput, Refused
from dutydesk.i18n import _, listed
from dutydesk.text import cleaned
from dutydesk.workflow.cases.acts import Act
from dutydesk.workflow.procedure import ActKind, Procedure

if TYPE_CHECKING:
    from dutydesk.desk import Desk, Done

NO_CASE = "-"
_BETWEEN = re.compile(r"\s*[,，、;；+＋]\s*|\s+")
"""Between case numbers: what is typed between them in the find bar of the desk, too."""


Numbers = Annotated[
    str, typer.Argument(metavar="NO[,NO…]|-", help=N_("案件编号或其末几位；- 为不涉及案件"))
]
Verb = Annotated[str, typer.Argument(metavar="VERB", help=N_("办哪一步，如 accept"))]
By = Annotated[str, typer.Option("--by", metavar="ROLE[:NAME]", help=N_("谁来办"))]
OnBehalf = Annotated[
    str | None, typer.Option("--on-behalf", metavar="ROLE[:NAME]", help=N_("代谁办理"))
]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="T", help=N_("实际办理的时间，如 -7、2210，缺省为现在")),
]
Key = Annotated[str | None, typer.Option("--key", metavar="KEY", help=N_("操作键：同一键只办一次"))]
Pairs = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help=N_("一个字段，可写多次")),
]
Data = Annotated[
    str | None, typer.Option("--json-data", metavar="JSON", help=N_("全部字段，写成 JSON 对象"))
]
Channel = Annotated[
    str | None,
    typer.Option("--channel", metavar="C", help=N_("代办的联系方式，缺省 phone")),
]
AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]


def do(
    numbers: Numbers,
    verb: Verb,
    by: By,
    on_behalf: OnBehalf = None,
    at: At = None,
    key: Key = None,
    pairs: Pairs = None,
    data: Data = None,
    channel: Channel = None,
    as_json: AsJson = False,
    more: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY=VALUE]…", help=N_("跟在 --set 后面的更多字段")),
    ] = None,
) -> None:
    """Do one act to one or several cases, or to the desk itself."""
    using = here.settings()
    with here.desk(using=using) as desk:
        known = desk.context.procedure
        kind = known_verb(known, verb)
        now = desk.now()
        fields = read_fields(kind, [*(pairs or []), *(more or [])], data, now)
        behalf, through = about_the_act(kind, fields, on_behalf, channel)
        template = Act(
            verb=verb,
            by=here.actor(cleaned(by), known),
            at=read_when(at, now) if at is not None else now,
            recorded_at=now,
            fields=resolved(desk, kind, fields),
            on_behalf=here.actor(cleaned(behalf), known) if behalf else None,
            channel=through,
            key=cleaned(key),
            seat=using.desk.seat or None,
        )
        code = _each(desk, template, cases_of(desk, kind, numbers), as_json)
    if code:
        raise typer.Exit(code)


def about_the_act(
    kind: ActKind, fields: dict[str, Any], behalf: str | None, channel: str | None
) -> tuple[str | None, str | None]:
    """For whom and by which channel it is recorded, taken out of the fields where they stand there.

    A verb with a channel of its own gets `--channel` as that field.
    """
    if kind.field("on_behalf") is None:
        behalf = behalf or _text(fields.pop("on_behalf", None))
    if kind.field("channel") is None:
        return behalf, channel or _text(fields.pop("channel", None))
    if channel is not None:
        fields.setdefault("channel", channel)
    return behalf, None


def known_verb(procedure: Procedure, verb: str) -> ActKind:
    """The act of this name; BadInput naming the nearest where the procedure has none."""
    kind = procedure.acts.get(verb)
    if kind is None or kind.internal:
        names = [name for name, each in procedure.acts.items() if not each.internal]
        raise BadInput(
            _("没有“{verb}”这一步；{hint}").format(verb=shown(verb), hint=nearest(verb, names)),
            expected=all_of(verb, names),
        )
    return kind


def cases_of(desk: Desk, kind: ActKind, text: str) -> list[str | None]:
    """The full numbers that were named, each once; `[None]` for `-`.

    Raises BadInput before anything is done: unknown, ambiguous, or none where one is needed.
    """
    without = desk.ground.procedure.opens(kind.verb) or kind.desk == "only"
    if text.strip() == NO_CASE:
        if without or kind.desk:
            return [None]
        raise BadInput(_("{verb} 要写案件编号，不能用 -").format(verb=kind.verb))
    if without:
        raise BadInput(_("{verb} 不涉及已有案件，编号处写 -").format(verb=kind.verb))
    parts = _BETWEEN.split(cleaned(text).strip())
    if not all(parts):
        raise BadInput(_("案件编号不能空"), expected="NO[,NO…]")
    return list(dict.fromkeys(desk.resolve(part) for part in parts))


def resolved(desk: Desk, kind: ActKind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields with tails of case numbers made whole."""
    found = dict(fields)
    for field in kind.fields:
        value = found.get(field.name)
        if field.type == "case" and isinstance(value, str) and value.strip():
            found[field.name] = desk.resolve(value)
    return found


def _each(desk: Desk, template: Act, cases: list[str | None], as_json: bool) -> int:
    """Do the act to each case; one document for one, a list for several; 1 if one is refused."""
    if len(cases) == 1:
        done = desk.execute(replace(template, case=cases[0]))
        _tell_lost(done)
        _show([_document(done)], [done], as_json, single=True)
        return 0
    acts = [
        replace(template, case=no, key=None if template.key is None else f"{template.key}|{no}")
        for no in cases
    ]
    documents: list[dict[str, Any]] = []
    answers: list[Done] = []
    code = 0
    for one, answer in zip(acts, _results(desk, acts), strict=True):
        if isinstance(answer, Refused):
            code = answer.exit_code
            outlet.tell(f"{one.case} {outlet.worded(answer)}")
            documents.append({"case": one.case, **outlet.refusal(answer)})
        else:
            _tell_lost(answer)
            documents.append(_document(answer))
            answers.append(answer)
    _show(documents, answers, as_json, single=False)
    return code


def _tell_lost(done: Done) -> None:
    """Which files were put down by name alone, because they are not there to be copied."""
    from dutydesk.desk.attachments import without_copy  # slow import

    lost = without_copy(done.events)
    if lost:
        no = done.case.no if done.case is not None else NO_CASE
        outlet.tell(_("{said} · 没有副本：{files}").format(said=no, files=listed(lost)))


def _results(desk: Desk, acts: list[Act]) -> Iterator[Done | Refused]:
    """What became of each act: as one bundle where the procedure bundles the verb."""
    if desk.context.procedure.acts[acts[0].verb].bundle:
        from dutydesk.desk import UnknownCase  # slow import
        from dutydesk.desk.bundling import bundle  # slow import

        for result in bundle(desk, acts).results:
            if isinstance(result.answer, UnknownCase):
                raise result.answer
            yield result.answer
        return
    for act in acts:
        try:
            yield desk.execute(act)
        except Refused as refused:
            yield refused


def _document(done: Done) -> dict[str, Any]:
    from dutydesk.views import jsonable  # slow import

    found: dict[str, Any] = jsonable.done(done.case, done.events, done.changes)
    if done.duty is not None:
        found |= {"holder": done.duty.holder, "handed_to": done.duty.handed_to}
    if done.repeated:
        found["repeated"] = True
    if done.pushed:
        found["pushed"] = True
    return found


def _show(
    documents: list[dict[str, Any]], answers: list[Done], as_json: bool, *, single: bool
) -> None:
    if outlet.answers_json(as_json):
        outlet.say_json(documents[0] if single else documents)
        return
    from dutydesk.views.labels import Words  # slow import

    procedure = here.procedure()
    assert procedure is not None
    words = Words(procedure)
    for done in answers:
        if done.repeated:
            outlet.say(_("这一步已经办过，没有重复办理"))
        if done.pushed:
            outlet.say(_("消息正在发出，人人送达后才生效：dutydesk outbox list"))
        for event in done.events:
            state = words.state(event.state) if event.state else _("值班台")
            outlet.say(
                _("{case} {act} → {state}").format(
                    case=event.case or NO_CASE, act=words.verb(event.verb), state=state
                )
            )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
