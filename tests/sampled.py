"""`make test` plays some cases of a long list, `make soak` plays them all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pytest


def sampled(cases: Iterable[Any], played: Sequence[int], *, whole: bool = False) -> list[Any]:
    """The cases as parameters; those whose place is not among `played` are long runs.

    A tuple is one value per name, or with `whole` the one value of one name, as a size is.
    Raises IndexError for a place that the list does not have, so that a sample is never empty.
    """
    every = list(cases)
    chosen = {id(every[place]) for place in played}
    return [case if id(case) in chosen else _long(case, whole) for case in every]


def _long(case: Any, whole: bool) -> Any:
    values = case if isinstance(case, tuple) and not whole else (case,)
    return pytest.param(*values, marks=pytest.mark.soak)


def on_both(fixture: str) -> pytest.MarkDecorator:
    """A store in a file and one on a server, where the fixture leaves the server to `make soak`."""
    return _stores(fixture, pytest.mark.postgres)


def server_in_soak(fixture: str) -> pytest.MarkDecorator:
    """A store in a file; the one on a server is a long run."""
    return _stores(fixture, pytest.mark.postgres, pytest.mark.soak)


def _stores(fixture: str, *marks: pytest.MarkDecorator) -> pytest.MarkDecorator:
    stores = ["sqlite", pytest.param("postgres", marks=marks)]
    return pytest.mark.parametrize(fixture, stores, indirect=True)
