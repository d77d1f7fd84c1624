"""Which row a field gets: one per type of the procedure's fields."""

from __future__ import annotations

from dutydesk.screens.forms.checks import ChecksRow, ReportRow
from dutydesk.screens.forms.filerows import AttachmentsRow
from dutydesk.screens.forms.matterrow import CategoryRow, MatterRow
from dutydesk.screens.forms.phrases import PHRASES, PhraseRow, WhoRow
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
from dutydesk.screens.forms.scene import PICKED, Scene, lead_among
from dutydesk.screens.forms.tablerows import CallerRow, DutiesRow
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
    "matter": MatterRow,
    "category": CategoryRow,
    "station": PickRow,
    "area": ChoiceRow,
    "caller": CallerRow,
    "bool": BoolRow,
    "time": TimeRow,
    "limit": LimitRow,
    "duties": DutiesRow,
    "attachments": AttachmentsRow,
    "number": TextRow,
    "run": ChoiceRow,
    "case": CaseRow,
    "submit_reason": ReasonRow,
    "any": TextRow,
    "checks": ChecksRow,
}
"""Notes stand with their checks, and only imports give maps: they have no row."""


def row(scene: Scene, field: Field, label: str | None = None) -> FieldRow:
    """The row of a field."""
    kind = ROWS.get(field.type, TextRow)
    if field.type == "party" and field.name == "lead" and lead_among(scene):
        kind = ChoiceRow
    if scene.verb == "correct" and field.name in PICKED:
        kind = PickRow
    if scene.verb == "note" and field.name in ("promised_by", "promised_to"):
        kind = WhoRow
    if scene.verb in PHRASES and field.name == ("text" if scene.verb == "note" else "reason"):
        kind = PhraseRow
    if field.name == "report" and scene.kind.field("checks"):
        kind = ReportRow
    if field.name in scene.kind.phrases:
        kind = PhraseRow
    return kind(scene, field, label)
