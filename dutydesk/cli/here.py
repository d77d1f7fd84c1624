"""What was given before the command, and the settings and the desk that follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dutydesk.cli.shown import shown
from dutydesk.config.toml_text import all_of, nearest
from dutydesk.errors import BadInput
from dutydesk.i18n import _, use

if TYPE_CHECKING:
    from dutydesk.config.settings import Settings
    from dutydesk.desk import Desk
    from dutydesk.workflow.cases.model import Actor
    from dutydesk.workflow.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Given:
    """The options before the command."""

    config: Path | None = None
    database: str | None = None
    lang: str | None = None


class _Place:
    given = Given()
    procedure: Procedure | None = None


def give(given: Given) -> None:
    """Keep what stands before the command, for this one call."""
    _Place.given, _Place.procedure = given, None


def given() -> Given:
    """What stands before the command."""
    return _Place.given


def procedure() -> Procedure | None:
    """The procedure of the desk that this call opened; None before one is."""
    return _Place.procedure


def settings() -> Settings:
    """The settings that hold here; their language is used unless `--lang` says otherwise.

    Raises BadInput naming file, line and key.
    """
    from dutydesk.config.settings import load_settings  # slow import

    found = load_settings(_Place.given.config, _Place.given.database)
    if _Place.given.lang is None:
        use(found.desk.language)
    return found


@contextmanager
def desk(*, create: bool = False, using: Settings | None = None) -> Iterator[Desk]:
    """The desk of the settings, closed at the end. Raises StoreError and BadInput."""
    from dutydesk.bootstrap import open_desk  # slow import

    opened = open_desk(using or settings(), create=create)
    _Place.procedure = opened.context.procedure
    try:
        yield opened
    finally:
        opened.close()


def actor(text: str, known: Procedure) -> Actor:
    """`ROLE` or `ROLE:NAME`; BadInput naming the nearest role where there is no such role."""
    from dutydesk.workflow.cases.model import Actor  # slow import

    found = Actor.parse(text)
    if found.role not in known.roles:
        message = _("没有角色“{role}”；{hint}").format(
            role=shown(found.role), hint=nearest(found.role, known.roles)
        )
        raise BadInput(message, expected=all_of(found.role, known.roles))
    return found


def holder(opened: Desk) -> Actor:
    """Who answers for the desk now: its operator, or the night desk while it holds."""
    from dutydesk.workflow.cases.model import Actor  # slow import

    return Actor(opened.rules().duty.holder_role)


def sitting(opened: Desk, using: Settings) -> Actor:
    """The holder with the name that the settings give to the operator who sits here."""
    from dutydesk.workflow.cases.model import Actor  # slow import

    found = holder(opened)
    name = using.desk.operator.strip()
    return (
        Actor(found.role, name)
        if name and found.role == opened.context.procedure.parts.operator
        else found
    )
