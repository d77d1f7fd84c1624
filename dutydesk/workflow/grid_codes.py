"""Grid codes of a prefix and numbered parts, checked and issued (B-2.2.6, B-2.2.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def form(rule: Mapping[str, Any]) -> str:
    """How a code is written: `370112 + 3 + 3 + 3`."""
    return " + ".join([str(rule.get("prefix", "")), *(str(w) for w in rule.get("parts", ()))])


def fits(code: str, rule: Mapping[str, Any]) -> bool:
    """Whether a code is the prefix and one number per part, each inside the range."""
    parts = split(code, rule)
    least, most = rule.get("range", (1, 999))
    return parts is not None and all(least <= part <= most for part in parts)


def begins(code: str, rule: Mapping[str, Any]) -> bool:
    """Whether a code is the prefix and the first parts of one that fits: a level above the grid."""
    parts = tuple(rule.get("parts", ()))
    return any(fits(code, {**rule, "parts": parts[:count]}) for count in range(len(parts)))


def split(code: str, rule: Mapping[str, Any]) -> tuple[int, ...] | None:
    """The numbers behind the prefix; None where the code has another length or other signs."""
    prefix, widths = str(rule.get("prefix", "")), tuple(rule.get("parts", ()))
    rest = code.removeprefix(prefix)
    if not code.startswith(prefix) or len(rest) != sum(widths):
        return None
    if not (rest.isascii() and rest.isdigit()):
        return None
    starts = [sum(widths[:n]) for n in range(len(widths))]
    return tuple(int(rest[at : at + width]) for at, width in zip(starts, widths, strict=True))


def issued(above: str, used: Iterable[str], rule: Mapping[str, Any]) -> str:
    """The next code under one above (all parts but the last), never one that was used before.

    Raises ValueError where the range is used up or the code above does not fit.
    """
    width, (least, most) = rule["parts"][-1], rule.get("range", (1, 999))
    taken = {parts[-1] for parts in (split(c, rule) for c in used if c.startswith(above)) if parts}
    number = max(taken, default=least - 1) + 1
    code = f"{above}{number:0{width}d}"
    if number > most or not fits(code, rule):
        raise ValueError(code)
    return code
