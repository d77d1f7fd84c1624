"""One attachment of an act, read from what was given."""

from __future__ import annotations

from dutydesk.workflow.cases.misread import Bad
from dutydesk.workflow.cases.model import Attachment

ATTACHMENT_KINDS = ("photo_before", "photo_after", "enforcement", "plan", "other")


def attachment(item: object) -> Attachment:
    """The attachment that a table of kind, file and digest names; raises Bad for anything else."""
    if isinstance(item, Attachment):
        return item
    if not isinstance(item, dict) or set(item) - {"kind", "file", "digest"}:
        raise Bad({"kind": " | ".join(ATTACHMENT_KINDS), "file": "…"})
    file = item.get("file")
    if item.get("kind") not in ATTACHMENT_KINDS or file is None or not str(file).strip():
        raise Bad({"kind": " | ".join(ATTACHMENT_KINDS), "file": "…"})
    return Attachment(str(item["kind"]), str(file), str(item.get("digest") or ""))
