"""What is wrong with the deferral, the suspension and the appeal that a procedure declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dutydesk.workflow.adjusting import DECLARED
from dutydesk.workflow.check_problem import Problem
from dutydesk.workflow.procedure_model import ANY, OPEN
from dutydesk.workflow.time.limits import BadLimit, parse

NEEDED: Mapping[str, tuple[str, ...]] = {
    "deferral": ("clocks", "ask", "approvals", "most", "basis"),
    "suspension": ("by", "basis"),
    "appeal": ("by", "review", "basis"),
}
"""What each declaration must say."""
MAY: Mapping[str, tuple[str, ...]] = {
    "deferral": ("from", "longest", "clause", "fields"),
    "suspension": ("clocks", "from", "resume", "most", "longest", "clause", "fields"),
    "appeal": ("clause", "fields"),
}
"""What each declaration may say besides."""
DECIDED = {"deferral": ("approvals", "ask"), "appeal": ("review", "by")}
"""Who decides, and who asks: nobody may be both in every role that he has."""


def adjusting_problems(table: Mapping[str, Any]) -> Iterator[Problem]:
    """Every fault of the declarations, before any act is made of them."""
    for name in DECLARED:
        if name in table:
            found = list(_keys(name, table[name]))
            yield from found or _values(name, table[name], table)


def _keys(name: str, declared: Mapping[str, Any]) -> Iterator[Problem]:
    for key in NEEDED[name]:
        if declared.get(key) in (None, "", []):
            yield Problem("key_missing", name, {"name": key})
    known = (*NEEDED[name], *MAY[name])
    for key in declared:
        if key not in known:
            yield Problem("unknown_key", name, {"name": key, "known": sorted(known)})


def _values(name: str, declared: Mapping[str, Any], table: Mapping[str, Any]) -> Iterator[Problem]:
    basis, clause = declared["basis"], declared.get("clause")
    if basis not in ("text", "house") or (basis == "text" and not clause):
        yield Problem("value_not_marked", name, {"basis": basis, "clause": clause})
    states = (*table["states"], ANY, OPEN)
    yield from _known(
        "unknown_clock", f"{name}.clocks", declared.get("clocks", ()), table["clocks"]
    )
    yield from _known("unknown_state", f"{name}.from", declared.get("from", ()), states)
    for key in ("ask", "by", "review", "resume"):
        yield from _known("unknown_role", f"{name}.{key}", declared.get(key, ()), table["roles"])
    for step in declared.get("approvals", ()):
        yield from _known("unknown_role", f"{name}.approvals", step, table["roles"])
    for verb, more in (declared.get("fields") or {}).items():
        named = [str(text).split(" ")[0].rstrip("*") for text in more]
        yield from _known("unknown_field", f"{name}.fields.{verb}", named, table["fields"])
    yield from _numbers(name, declared)
    if name in DECIDED:
        yield from _another_decides(name, declared)


def _known(code: str, where: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    all_ = sorted(known)
    for name in names:
        if name not in all_:
            yield Problem(code, where, {"name": name, "known": all_})


def _numbers(name: str, declared: Mapping[str, Any]) -> Iterator[Problem]:
    most = declared.get("most", 1)
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        yield Problem("not_a_count", f"{name}.most", {"name": "most", "value": most})
    try:
        parse(str(declared.get("longest", "1 day")))
    except BadLimit as bad:
        params = {"value": declared["longest"], "known": [str(bad.expected)]}
        yield Problem("limit_unread", f"{name}.longest", params)


def _another_decides(name: str, declared: Mapping[str, Any]) -> Iterator[Problem]:
    """Each step has a role that does not ask as well."""
    key, asking = DECIDED[name]
    steps = declared[key] if key == "approvals" else [declared[key]]
    for step in steps:
        if not step or set(step) <= set(declared[asking]):
            params = {"roles": list(step), "asking": asking}
            yield Problem("approver_is_applicant", f"{name}.{key}", params)
