"""`dutydesk secret`: asks, keeps, and shows names only."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from typer.testing import CliRunner

from dutydesk.cli.secret import app
from dutydesk.errors import OutsideError


class MemoryKeyring(KeyringBackend):
    """Keeps what it is given."""

    priority = 1  # type: ignore[assignment]
    kept: str | None = None

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept = password

    def delete_password(self, service: str, username: str) -> None:
        self.kept = None


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_one_line_of_standard_input_is_kept_and_never_shown(ring: MemoryKeyring) -> None:
    result = CliRunner().invoke(app(), ["set", "database"], input="geheim \nnext\n")
    assert (result.exit_code, ring.kept) == (0, "geheim ")
    assert result.output == "已存入系统密钥环：database\n"

    listed = CliRunner().invoke(app(), ["list"])
    assert listed.output == "database\t系统密钥环\n"

    assert CliRunner().invoke(app(), ["delete", "database"]).output == "已删去：database\n"
    assert ring.kept is None


def test_without_a_keyring_the_error_is_the_desks_own() -> None:
    result = CliRunner().invoke(app(), ["set", "database"], input="geheim\n")
    assert isinstance(result.exception, OutsideError)
    assert "geheim" not in str(result.exception)
