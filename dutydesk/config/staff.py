"""Whether people and turns of the settings fit the posts of the procedure that they are for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dutydesk.config.model import Settings
from dutydesk.config.toml_text import nearest
from dutydesk.i18n import _, listed
from dutydesk.workflow.parts import Parts


class StaffFault(NamedTuple):
    """One thing that does not fit: where in the settings, and why."""

    path: tuple[str | int, ...]
    message: str


def staff_faults(settings: Settings, parts: Parts) -> Iterator[StaffFault]:
    """Posts and units that the procedure does not have, and what a post needs beside it."""
    for number, person in enumerate(settings.person):
        at: tuple[str | int, ...] = ("person", number)
        for place, post in enumerate(person.posts):
            yield from _known(("posts", place), at, post, parts)
        yield from _unit(at, person.posts, person.department, parts)
        if parts.in_grids & set(person.posts) and not person.grid:
            post = next(post for post in person.posts if post in parts.in_grids)
            message = _("{post} 要写 grid：网格的名称或代码").format(post=post)
            yield StaffFault((*at, "posts"), message)
    for number, line in enumerate(settings.rota):
        at = ("rota", number)
        yield from _known(("post",), at, line.post, parts)
        yield from _unit(at, (line.post,), line.department, parts)


def _known(
    key: tuple[str | int, ...], at: tuple[str | int, ...], post: str, parts: Parts
) -> Iterator[StaffFault]:
    names = [each.role for each in parts.posts]
    if post not in names:
        hint = nearest(post, names)
        message = _("规程里没有岗位“{post}”；{hint}").format(post=post, hint=hint)
        yield StaffFault((*at, *key), message)


def _unit(
    at: tuple[str | int, ...], posts: tuple[str, ...], unit: str | None, parts: Parts
) -> Iterator[StaffFault]:
    """A post that is held once for each unit needs one, and one that there is."""
    if unit is None and parts.lead in posts:
        message = _("{post} 要写 department：{units}").format(
            post=parts.lead, units=listed(parts.units)
        )
        yield StaffFault(at, message)
    elif unit is not None and unit not in parts.units:
        units = parts.units
        hint = nearest(unit, units) if units else _("这个规程不分部门")
        message = _("没有部门“{unit}”；{hint}").format(unit=unit, hint=hint)
        yield StaffFault((*at, "department"), message)
