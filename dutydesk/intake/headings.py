"""A column's name, as it is compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(r"[\s\u200b\u200c\u200d\ufeff*:]+")


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """A column name as it is compared: NFKC, no blanks, no leading 12345, no 业务, one case."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", name)).casefold()
    return plain.removeprefix("12345").replace("业务", "") or plain
