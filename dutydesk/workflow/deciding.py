"""What a person decides of a message is an act of every procedure, so that the journal has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

VERB: Final = "decide_message"
CHOICES: Final = ("resend", "by_hand", "give_up")
"""Send once more, told by hand, leave unsent."""

FIELDS: Mapping[str, Mapping[str, Any]] = {
    "decide_choice": {
        "name": "decision", "zh": "决定", "en": "decision", "type": "choice",
        "choices": {
            "resend": ["再发一次", "send again"],
            "by_hand": ["已由人发出或告知", "sent or told by hand"],
            "give_up": ["不再发", "not to be sent"],
        },
    },
    "decide_kind": {
        "name": "message", "zh": "消息", "en": "message", "type": "choice",
        "choices": {
            "convene": ["发起协调", "convening"],
            "reschedule": ["改期", "new time"],
            "urge": ["催办", "urging"],
            "supervise": ["督办", "supervision"],
            "escalate": ["上报", "escalation"],
            "handover": ["交班", "handover"],
            "late_refusal": ["逾期反馈", "late answer"],
        },
    },
    "decide_recipient": {"name": "recipient", "zh": "对象", "en": "recipient", "type": "text"},
    "decide_was": {"name": "was", "zh": "此前", "en": "before", "type": "text"},
    "decide_key": {"name": "message_key", "zh": "消息编号", "en": "message key", "type": "text"},
}  # fmt: skip
"""Its fields; `was` is the state of the message before, with its reason."""


def deciding(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table with this act: on any case, at the desk for a message about none, by every role."""
    act = {
        "zh": "处理消息", "en": "decide on a message", "internal": True, "desk": "also",
        "fields": ["decide_choice*", "decide_kind", "decide_recipient*", "decide_was",
                   "decide_key*"],
    }  # fmt: skip
    row = {"id": VERB, "from": ["*any"], "verb": VERB, "by": list(table["roles"])}
    return {
        **table,
        "fields": {**table["fields"], **FIELDS},
        "acts": {**table["acts"], VERB: act},
        "transitions": [*table["transitions"], row],
    }
