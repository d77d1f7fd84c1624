"""Nobody stands on a roster whom the desk's messages cannot reach (complaint 11 of the field)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from dutydesk.config.model import Person, Settings
from dutydesk.config.staff import StaffFault
from dutydesk.i18n import _
from dutydesk.workflow.procedure import Procedure
from dutydesk.workflow.templates import PARTIES, templates_of

MEETING = frozenset(("convene", "reschedule"))


def posts_told(procedure: Procedure, kinds: Collection[str]) -> frozenset[str]:
    """The posts to whose holders messages of these kinds go: by an act, or by a clock's ladder."""
    parts = procedure.parts
    handlers = {*parts.handlers, *((parts.lead,) if parts.lead else ())}
    found: set[str] = set(handlers) if MEETING & set(kinds) else set()
    for kind, template in templates_of(procedure).items():
        for verb, who in template.to.items() if kind in kinds else ():
            if procedure.acts[verb].does == "hand_over":
                found |= {*parts.hand_over.to, parts.operator}
            elif who in procedure.roles:
                found.add(who)
            else:
                found |= handlers
    if "escalate" in kinds:
        for variants in procedure.clocks.values():
            for kind_of in variants.values():
                found |= {role for rung in kind_of.ladder for role in rung.to}
    told = procedure.values.get("late_refusal")
    if told and "late_refusal" in kinds:
        found.add(str(told["to"]))
    if PARTIES in found or found & set(parts.handlers):
        found |= handlers
    found |= {post.role for post in parts.posts if post.stands_in in found}
    return frozenset(found & {post.role for post in parts.posts})


def unreachable(
    settings: Settings, procedure: Procedure, carries: Mapping[str, str]
) -> Iterator[StaffFault]:
    """Who holds a post that is told by account and has none, nor is said to be rung.

    `carries` are the kinds that leave by accounts with their channel; none asks for nothing.
    """
    told = posts_told(procedure, carries) if carries else frozenset()
    known = {person.name for person in settings.person}
    turns = {line.post: line.names for line in settings.rota}
    channel = next(iter(carries.values()), "")
    for number, person in enumerate(settings.person):
        posts = {*person.posts, *(post for post, names in turns.items() if person.name in names)}
        if posts & told and not _reached(person):
            yield _fault(("person", number), person.name, sorted(posts & told)[0], channel)
    for number, line in enumerate(settings.rota):
        for name in line.names:
            if line.post in told and name not in known:
                yield _fault(("rota", number), name, line.post, channel)


def _reached(person: Person) -> bool:
    return bool(person.userid or (person.by_phone and person.phone))


def _fault(path: tuple[str | int, ...], name: str, post: str, channel: str) -> StaffFault:
    said = _(
        "{name}（{post}）没有 userid，渠道 {channel} 的消息到不了；"
        "在 [[person]] 写 userid，或写 phone 和 by_phone = true（只打电话）"
    )
    return StaffFault(path, said.format(name=name, post=post, channel=channel))
