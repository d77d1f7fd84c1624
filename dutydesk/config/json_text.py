"""JSON as somebody gives it from outside: numbers that JSON itself can write, nothing else."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any


def strict(text: str) -> Any:
    """The value of a JSON text; ValueError for none, and for `NaN`, `Infinity` and `1e400`.

    Raises RecursionError where it is nested too deep.
    """
    return json.loads(text, parse_constant=_no_number, parse_float=_finite)


def _no_number(name: str) -> None:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise ValueError(digits)
    return number
