"""The ways in which messages leave the desk: one table of the settings each, never its secret."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StrictStr

from dutydesk.config.outside import Command
from dutydesk.config.spans import span
from dutydesk.config.table import Table
from dutydesk.i18n import _

MESSAGE_KINDS = (
    "convene",
    "reschedule",
    "urge",
    "supervise",
    "escalate",
    "handover",
    "late_refusal",
)
"""What a message can be about."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,30}", re.ASCII)


def _named(name: str) -> str:
    if not NAME.fullmatch(name):
        raise ValueError(_("渠道名“{name}”只能用小写字母、数字和下划线").format(name=name))
    return name


def _address(url: str) -> str:
    """An address without anything secret in it: scheme, host, port, path."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(_("“{url}”不是地址，应写成 https://主机").format(url=url))
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError(_("地址里不能有账号、密码或 ? 后面的部分；密钥用 dutydesk secret set"))
    return url.rstrip("/")


def _known(kind: str) -> str:
    if kind not in MESSAGE_KINDS:
        raise ValueError(
            _("没有“{kind}”这种消息，可写 {known}").format(
                kind=kind, known=", ".join(MESSAGE_KINDS)
            )
        )
    return kind


ChannelName = Annotated[str, AfterValidator(_named)]
Address = Annotated[str, AfterValidator(_address)]


class Channel(Table):
    """[channel.NAME]: one way out; what it says of itself holds for its kind only."""

    kind: Annotated[str, Field(min_length=1)]
    carries: Annotated[
        tuple[Annotated[StrictStr, AfterValidator(_known)], ...], Field(strict=False)
    ] = ()
    base_url: Address = "https://qyapi.weixin.qq.com"
    prefix: str = "/cgi-bin"
    ca_file: str = ""
    proxy: Annotated[str, AfterValidator(lambda url: _address(url) if url else "")] = ""
    timeout_seconds: Annotated[int, Field(ge=1, le=60)] = 10
    max_age: Annotated[timedelta, BeforeValidator(span)] = timedelta(hours=4)
    per_minute: Annotated[int, Field(ge=1, le=200)] = 20
    markdown: bool = False
    corp_id: str = ""
    agent_id: Annotated[int, Field(ge=0)] = 0
    command: Command = ""


def secret_of(channel: str) -> str:
    """The name under which a channel's secret is kept: `dutydesk secret set channel_NAME`."""
    return f"channel_{channel}"
