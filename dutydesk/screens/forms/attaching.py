"""Files are added to a case: several at once, all of them or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dutydesk.screens.forms.form import ActForm
from dutydesk.screens.forms.submit import Filed, act, do
from dutydesk.workflow.cases.acts import Act

if TYPE_CHECKING:
    from dutydesk.desk import Desk


class AttachForm(ActForm):
    """The files of the form, each by an act of its own at one instant."""

    def wanted(self) -> Sequence[Act]:
        """An act for each file; only the first carries the version that the user saw."""
        held = self.sheet.held()
        given = held.get("attachments")
        files = (
            [one for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []
        )
        first = act(
            self.scene,
            held,
            self.gateway.now,
            version=self.scene.card.version if self.scene.card else None,
        )
        kinds = [{**first.fields, "kind": one["kind"], "file": one["file"]} for one in files]
        return tuple(
            replace(first, fields=fields, version=first.version if n == 0 else None)
            for n, fields in enumerate(kinds)
        )

    def submit(self) -> None:
        """Every file is copied before the first is on the record."""
        wanted = self.wanted()
        self.begin(lambda desk: attach(desk, wanted))


def attach(desk: Desk, wanted: Sequence[Act]) -> Filed:
    """Add files to a case, all copied first. Raises the first Refused, BadInput or StoreError."""
    files = desk.files
    return do(desk, [files.kept(one) for one in wanted] if files is not None else wanted)
