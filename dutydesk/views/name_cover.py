"""A caller's full name that somebody typed into a free text, covered where the case knows it.

A name that no case knows cannot be told from other words: whoever types it keeps it out (X-3.2.6).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dutydesk.text import mask_name, one_line

COURTESY = ("先生", "女士", "小姐", "老师", "师傅", "阿姨", "阿婆", "同志", "老伯", "大爷")
NOBODY = frozenset(
    ("匿名", "市民", "群众", "居民", "业主", "路人", "来电人", "热心市民", "不详", "未知", "无名")
)
"""What stands where a name should, and names nobody."""


def name_cover(name: str | None) -> Callable[[str], str]:
    """What covers this name in a text, blanks inside it too: 王小明 and 王 小明 become 王**.

    A surname alone (王, 王女士) is no full name, and stays.
    """
    full = "".join(one_line(name or "").split())
    for word in COURTESY:
        full = full.removesuffix(word)
    if len(full) < 2 or full in NOBODY or not all(sign.isalpha() or sign in "·." for sign in full):
        return _as_it_is
    spelled = r"\s*".join(map(re.escape, full))
    latin = full.isascii()
    found = re.compile(rf"\b{spelled}\b" if latin else spelled, re.IGNORECASE)
    covered = mask_name(full)
    return lambda text: found.sub(covered, text)


def _as_it_is(text: str) -> str:
    return text
