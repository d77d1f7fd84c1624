"""`dutydesk channel`: the ways out of the desk: listed, tried, and a platform to try them on."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dutydesk.cli import here, outlet
from dutydesk.cli.shown import shown
from dutydesk.cli.tabular import columns
from dutydesk.cli.words import N_
from dutydesk.config.toml_text import nearest
from dutydesk.errors import BadInput, OutsideError
from dutydesk.i18n import _
from dutydesk.workflow.time.zone import iso, to_local

if TYPE_CHECKING:
    from dutydesk.config.settings import Settings
    from dutydesk.notify.channel import Channels
    from dutydesk.views.reached import LoginRow

AsJson = Annotated[bool, typer.Option("--json", help=N_("输出 JSON"))]


def list_(as_json: AsJson = False) -> None:
    """The channels of the settings: kind, what each carries, where its secret comes from."""
    using = here.settings()
    rows = _rows(using)
    if as_json:
        outlet.say_json(rows)
        return
    for line in columns(
        [
            [
                r["name"],
                r["kind"],
                r["server"],
                ",".join(r["carries"]),
                r["secret"] or _("没有密钥"),
            ]
            for r in rows
        ]
    ):
        outlet.say(line)
    outlet.say(_("其余的消息由人发送、由人确认（手工渠道）"))


def probe(
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("[channel.名字] 里的名字"))],
    to: Annotated[
        str, typer.Option("--to", metavar="USERID", help=N_("发给哪个账号；机器人则 @ 他"))
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Send a trial message and show each reply; exit code 4 where one went wrong."""
    from dutydesk.views.outbox import reason_words  # slow import

    using = here.settings()
    known = _channels(using).by_name
    if name not in known:
        message = _("没有名为 {name} 的渠道；{hint}").format(
            name=shown(name), hint=nearest(name, known)
        )
        raise BadInput(message, expected=", ".join(known) or _("先在设置里写 [channel.名字]"))
    text = _("【试发】dutydesk 渠道 {name}，收到不必回复").format(name=name)
    steps = []
    for step in known[name].probe(text, to):
        said = reason_words(step.said) if not step.ok else step.said
        steps.append({"step": step.step, "ok": step.ok, "said": said})
        if not as_json:
            outlet.say(f"{'✓' if step.ok else '✗'} {step.step}  {said}")
    if as_json:
        outlet.say_json({"channel": name, "steps": steps})
    if not steps or not all(step["ok"] for step in steps):
        raise typer.Exit(OutsideError.exit_code)


def login(
    person: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help=N_("谁；不写则列出当班的人"))
    ] = None,
    state: Annotated[
        str | None, typer.Argument(metavar="[in|out]", help=N_("已登录或未登录"))
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Who is known to be logged in to government WeChat, with source and age (X-5.2.4.1)."""
    using = here.settings()
    with here.desk(using=using) as desk:
        if person is not None:
            from dutydesk.desk.outboxing import note_login  # slow import

            note_login(desk, person, state or "", here.sitting(desk, using))
        from dutydesk.views.reached import Logins  # slow import

        rows = desk.read(Logins())
    if as_json:
        outlet.say_json([{**row._asdict(), "at": iso(row.at) if row.at else None} for row in rows])
        return
    for line in columns([_login_cells(row) for row in rows]):
        outlet.say(line)


def _login_cells(row: LoginRow) -> list[str]:
    when = f"{to_local(row.at):%m-%d %H:%M}" if row.at is not None else ""
    return [
        row.post_label,
        row.person,
        row.state_label + (_("（已久）") if row.old else ""),
        f"{row.source_label} {when}".strip(),
        "" if row.account else _("没有账号"),
        _("推送 {pushed}，回应 {replied}").format(pushed=row.pushed, replied=row.replied),
    ]


def stand_in(
    port: Annotated[int, typer.Option("--port", metavar="N", help=N_("端口；0 由系统选"))] = 0,
    fault: Annotated[
        list[str] | None,
        typer.Option("--fault", metavar="F", help=N_("以后每次请求依次出的故障，可写几个")),
    ] = None,
    always: Annotated[
        str, typer.Option("--always", metavar="F", help=N_("每次请求都出的故障"))
    ] = "",
) -> None:
    """Run a stand-in for the platform on this machine only, until Ctrl-C; shows what it takes."""
    from dutydesk.notify.stand_in import FAULTS, StandIn  # slow import

    for one in (*(fault or ()), *([always] if always else ())):
        if one not in FAULTS:
            message = _("没有“{fault}”这种故障；{hint}").format(
                fault=shown(one), hint=nearest(one, FAULTS)
            )
            raise BadInput(message, expected=", ".join(FAULTS))
    try:
        server = StandIn(port=port)
    except (OSError, OverflowError) as error:
        raise BadInput(_("端口 {port} 用不了：{why}").format(port=port, why=error)) from error
    server.faults.extend(fault or ())
    server.always = always or None
    server.told = lambda line: outlet.say(line)
    with server:
        outlet.say(_("base_url = “{url}”，密钥 stand-in；Ctrl-C 停止").format(url=server.base_url))
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            outlet.say(_("收下 {count} 条").format(count=len(server.accepted)))


def _channels(using: Settings) -> Channels:
    from dutydesk.notify.registry import channels_of  # slow import

    return channels_of(using)


def _rows(using: Settings) -> list[dict[str, Any]]:
    from dutydesk.config.channels import secret_of  # slow import
    from dutydesk.config.secrets import secret_source  # slow import

    _channels(using)
    rows: list[dict[str, Any]] = []
    for name, table in using.channel.items():
        source = None
        try:
            source = secret_source(secret_of(name))
        except OutsideError as error:
            source = error.message
        rows.append(
            {
                "name": name,
                "kind": table.kind,
                "server": table.command or table.base_url + table.prefix,
                "carries": list(table.carries),
                "secret": source,
            }
        )
    return rows
