"""One field of a form: its name, its control, what is read from it and what is wrong with it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from dutydesk.i18n import _
from dutydesk.screens.forms.choices import Choices
from dutydesk.screens.forms.entry import Edited, Entry, LongEntry
from dutydesk.screens.forms.field_name import FieldName
from dutydesk.screens.forms.options import option
from dutydesk.screens.forms.saying import Saying
from dutydesk.screens.forms.scene import Scene, Values, options
from dutydesk.workflow.procedure import Field


class FieldRow(Widget):
    """One field; subclasses give the control, its value, and how a proposal is shown."""

    DEFAULT_CSS = """
    FieldRow { height: auto; width: 1fr; }
    FieldRow > Horizontal { height: auto; }
    FieldRow .body { height: auto; width: 1fr; }
    FieldRow .beside { height: auto; width: 1fr; }
    """

    class Changed(Message):
        """What the row holds was changed by hand; `done` as in `Edited`."""

        def __init__(self, row: FieldRow, done: bool) -> None:
            super().__init__()
            self.row = row
            self.done = done

    def __init__(self, scene: Scene, spec: Field, label: str | None = None) -> None:
        super().__init__(id=f"field-{spec.name.lstrip('_')}")
        self.scene = scene
        self.spec = spec
        self.name_shown = label or spec.label.in_(scene.words.lang)
        self.touched = False
        self.label = FieldName(self.name_shown)
        self.note = Saying()
        self.fault = Saying()

    # For subclasses.

    def compose_control(self) -> ComposeResult:
        """The control itself, and what stands beside it."""
        raise NotImplementedError

    @property
    def value(self) -> object:
        """What goes into the act; None or blank where nothing was said."""
        raise NotImplementedError

    def propose(self, value: object) -> None:
        """Show a proposed value."""
        raise NotImplementedError

    @property
    def state(self) -> Any:
        """What a draft keeps, as JSON."""
        return self.value

    def restore(self, state: Any) -> None:
        """Show what a draft kept, as if it were typed."""
        self.propose(state)

    def read(self, values: Values) -> None:
        """The other values have changed: offer or say something else."""

    # What is common.

    def compose(self) -> ComposeResult:
        """Name and control side by side, what is said under them."""
        with Horizontal():
            yield self.label
            with Vertical(classes="body"):
                with Horizontal(classes="beside"):
                    yield from self.compose_control()
                yield self.note
                yield self.fault

    def on_descendant_focus(self) -> None:
        """The keys come here."""
        self.attend(True)

    def on_descendant_blur(self) -> None:
        """The keys go elsewhere."""
        self.attend(False)

    def attend(self, here: bool) -> None:
        """Show whether the keys come here."""
        self.label.here = here
        self.label.repaint()

    def remark(self, text: str) -> None:
        """Say something that belongs to the field, without being wrong with it."""
        self.note.say(text, "dim")

    @property
    def bad(self) -> str:
        """What cannot be read in the field, empty where all can."""
        return ""

    def need(self, needed: bool) -> None:
        """Whether the field must be filled now."""
        if self.label.needed != needed:
            self.label.needed = needed
            self.label.repaint()

    def refuse(self, sentence: str) -> None:
        """Say beside the field what is wrong with it; nothing takes it away."""
        self.fault.say(f"✗ {sentence}" if sentence else "", "red")

    def refuse_empty(self) -> None:
        """Say that the field must be filled."""
        self.refuse(_("请填写"))

    def changed(self, done: bool = False) -> None:
        """Somebody changed the value by hand."""
        self.touched = True
        self.refuse("")
        self.post_message(self.Changed(self, done))

    def on_edited(self, event: Edited) -> None:
        """The control was changed by hand."""
        event.stop()
        self.changed(event.done)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The control was changed by hand."""
        event.stop()
        self.changed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """The control was changed by hand."""
        event.stop()
        self.changed()

    def take_focus(self) -> None:
        """The keys shall come here."""
        for widget in self.query("Entry, LongEntry, Choices"):
            if widget.focusable:
                widget.focus()
                return


class TextRow(FieldRow):
    """One line of text."""

    def compose_control(self) -> ComposeResult:
        """An entry over the whole width."""
        self.entry = Entry(paths=self.spec.name == "file", plain=True)
        yield self.entry

    @property
    def value(self) -> object:
        return self.entry.value.strip()

    def propose(self, value: object) -> None:
        self.entry.propose("" if value is None else str(value))


class TextsRow(TextRow):
    """Several words in one line, parted by 、 or a comma."""

    @property
    def state(self) -> Any:
        return self.entry.value

    def propose(self, value: object) -> None:
        text = "、".join(map(str, value)) if isinstance(value, (list, tuple)) else value
        super().propose(text)


class LongRow(FieldRow):
    """Text of several lines."""

    def compose_control(self) -> ComposeResult:
        """An area that grows with its text."""
        self.entry = LongEntry()
        yield self.entry

    @property
    def value(self) -> object:
        return self.entry.text.strip()

    def propose(self, value: object) -> None:
        self.entry.propose("" if value is None else str(value))

    def restore(self, state: Any) -> None:
        self.entry.keep(str(state))


class ChoiceRow(FieldRow):
    """One of a few values."""

    many: ClassVar[bool] = False

    def compose_control(self) -> ComposeResult:
        """The values with their digits."""
        self.choices = Choices(options(self.scene, self.spec, {}), many=self.many)
        yield self.choices

    @property
    def value(self) -> object:
        return self.choices.value

    def propose(self, value: object) -> None:
        values = value if isinstance(value, (list, tuple)) else [value]
        self.choices.propose(str(v) for v in values if v is not None)

    def read(self, values: Values) -> None:
        self.choices.offer(options(self.scene, self.spec, values))


class ChoicesRow(ChoiceRow):
    """Any of a few values."""

    many: ClassVar[bool] = True

    @property
    def value(self) -> object:
        return list(self.choices.picked)


class BoolRow(FieldRow):
    """Yes or no; nothing said is neither."""

    def compose_control(self) -> ComposeResult:
        """Two values."""
        self.choices = Choices((option("true", _("是")), option("false", _("否"))))
        yield self.choices

    @property
    def value(self) -> object:
        return None if self.choices.value is None else self.choices.value == "true"

    def propose(self, value: object) -> None:
        self.choices.propose([] if value is None else ["true" if value else "false"])


class ReasonRow(ChoiceRow):
    """Why a case goes up: one of the named reasons, or other words."""

    def compose_control(self) -> ComposeResult:
        """The reasons, and a line for other words."""
        self.choices = Choices(options(self.scene, self.spec, {}))
        self.words = Entry(placeholder=_("其他理由"), plain=True)
        self.words.display = False
        with Vertical(classes="body"):
            yield self.choices
            yield self.words

    @property
    def value(self) -> object:
        if self.choices.value != "other":
            return self.choices.value
        words = self.words.value.strip()
        return f"other: {words}" if words else None

    @property
    def state(self) -> Any:
        return f"other: {self.words.value}" if self.choices.value == "other" else self.value

    def propose(self, value: object) -> None:
        head, colon, rest = str(value or "").partition(":")
        self.choices.propose([head] if head else [])
        self.words.propose(rest.strip() if colon else "")
        self.words.display = head == "other"

    def read(self, values: Values) -> None:
        super().read(values)
        self.words.display = self.choices.value == "other"
