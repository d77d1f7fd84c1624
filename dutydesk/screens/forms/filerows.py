"""Files kept with a case: the newest pictures, a pasted path, the clipboard; missing ones said."""

from __future__ import annotations

from collections.abc import Mapping

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from dutydesk.i18n import _, listed
from dutydesk.intake.dropped import named, source
from dutydesk.screens.forms.choices import Choices
from dutydesk.screens.forms.entry import Confirm, Entry, take
from dutydesk.screens.forms.options import option
from dutydesk.screens.forms.pictures import PictureList
from dutydesk.screens.forms.rows import FieldRow
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene
from dutydesk.screens.parts.inputs import too_much
from dutydesk.text import fit
from dutydesk.workflow.cases.attached import ATTACHMENT_KINDS
from dutydesk.workflow.procedure import Field


class AttachmentsRow(FieldRow):
    """A digit marks a picture, a path is pasted and Enter adds it, F7 takes the clipboard's.

    A file that is not there is refused once; a second Enter keeps its name alone.
    """

    DEFAULT_CSS = """
    AttachmentsRow .table { height: auto; width: 1fr; }
    AttachmentsRow Saying { padding: 0 1; }
    """

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(scene, spec, label)
        self.files: list[dict[str, str]] = []
        self._agreed: frozenset[str] = frozenset()
        self._remarked = self._told = ""

    def compose_control(self) -> ComposeResult:
        """What is added, the newest pictures, the path of another file and its kind."""
        label = self.scene.words.choice
        labels = {kind: label("attachment", kind) for kind in ATTACHMENT_KINDS}
        self.list = Saying(ink="bright")
        self.pictures = PictureList(labels)
        self.entry = Entry(placeholder=_("文件路径，回车加入"), paths=True)
        self.kinds = Choices([option(k, said) for k, said in labels.items()], ATTACHMENT_KINDS[:1])
        with Vertical(classes="table"):
            yield self.list
            yield self.pictures
            yield self.entry
            yield self.kinds

    # Adding and taking off.

    def on_confirm(self, event: Confirm) -> None:
        """Enter behind a path adds the file; with no path it confirms the form."""
        if self.entry.value.strip():
            event.stop()
            self.add()

    def add(self) -> None:
        """Add what stands in the entry; the next photo is then the one after."""
        self.files += self._typed()
        self.entry.propose("")
        self._now_after()
        self._done()
        self.entry.focus()

    def _typed(self) -> list[dict[str, str]]:
        """The files that the entry names."""
        return self._given(self.entry.value)

    def _given(self, text: str) -> list[dict[str, str]]:
        """The files that a text names; of several the second photo is the one after."""
        kind, found = str(self.kinds.value), []
        for file in named(text):
            found.append({"kind": kind, "file": file})
            kind = "photo_after" if kind == "photo_before" else kind
        return found

    def on_picture_list_chosen(self, event: PictureList.Chosen) -> None:
        """A digit on a picture: it is of that kind, or no longer kept."""
        event.stop()
        before = next((one for one in self.files if one["file"] == event.file), None)
        if before is None:
            self.files.append({"kind": event.kind, "file": event.file})
        elif before["kind"] == event.kind:
            self.files.remove(before)
        else:
            before["kind"] = event.kind
        self._now_after()
        self._done()

    def on_picture_list_taken_back(self, event: PictureList.TakenBack) -> None:
        """The file that was added last is not meant."""
        event.stop()
        if self.files:
            self.files.pop()
            self._done()

    def on_picture_list_dropped(self, event: PictureList.Dropped) -> None:
        """A paste on the pictures: files are added at once, anything else waits in the entry."""
        event.stop()
        if too_much(self.entry, event.event):
            return
        there = all(source(file) is not None for file in named(event.event.text))
        self.entry.propose(" ".join(event.event.text.split("\n")))
        if there and self.entry.value.strip():
            self.files += self._given(event.event.text)
            self.entry.propose("")
            self._now_after()
        else:
            self.entry.focus()
        self._done()

    def on_picture_list_told(self, event: PictureList.Told) -> None:
        """Why there is no list, or no picture in the clipboard."""
        event.stop()
        self._told = event.text
        self._note()

    def on_key(self, event: events.Key) -> None:
        """F7 takes the clipboard's picture; Backspace behind nothing takes the last file off."""
        if event.key == "f7":
            take(event)
            self.pictures.take_clipboard()
        elif event.key == "backspace" and self.entry.has_focus and not self.entry.value:
            take(event)
            self.on_picture_list_taken_back(PictureList.TakenBack())

    def _now_after(self) -> None:
        before = any(one["kind"] == "photo_before" for one in self.files)
        if before and self.kinds.value == "photo_before":
            self.kinds.propose(["photo_after"])

    def _done(self) -> None:
        self.redraw()
        self.changed()

    def redraw(self) -> None:
        """Show what is added."""
        label = self.scene.words.choice
        lines = (f"{label('attachment', f['kind'])}  {_shown(f['file'])}" for f in self.files)
        self.list.say("\n".join(lines), "bright")
        self.pictures.mark({one["file"]: one["kind"] for one in self.files})

    # What it holds.

    @property
    def value(self) -> object:
        return [*self.files, *self._typed()]

    def propose(self, value: object) -> None:
        given = value if isinstance(value, (list, tuple)) else ()
        self.files = [
            {"kind": str(item["kind"]), "file": str(item["file"])}
            for item in given
            if isinstance(item, Mapping)
        ]
        self._agreed = frozenset()
        self.redraw()

    # Files that are not there.

    @property
    def _lost(self) -> list[str]:
        files = [one["file"] for one in (*self.files, *self._typed())]
        return [file for file in files if source(file) is None]

    @property
    def bad(self) -> str:
        """Which files are not there now, unless their names alone are agreed upon."""
        lost = [file for file in self._lost if file not in self._agreed]
        if not lost:
            return ""
        said = _("找不到 {files}：改好路径，或再按 Enter 只记下名字，没有副本")
        return said.format(files=listed(lost))

    def refuse(self, sentence: str) -> None:
        """Once a file that is not there was refused, the next Enter keeps its name."""
        if sentence and sentence == self.bad:
            self._agreed |= frozenset(self._lost)
        super().refuse(sentence)

    def remark(self, text: str) -> None:
        """What the form says of the files, beside what the pictures say."""
        self._remarked = text
        self._note()

    def _note(self) -> None:
        self.note.say("\n".join(one for one in (self._remarked, self._told) if one), "amber")

    def take_focus(self) -> None:
        """To the pictures where there are any, else to the path."""
        (self.pictures if self.pictures.can_focus else self.entry).focus()


def _shown(file: str) -> str:
    """A file as it is listed: its name where it is there, else what was typed."""
    path = source(file)
    return fit(path.name if path is not None else file, 46).rstrip()
