"""Why a raw value of a field cannot be read."""

from __future__ import annotations


class Bad(Exception):
    """A value of the wrong kind; ``expected`` says what would be right."""

    def __init__(self, expected: object) -> None:
        self.expected = expected


class Missing(Exception):
    """A part of a value that is mandatory and not there."""

    def __init__(self, name: str) -> None:
        self.name = name
