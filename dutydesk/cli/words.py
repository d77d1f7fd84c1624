"""Marks the texts of commands and options for the catalogue where they stand."""

from __future__ import annotations


def N_(message: str) -> str:
    """The text as it is; help gives it in the language in use."""
    return message
