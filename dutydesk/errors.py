"""Every error a user can meet: what happened, where, how to mend it, and the exit code.

::

    Exception
    └── DeskError              exit code 1..4, a plain message
        ├── Refused       1    a rule said no: code, params, clause; outlets word it
        ├── BadInput      2    wrong usage or an unreadable file: file, line, column, expected
        ├── StoreError    3    the store is missing, locked, corrupt or of a newer schema
        └── OutsideError  4    a service outside the desk failed
"""

from __future__ import annotations

from collections.abc import Mapping


class DeskError(Exception):
    """An error a user can meet; `message` says what, where and how to mend, without traceback.

    Raised as one of its subclasses, whose `exit_code` is the command line's.
    """

    exit_code: int = 1

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Refused(DeskError):
    """A rule refused an act: a stable `code`, its `params`, and the `clause` that says so.

    Carries no sentence, so that rules know no language; `message` is `code(name=value, …)` for
    logs only. The three attributes cannot be set again: the reason that a rule gave is the reason
    that every outlet shows.
    """

    exit_code = 1
    code: str
    params: dict[str, object]
    clause: str | None

    def __init__(
        self, code: str, params: Mapping[str, object] | None = None, clause: str | None = None
    ) -> None:
        given = dict(params or {})
        inside = ", ".join(f"{name}={value!r}" for name, value in given.items())
        super().__init__(f"{code}({inside})")
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "params", given)
        object.__setattr__(self, "clause", clause)

    def __setattr__(self, name: str, value: object) -> None:
        if name in ("code", "params", "clause"):
            raise AttributeError(f"the reason of a refusal is fixed: {name}")
        super().__setattr__(name, value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Refused):
            return NotImplemented
        mine, theirs = (
            (self.code, self.params, self.clause),
            (other.code, other.params, other.clause),
        )
        return mine == theirs

    def __hash__(self) -> int:
        return hash((self.code, self.clause))

    def __reduce__(self) -> tuple[type[Refused], tuple[str, dict[str, object], str | None]]:
        return type(self), (self.code, self.params, self.clause)


class BadInput(DeskError):
    """Wrong usage or input that cannot be read, with the place as far as it is known.

    `line` and `column` count from 1 (a column may be a name instead); `expected` says what would
    have been right. `str()` gives message, place and expectation in one line.
    """

    exit_code = 2

    def __init__(
        self,
        message: str,
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | str | None = None,
        expected: str | None = None,
    ) -> None:
        super().__init__(message)
        self.file = file
        self.line = line
        self.column = column
        self.expected = expected

    @property
    def place(self) -> str:
        """`file:line:column` of what is known, or the empty string."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    def __str__(self) -> str:
        text = f"{self.place}: {self.message}" if self.place else self.message
        return f"{text} ({self.expected})" if self.expected else text


class StoreError(DeskError):
    """The store cannot be used: missing, locked, cut off, corrupt, or of a newer schema."""

    exit_code = 3


class OutsideError(DeskError):
    """A service outside the desk (message platform, keyring, server) failed or is unclear."""

    exit_code = 4
