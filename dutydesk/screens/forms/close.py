"""Closing: five checks beside their evidence, a drafted report to edit, one Enter to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from dutydesk.i18n import _
from dutydesk.reports.notice import write_back
from dutydesk.screens.forms import refusing, telling
from dutydesk.screens.forms.checks import ChecksRow
from dutydesk.screens.forms.form import ActForm
from dutydesk.screens.forms.submit import Filed, act
from dutydesk.screens.keys import KeyHint
from dutydesk.views.labels import N_
from dutydesk.workflow.cases.acts import Act


class CloseForm(ActForm):
    """Signs the report; of a case with an upstream number one more Enter copies what goes back."""

    DEFAULT_CSS = "CloseForm #box { width: 112; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "sign", N_("签发结案")),
        Binding("f2", "checks", N_("回到审核")),
    ]
    hints = (
        KeyHint("1-5", N_("审核：通过 / 不通过 / 不适用")),
        KeyHint("Enter", N_("签发结案")),
        KeyHint("*", N_("改报告")),
        KeyHint("F10", N_("改完签发")),
        KeyHint("Esc", N_("离开（留稿）")),
    )
    filed: Filed | None = None

    def start(self) -> None:
        """The keys go to the checks."""
        self.action_checks()

    def action_checks(self) -> None:
        """Back to the checks."""
        self.sheet.rows["checks"].take_focus()

    def action_sign(self) -> None:
        """Sign from within the report."""
        self.confirm()

    def confirm(self) -> None:
        """Sign; once signed, copy what goes back to the platform and leave."""
        if self.filed is None:
            super().confirm()
            return
        case = self.filed.done[-1].case
        if case is not None:
            self.app.copy_to_clipboard(write_back(case, self.scene.words))
        telling.leave(self, self.filed)

    def action_leave(self) -> None:
        """Leave; a signed report stays signed."""
        if self.filed is not None:
            telling.leave(self, self.filed)
        else:
            super().action_leave()

    def wanted(self) -> Sequence[Act]:
        """The act with the reasons of the checks that do not apply."""
        checks = self.sheet.rows["checks"]
        held = self.sheet.held()
        if isinstance(checks, ChecksRow):
            held["notes"] = {
                k: v for k, v in checks.notes.items() if checks.checks.said.get(k) == "na"
            }
        version = self.scene.card.version if self.scene.card else None
        return (act(self.scene, held, self.gateway.now, version=version),)

    def finished(self, filed: Filed) -> None:
        """Signed: without an upstream number there is nothing to copy."""
        case = filed.done[-1].case
        if case is None or not case.external_no:
            super().finished(filed)
            return
        self.filed = filed
        self.over = True
        self.drafts.drop(self.scene.verb, case.no)
        said = _("已结案。Enter 复制回填内容（{no}），到来源平台粘贴；Esc 不复制")
        refusing.say(self, said.format(no=case.external_no), "amber")
        self.action_checks()
