"""One fault of a procedure, named so that every outlet can word it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """A stable ``code``, the place in the file (dotted), and what it is about."""

    code: str
    where: str
    params: Mapping[str, object] = field(default_factory=dict)


CODES = (
    "act_without_transition",
    "approver_is_applicant",
    "bundle_needs_cases",
    "check_removed",
    "clock_never_started",
    "clock_never_stopped",
    "clock_runs_at_end",
    "fact_not_asked",
    "gap",
    "key_missing",
    "key_not_allowed",
    "keys_do_not_fit",
    "limit_missing",
    "limit_unread",
    "lock_names_nothing",
    "named_twice",
    "no_end_state",
    "no_way_out",
    "not_a_count",
    "not_a_share",
    "not_within",
    "order_empty",
    "overlap",
    "rung_to_nobody",
    "rung_without_one_moment",
    "slot_count",
    "table_missing",
    "units_missing",
    "unknown_clock",
    "unknown_code",
    "unknown_due_rule",
    "unknown_effect",
    "unknown_fact",
    "unknown_field",
    "unknown_field_type",
    "unknown_guard",
    "unknown_key",
    "unknown_role",
    "unknown_setter",
    "unknown_state",
    "unknown_target",
    "unknown_value",
    "unknown_verb",
    "unreachable_state",
    "value_not_marked",
)
"""Every code a problem can have."""
