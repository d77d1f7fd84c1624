"""What is typed into a platform's page, as one text: a line for each field, in the page's order."""

from __future__ import annotations

from dutydesk.i18n import _
from dutydesk.views.writebacks import OwedRow


def page(row: OwedRow) -> str:
    """The fields of one entry; what is empty is left out."""
    said = _("{label}：{value}")
    return "\n".join(said.format(label=f.label, value=f.value) for f in row.fields if f.value)
