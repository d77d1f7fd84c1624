"""The scenes of the other shipped procedures."""

from __future__ import annotations

from collections.abc import Mapping

from dutydesk.demo import baoshan, hongkou, jinshan, minhang
from dutydesk.demo.steps import Story

ELSEWHERE: Mapping[str, tuple[Story, ...]] = {
    "minhang": minhang.STORIES,
    "jinshan": jinshan.STORIES,
    "baoshan": baoshan.STORIES,
    "hongkou": hongkou.STORIES,
}
"""The stories of each other shipped procedure; one of one's own begins with an empty desk."""
