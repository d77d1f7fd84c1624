"""Secrets: kept and read back, refused where nothing keeps them, never in sight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from dutydesk.config.database import database_url, is_shared, shown_url
from dutydesk.config.model import Database, Settings
from dutydesk.config.secrets import delete_secret, get_secret, secret_source, set_secret
from dutydesk.config.settings import load_settings
from dutydesk.errors import BadInput, OutsideError

SECRET = "p@ss:w/rd 一"
POSTGRES = Settings(database=Database(url="postgresql://desk@server:5432/duty?sslmode=require"))


class MemoryKeyring(KeyringBackend):
    """Keeps what it is given."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class ForgetfulKeyring(MemoryKeyring):
    """Says yes and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class LockedKeyring(MemoryKeyring):
    """Is there, but nobody opened it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked(f"locked with {SECRET}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked(f"locked with {password}")


PlaintextKeyring = type("PlaintextKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def use(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)


def test_a_secret_is_kept_under_the_desks_name(ring: MemoryKeyring) -> None:
    set_secret("database", SECRET)
    assert ring.kept == {("dutydesk", "database"): SECRET}
    assert get_secret("database", {}) == SECRET
    assert secret_source("database", {}) == "keyring"
    assert delete_secret("database") is True
    assert delete_secret("database") is False
    assert get_secret("database", {}) is None


def test_the_environment_wins_over_the_keyring(ring: MemoryKeyring) -> None:
    set_secret("database", SECRET)
    environ = {"DUTYDESK_SECRET_DATABASE": "other"}
    assert get_secret("database", environ) == "other"
    assert secret_source("database", environ) == "environment"


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize(
    "backend",
    [
        keyring.backends.fail.Keyring(),
        keyring.backends.null.Keyring(),
        ForgetfulKeyring(),
        LockedKeyring(),
        PlaintextKeyring(),
    ],
    ids=lambda backend: type(backend).__name__ + type(backend).__module__,
)
def test_where_nothing_keeps_it_the_alternatives_are_named(backend: KeyringBackend) -> None:
    use(backend)
    with pytest.raises(OutsideError) as caught:
        set_secret("database", SECRET)
    assert "DUTYDESK_SECRET_DATABASE" in caught.value.message
    assert "~/.pgpass" in caught.value.message
    assert SECRET not in str(caught.value)


@pytest.mark.usefixtures("ring")
def test_plaintext_is_refused_before_anything_is_written() -> None:
    backend = PlaintextKeyring()
    use(backend)
    with pytest.raises(OutsideError):
        set_secret("database", SECRET)
    assert backend.kept == {}


@pytest.mark.usefixtures("ring")
def test_without_a_keyring_there_is_no_secret_but_a_locked_one_is_a_fault() -> None:
    use(keyring.backends.fail.Keyring())
    assert get_secret("database", {}) is None
    assert delete_secret("database") is False
    use(LockedKeyring())
    with pytest.raises(OutsideError, match="KeyringLocked"):
        get_secret("database", {})


@pytest.mark.usefixtures("ring")
def test_unknown_names_and_empty_values_are_bad_input() -> None:
    with pytest.raises(BadInput, match="最接近的是 database"):
        set_secret("databse", SECRET)
    with pytest.raises(BadInput):
        set_secret("database", "")


def test_the_password_is_put_into_the_address_in_memory_only(ring: MemoryKeyring) -> None:
    ring.set_password("dutydesk", "database", SECRET)
    url = database_url(POSTGRES, {})
    assert url == (
        "postgresql+psycopg://desk:p%40ss%3Aw%2Frd%20%E4%B8%80@server:5432/duty?sslmode=require"
    )
    assert shown_url(url) == "postgresql+psycopg://desk@server:5432/duty?sslmode=require"
    assert "p%40ss" not in repr(POSTGRES)


@pytest.mark.usefixtures("ring")
def test_without_a_password_the_server_s_own_file_is_asked() -> None:
    expected = "postgresql+psycopg://desk@server:5432/duty?sslmode=require"
    assert database_url(POSTGRES, {}) == expected
    assert is_shared(POSTGRES)
    assert not is_shared(Settings())


@pytest.mark.parametrize(
    "url", ["postgresql://desk:geheim@server/duty", "postgres://desk@server/duty?password=geheim"]
)
def test_a_password_in_the_address_is_refused_with_advice(url: str) -> None:
    with pytest.raises(BadInput) as caught:
        database_url(Settings(database=Database(url=url)), {})
    assert "dutydesk secret set database" in caught.value.message
    assert "geheim" not in str(caught.value)


def test_sqlite_addresses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dutydesk.toml").write_text('[database]\nurl = "data/x.db"', encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    by_file = load_settings(environ={}, here=tmp_path)

    def url(text: str) -> str:
        return database_url(Settings(database=Database(url=text)), {})

    assert database_url(by_file, {}) == f"sqlite:///{tmp_path}/data/x.db"
    assert url("") == f"sqlite:///{tmp_path}/share/dutydesk/dutydesk.sqlite3"
    assert url("sqlite:////srv/desk.db") == "sqlite:////srv/desk.db"
    assert (url("sqlite://"), url(":memory:")) == ("sqlite://", "sqlite://")
    with pytest.raises(BadInput, match="mysql"):
        url("mysql://desk@server/duty")
