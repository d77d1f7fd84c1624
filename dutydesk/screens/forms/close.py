"""Closing: five checks beside their evidence, a drafted report to edit, one Enter to sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from dutydesk.errors import DeskError
from dutydesk.i18n import _
from dutydesk.reports.entering import page
from dutydesk.screens import messages
from dutydesk.screens.forms import refusing, telling
from dutydesk.screens.forms.checks import ChecksRow
from dutydesk.screens.forms.form import ActForm
from dutydesk.screens.forms.submit import Filed, act
from dutydesk.screens.keys import KeyHint
from dutydesk.screens.parts.copying import copy, save
from dutydesk.screens.parts.key_line import KeyLine
from dutydesk.screens.ticking import tick
from dutydesk.views.labels import N_
from dutydesk.views.writebacks import Owed, OwedRow
from dutydesk.workflow.cases.acts import Act

OWED, TICK = "owed", "tick"
"""Slots: what the platform has to be told now, and that it was told."""


class CloseForm(ActForm):
    """Signs the report; of a case with an upstream number signing copies what goes back.

    One more Enter says that it was pasted into the platform; Esc leaves it in the ledger.
    """

    DEFAULT_CSS = "CloseForm #box { width: 112; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "sign", N_("签发结案")),
        Binding("f2", "checks", N_("回到审核")),
        Binding("f4", "save", N_("存成文件")),
        Binding("f5", "copy", N_("再复制")),
    ]
    hints = (
        KeyHint("1-5", N_("审核：通过 / 不通过 / 不适用")),
        KeyHint("Enter", N_("签发结案")),
        KeyHint("*", N_("改报告")),
        KeyHint("F10", N_("改完签发")),
        KeyHint("Esc", N_("离开（留稿）")),
        KeyHint("?", N_("帮助")),
    )
    signed = (
        KeyHint("Enter", N_("贴好了：已回填")),
        KeyHint("Esc", N_("以后再回填")),
        KeyHint("F4", N_("存成文件")),
        KeyHint("F5", N_("再复制")),
        KeyHint("?", N_("帮助")),
    )
    filed: Filed | None = None
    entry: OwedRow | None = None

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
        """Sign; once signed, say that what was copied is in the platform, and leave."""
        if self.filed is None:
            checks = self.sheet.rows["checks"]
            if not (isinstance(checks, ChecksRow) and checks.ask_reason()):
                super().confirm()
            return
        if self.entry is None or self.entry.id is None:
            telling.leave(self, self.filed)
            return
        tick(self.gateway, self.entry.id, self, TICK)

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
        self.query_one(KeyLine).offer(self.signed)
        refusing.say(self, _("已结案。"), "amber")
        self.gateway.ask(Owed(case=case.no), self, OWED)
        self.action_checks()

    async def on_answered(self, event: messages.Answered) -> None:
        """What goes back is known: it is copied at once; or it was ticked."""
        if event.slot == OWED:
            event.prevent_default()
            rows = [row for row in event.answer.rows if row.what == self.scene.verb]
            self.entry = rows[-1] if rows else None
            self.action_copy()
        elif event.slot == TICK and self.filed is not None:
            event.prevent_default()
            telling.leave(self, self.filed)

    def action_copy(self) -> None:
        """Give what goes back to the terminal's clipboard, and say how it begins."""
        if self.entry is None:
            return
        said = _(
            "已结案，已复制“{head}”，到{platform}粘贴 · 贴不出来按 F4 · "
            "贴好按 Enter：已回填；Esc 以后再回填"
        )
        head = copy(self, page(self.entry))
        refusing.say(self, said.format(head=head, platform=self.entry.channel_label), "amber")

    def action_save(self) -> None:
        """Write what goes back to a file, for terminals that give nothing to the clipboard."""
        if self.entry is None:
            return
        try:
            file = save(
                self.gateway, f"writeback-{self.entry.tail}-{self.entry.what}.txt", page(self.entry)
            )
        except DeskError as error:
            refusing.say(self, self.gateway.sentence(error))
            return
        refusing.say(self, _("已存到 {file} · 填好按 Enter：已回填").format(file=file), "amber")
