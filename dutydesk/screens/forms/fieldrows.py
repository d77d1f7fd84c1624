"""Which row a field gets: one per type of the procedure's fields."""

from __future__ import annotations

from dutydesk.screens.forms.pickrows import CaseRow, PickRow, PicksRow
from dutydesk.screens.forms.rows import (
    BoolRow,
    ChoiceRow,
    ChoicesRow,
    FieldRow,
    LongRow,
    ReasonRow,
    TextRow,
    TextsRow,
)
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.forms.tablerows import AttachmentsRow, CallerRow, DutiesRow
from dutydesk.screens.forms.timerows import LimitRow, TimeRow
from dutydesk.workflow.procedure import Field

ROWS: dict[str, type[FieldRow]] = {
    "text": TextRow,
    "long_text": LongRow,
    "choice": ChoiceRow,
    "choices": ChoicesRow,
    "texts": TextsRow,
    "party": PickRow,
    "parties": PicksRow,
    "role": ChoiceRow,
    "grid": PickRow,
    "grids": PicksRow,
    "station": PickRow,
    "area": ChoiceRow,
    "caller": CallerRow,
    "bool": BoolRow,
    "time": TimeRow,
    "limit": LimitRow,
    "duties": DutiesRow,
    "attachments": AttachmentsRow,
    "number": TextRow,
    "case": CaseRow,
    "submit_reason": ReasonRow,
    "any": TextRow,
}
"""Checks, notes and maps have no row: closing has its own form, and only imports give maps."""


def row(scene: Scene, field: Field, label: str | None = None) -> FieldRow:
    """The row of a field."""
    kind = ROWS.get(field.type, TextRow)
    if field.type == "party" and field.name == "lead":
        kind = ChoiceRow
    return kind(scene, field, label)
