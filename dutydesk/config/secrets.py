"""Keys kept in the system keyring, or by choice in an encrypted file; never shown."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NoReturn

from dutydesk.config.passphrase import Passphrase
from dutydesk.config.toml_text import nearest
from dutydesk.config.vault import Vault
from dutydesk.errors import BadInput, OutsideError
from dutydesk.i18n import _

SERVICE: Final = "dutydesk"
KNOWN: Final = ("database",)
"""The secrets that every desk may have: the PostgreSQL password."""
_OF_CHANNEL: Final = re.compile(r"channel_[a-z][a-z0-9_]{0,30}", re.ASCII)
"""The secrets of channels: `channel_NAME` for `[channel.NAME]`."""

_PREFIX: Final = "DUTYDESK_SECRET_"
_OPEN_BACKENDS: Final = ("keyrings.alt.file.PlaintextKeyring", "keyring.backends.null.Keyring")


class _Chosen:
    """What the settings have chosen for this program: the keyring where it is None."""

    vault: Vault | None = None
    passphrase = Passphrase()


def choose_file(file: Path | None) -> None:
    """Keep secrets in this encrypted file from now on, or in the keyring with None."""
    if file != (_Chosen.vault.file if _Chosen.vault else None):
        _Chosen.passphrase = Passphrase()
        _Chosen.vault = Vault(file, _Chosen.passphrase) if file is not None else None


def chosen_file() -> Path | None:
    """The encrypted file that is used instead of the keyring, None where none is."""
    return _Chosen.vault.file if _Chosen.vault else None


def passphrase_source() -> str | None:
    """Where the file's passphrase comes from without asking: `environment`, `descriptor`, None."""
    return _Chosen.passphrase.source


def unlock() -> None:
    """Open the encrypted file now, asking for the passphrase where one may: later nobody can.

    Does nothing where secrets are not kept so. Raises OutsideError where it does not open.
    """
    vault = _Chosen.vault
    if vault is None or not vault.names():
        return
    try:
        vault.get(vault.names()[0])
    except OutsideError:
        _Chosen.passphrase.forget()
        raise


def variable(name: str) -> str:
    """The environment variable that holds a secret: DUTYDESK_SECRET_DATABASE."""
    return _PREFIX + name.upper()


def get_secret(name: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """A secret from the environment, else from where they are kept; None when neither has it.

    A machine without any keyring simply has none. Raises OutsideError when a keyring
    is there and fails (locked, refused), or the encrypted file does not open; BadInput for an
    unknown name.
    """
    _known(name)
    if value := environ.get(variable(name)):
        return value
    if _Chosen.vault is not None:
        return _Chosen.vault.get(name)
    import keyring.errors  # slow import

    try:
        value = keyring.get_password(SERVICE, name)
    except keyring.errors.NoKeyringError:
        return None
    except _failures() as error:
        _no_keyring(name, _("系统密钥环出错：{why}").format(why=_told(error)))
    return value or None


def set_secret(name: str, value: str) -> None:
    """Keeps a secret in the keyring and reads it back, or in the encrypted file by choice.

    Raises BadInput for an unknown name or an empty value, OutsideError where no
    keyring works, or where the one found keeps nothing or keeps it unprotected.
    """
    _known(name)
    if not value:
        raise BadInput(_("没有读到要保存的内容"))
    if _Chosen.vault is not None:
        _Chosen.vault.put(name, value)
        return
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
    """Takes a secret out again; False when it was not there. Raises as `set_secret`."""
    _known(name)
    if _Chosen.vault is not None:
        return _Chosen.vault.delete(name)
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
    """Where it comes from: `environment`, `keyring`, `file`, or None; never the secret itself."""
    if environ.get(variable(name)):
        return "environment"
    if _Chosen.vault is not None:
        return "file" if name in _Chosen.vault.names() else None
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
        text = _(
            "{why}。可改用：环境变量 {variable}（由服务管理器给出，不写进文件）；"
            '或口令加密的文件（设置 [secrets] store = "file"）'
        )
        raise OutsideError(text.format(why=why, variable=variable(name)))
    raise OutsideError(
        _(
            "{why}。可改用：环境变量 {variable}；或 PostgreSQL 自己的密码文件 "
            "~/.pgpass（或 PGPASSFILE 指定的文件，权限 0600）"
        ).format(why=why, variable=variable(name))
    )
