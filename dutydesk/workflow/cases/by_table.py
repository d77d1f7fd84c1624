"""What the matter table says of an act: which standard its case falls under, and the limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dutydesk.errors import Refused
from dutydesk.workflow.cases.model import Case
from dutydesk.workflow.context import Context
from dutydesk.workflow.matters import Matters, Standard
from dutydesk.workflow.procedure import ActKind
from dutydesk.workflow.time.limits import Limit

MATTER = "matter"
"""The type of a field that names a matter; what a case keeps of it stands under this name."""


BESIDE = " matters/"
"""Between the procedure's rule and the edition of the table, on a clock whose limit is tabled."""


def tabled_rule(rule: str, edition: int | None) -> str:
    """What is frozen on a clock: the procedure, and the matter table that gave the limit."""
    return rule if edition is None else f"{rule}{BESIDE}{edition}"


def is_tabled(rule: str) -> bool:
    """Whether the limit of a clock with this rule was taken from the matter table."""
    return BESIDE in rule


def standard_of(matters: Matters, values: Mapping[str, Any], case: Case) -> Standard | None:
    """The one standard that an act or its case names, by matter, else by category.

    None where the table does not know it, or where its limit depends on the filing condition.
    """
    named = values.get(MATTER) or case.kept(MATTER)
    return matters.one(str(named) if named else values.get("category") or case.category)


def supplied(
    kind: ActKind,
    values: dict[str, Any],
    wrong: Sequence[Refused],
    case: Case,
    context: Context,
) -> tuple[dict[str, Any], list[Refused]]:
    """The values with what the case and the table know where an act asks and nothing was given.

    The matter is the one that the case keeps, the limit that of the matter. A limit that was given
    stands: whoever sends the case out may set another (B-3.4.3.2).
    """
    given = dict(values)
    blamed = {r.params.get("field") for r in wrong if r.code == "bad_value"}
    asked = {field.name for field in kind.fields if field.mandatory} - blamed - set(values)
    named = values.get(MATTER) or case.kept(MATTER)
    if MATTER in asked and named:
        given[MATTER] = named
    found = context.matters.one(str(named)) if named else None
    if "limit" in asked and found is not None:
        given["limit"] = found.counted
    return given, [r for r in wrong if r.code == "bad_value" or r.params.get("field") not in given]


def edition_of(matters: Matters, values: Mapping[str, Any], case: Case, limit: Limit) -> int | None:
    """The edition of the table that a limit is taken from; None where it was set otherwise."""
    found = standard_of(matters, values, case)
    return matters.edition if found is not None and found.counted == limit else None
