"""What `dutydesk doctor` looks at of the channels: whole, with a secret, somebody to reach."""

from __future__ import annotations

from urllib.parse import urlsplit

from dutydesk.bootstrap import procedure_name, ways_out
from dutydesk.cli.symptoms import Finding
from dutydesk.config import secrets
from dutydesk.config.channels import secret_of
from dutydesk.config.passphrase import VARIABLE
from dutydesk.config.procedures import load
from dutydesk.config.reachable import unreachable
from dutydesk.config.secrets import secret_source, variable
from dutydesk.config.settings import Settings
from dutydesk.errors import OutsideError
from dutydesk.i18n import _, listed
from dutydesk.notify.reach import by_account

SECRETLESS = ("desktop",)


def channels(using: Settings) -> Finding:
    """Whether each channel of the settings can be used, and where its secret is kept."""
    if not using.channel:
        return Finding("channels", True, _("没有设渠道：消息由人发送、由人确认"))
    ways_out(using)
    told, ok, mend = [], True, None
    for name, table in using.channel.items():
        source = _source(name) if table.kind not in SECRETLESS else ""
        told.append(f"{name} {_where(source)}".strip())
        if source is None:
            ok = False
            mend = _("dutydesk secret set {name}；没有密钥环的机器用环境变量 {variable}").format(
                name=secret_of(name), variable=variable(secret_of(name))
            )
    return Finding("channels", ok, listed(told), mend)


def accounts(using: Settings) -> Finding:
    """Who has no account although messages leave by accounts (complaint 11 of the field)."""
    carries = by_account(using)
    if not carries:
        return Finding("accounts", True, _("没有按账号发送的渠道"))
    faults = list(unreachable(using, load(procedure_name(using)), carries))
    if faults:
        mend = _("改好之前值班台不能打开")
        return Finding("accounts", False, listed(fault.message for fault in faults), mend)
    rung = [person.name for person in using.person if person.by_phone and not person.userid]
    said = _("要通知的人都有账号")
    if rung:
        said = _("要通知的人都有账号；只打电话的：{names}").format(names=listed(rung))
    return Finding("accounts", True, said)


def sealed(using: Settings) -> Finding:
    """Where secrets are kept, and whether the passphrase that is given opens the file."""
    file = secrets.chosen_file()
    if using.secrets.store != "file" or file is None:
        return Finding("secrets", True, _("密钥放在系统密钥环"))
    if not file.exists():
        said = _("选了加密的文件 {file}，还没有存过").format(file=file)
        return Finding("secrets", True, said, _("dutydesk secret set 密钥名"))
    source = secrets.passphrase_source()
    if source is None:
        said = _("密钥放在加密的文件 {file}，口令要在终端输入").format(file=file)
        mend = _("没有终端的（watch）设 {variable}").format(variable=VARIABLE)
        return Finding("secrets", True, said, mend)
    secrets.unlock()
    words = {"environment": _("环境变量"), "descriptor": _("文件描述符"), "asked": _("终端")}
    said = _("密钥放在加密的文件 {file}，口令来自{source}，打得开")
    return Finding("secrets", True, said.format(file=file, source=words[source]))


def plain_http(using: Settings) -> Finding:
    """Whether a secret would cross the network uncovered."""
    open_ = [
        name
        for name, table in using.channel.items()
        if table.kind not in SECRETLESS
        and urlsplit(table.base_url).scheme == "http"
        and urlsplit(table.base_url).hostname not in ("127.0.0.1", "localhost")
    ]
    if not open_:
        return Finding("channel_http", True, _("没有不加密的渠道地址"))
    detail = _("{names} 的地址是 http，密钥不加密地经过网络").format(names=listed(open_))
    return Finding("channel_http", True, detail, _("平台支持时改为 https"))


def _source(name: str) -> str | None:
    try:
        return secret_source(secret_of(name))
    except OutsideError:
        return None


def _where(source: str | None) -> str:
    words = {
        "environment": _("密钥在环境变量"),
        "keyring": _("密钥在系统密钥环"),
        "file": _("密钥在加密的文件"),
        "": "",
    }
    return words.get(source or "", "") if source is not None else _("没有密钥")
