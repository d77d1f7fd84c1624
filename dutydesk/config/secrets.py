"""Keys kept in the system keyring, never in a file of ours and never shown."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any, Final, NoReturn

from dutydesk.config.toml_text import nearest
from dutydesk.errors import BadInput, OutsideError
from dutydesk.i18n import _

SERVICE: Final = "dutydesk"
KNOWN: Final = ("database",)
"""The secrets that every desk may have: the PostgreSQL password."""
_OF_CHANNEL: Final = re.compile(r"channel_[a-z][a-z0-9_]{0,30}", re.ASCII)
"""The secrets of channels: `channel_NAME` for `[channel.NAME]`."""

_PREFIX: Final = "DUTYDESK_SECRET_"
_OPEN_BACKENDS: Final = ("keyrings.alt.file.PlaintextKeyring", "keyring.backends.null.Keyring")


def variable(name: str) -> str:
    """The environment variable that holds a secret: DUTYDESK_SECRET_DATABASE."""
    return _PREFIX + name.upper()


def get_secret(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """A secret from the environment, else from the keyring; None when neither has it.

    A machine without any keyring simply has none. Raises OutsideError when a keyring
    is there and fails (locked, refused), BadInput for an unknown name.
    """
    _known(name)
    if value := environ.get(variable(name)):
        return value
    import keyring.errors  # slow import

    try:
        value = keyring.get_password(SERVICE, name)
    except keyring.errors.NoKeyringError:
        return None
    except _failures() as error:
        _no_keyring(name, _("系统密钥环出错：{why}").format(why=_told(error)))
    return value or None


def set_secret(name: str, value: str) -> None:
    """Keeps a secret in the keyring and reads it back.

    Raises BadInput for an unknown name or an empty value, OutsideError where no
    keyring works, or where the one found keeps nothing or keeps it unprotected.
    """
    _known(name)
    if not value:
        raise BadInput(_("没有读到要保存的内容"))
    import keyring  # slow import

    try:
        backend = keyring.get_keyring()
        _protected(name, backend)
        keyring.set_password(SERVICE, name, value)
        kept = keyring.get_password(SERVICE, name)
    except _failures() as error:
        _no_keyring(name, _("这台机器没有可用的系统密钥环：{why}").format(why=_told(error)))
    if kept != value:
        _no_keyring(name, _("系统密钥环没有留住内容（读回来不一样）"))


def delete_secret(name: str) -> bool:
    """Takes a secret out of the keyring; False when it was not there. Raises as `set_secret`."""
    _known(name)
    import keyring.errors  # slow import

    try:
        if keyring.get_password(SERVICE, name) is None:
            return False
        keyring.delete_password(SERVICE, name)
    except keyring.errors.NoKeyringError:
        return False
    except _failures() as error:
        _no_keyring(name, _("系统密钥环出错：{why}").format(why=_told(error)))
    return True


def secret_source(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """Where a secret comes from: `environment`, `keyring`, or None; never the secret itself."""
    if environ.get(variable(name)):
        return "environment"
    return "keyring" if get_secret(name, {}) else None


def _known(name: str) -> None:
    if name not in KNOWN and not _OF_CHANNEL.fullmatch(name):
        known = (*KNOWN, "channel_NAME")
        raise BadInput(
            _("没有名为 {name} 的密钥；{hint}").format(name=name, hint=nearest(name, known))
        )


def _protected(name: str, backend: Any) -> None:
    """Refuses a keyring that forgets everything or writes the secret into an open file."""
    first = next(iter(getattr(backend, "backends", ())), backend)
    found = f"{type(first).__module__}.{type(first).__qualname__}"
    if found in _OPEN_BACKENDS:
        _no_keyring(name, _("找到的密钥环（{found}）不加密或不保存内容").format(found=found))


def _failures() -> tuple[type[Exception], ...]:
    """What a keyring raises when it cannot serve; a backend named wrongly is an ImportError."""
    import keyring.errors  # slow import

    return (keyring.errors.KeyringError, ImportError, OSError, RuntimeError)


def _told(error: Exception) -> str:
    """The kind of a keyring's error: its text is a backend's own and may quote the secret."""
    return type(error).__name__


def _no_keyring(name: str, why: str) -> NoReturn:
    if name not in KNOWN:
        text = _("{why}。可改用：环境变量 {variable}（由服务管理器给出，不写进文件）")
        raise OutsideError(text.format(why=why, variable=variable(name)))
    raise OutsideError(
        _(
            "{why}。可改用：环境变量 {variable}；或 PostgreSQL 自己的密码文件 "
            "~/.pgpass（或 PGPASSFILE 指定的文件，权限 0600）"
        ).format(why=why, variable=variable(name))
    )
