"""Where the store lies: the setting as one SQLAlchemy address, its password added in memory."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit, urlunsplit

from dutydesk.config.secrets import get_secret
from dutydesk.config.settings import Settings, data_folder
from dutydesk.errors import BadInput
from dutydesk.i18n import _

STORE_NAME: Final = "dutydesk.sqlite3"
_POSTGRES: Final = ("postgres", "postgresql", "postgresql+psycopg")


def database_url(settings: Settings, environ: Mapping[str, str] = os.environ) -> str:
    """The store's address as SQLAlchemy takes it; it may hold a password: never show it.

    Empty settings give a file in the user's data folder. A PostgreSQL password comes
    from environment or keyring; without one, libpq looks into ~/.pgpass itself.
    Raises BadInput for an address of another kind or with a password in it.
    """
    text = settings.database.url.strip()
    if not text:
        return _sqlite(data_folder() / STORE_NAME)
    scheme = text.partition(":")[0].lower() if "://" in text else ""
    if text == ":memory:":
        return "sqlite://"
    if not scheme:
        return _sqlite(settings.path(text))
    if scheme == "sqlite":
        inside = text[len("sqlite://") :].removeprefix("/")
        return "sqlite://" if inside in ("", ":memory:") else _sqlite(settings.path(inside))
    if scheme not in _POSTGRES:
        raise BadInput(
            _("{name}：不认识 {scheme}://").format(name=_name(settings), scheme=scheme),
            file=_file(settings),
            expected=_("文件路径、sqlite:///路径 或 postgresql://用户@主机/库名"),
        )
    return _postgres(settings, text, environ)


def shown_url(url: str) -> str:
    """An address fit to be shown: without its password."""
    parts = _split(url)
    if parts is None or parts.password is None:
        return url
    return urlunsplit(parts._replace(netloc=_netloc(parts, None)))


def is_shared(settings: Settings) -> bool:
    """Whether several desks share the store (PostgreSQL)."""
    return settings.database.url.strip().lower().startswith("postgres")


def _postgres(settings: Settings, text: str, environ: Mapping[str, str]) -> str:
    parts = _split(text)
    if parts is None:
        raise BadInput(
            _("{name} 不是正确的地址").format(name=_name(settings)),
            file=_file(settings),
            expected="postgresql://user@host:5432/name",
        )
    keys = {key.lower() for key, _value in parse_qsl(parts.query, keep_blank_values=True)}
    if parts.password is not None or keys & {"password", "sslpassword"}:
        raise BadInput(
            _("{name} 里写了密码；请从地址里删去，再运行 dutydesk secret set database").format(
                name=_name(settings)
            ),
            file=_file(settings),
        )
    password = get_secret("database", environ) if parts.username else None
    return urlunsplit(parts._replace(scheme="postgresql+psycopg", netloc=_netloc(parts, password)))


def _netloc(parts: SplitResult, password: str | None) -> str:
    """User, host and port again, with this password or none; the rest as it was written."""
    user, at, host = parts.netloc.rpartition("@")
    user = user.partition(":")[0]
    secret = "" if password is None else f":{quote(password, safe='')}"
    return f"{user}{secret}{at}{host}"


def _split(url: str) -> SplitResult | None:
    """The parts of an address, None when host or port are malformed."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    return parts


def _sqlite(path: Path) -> str:
    return f"sqlite:///{path.absolute()}"


def _name(settings: Settings) -> str:
    """What the address stands behind: an option, a variable, or a key of the settings."""
    return settings.database.named_by or "database.url"


def _file(settings: Settings) -> str | None:
    """The settings file, where the address stands in it."""
    return str(settings.file) if settings.file and not settings.database.named_by else None
