"""What the matter table says to a form: which standard holds, its limit, the law behind it."""

from __future__ import annotations

from dutydesk.i18n import _
from dutydesk.screens.forms.options import Option, option
from dutydesk.screens.forms.scene import Scene, Values
from dutydesk.text import one_line
from dutydesk.views.spoken import spoken
from dutydesk.workflow.cases.by_table import MATTER
from dutydesk.workflow.matters import Standard
from dutydesk.workflow.time.counting import Counting
from dutydesk.workflow.time.counting import due_at as counted_due


def matter_of(scene: Scene) -> str | None:
    """The matter that the case keeps: the last one that was said of it."""
    events = scene.card.events if scene.card else ()
    said = [event.data[MATTER] for event in events if event.data.get(MATTER)]
    return str(said[-1]) if said else None


def standard(scene: Scene, values: Values) -> Standard | None:
    """The one standard that a form names, by matter, else by category; None for none or many."""
    named = values.get(MATTER) or matter_of(scene)
    category = values.get("category") or (scene.card.category if scene.card else None)
    return scene.context.matters().one(str(named or category or ""))


def by_table(scene: Scene, given: Values) -> dict[str, object]:
    """What the table and the case propose: the kept matter, and the limit of the named one."""
    kind = scene.kind
    found: dict[str, object] = {}
    if kind.field(MATTER) is not None and (kept := matter_of(scene)):
        found[MATTER] = kept
    one = standard(scene, {**found, **given})
    if one is None:
        return found
    if (field := kind.field("limit")) is not None and field.type == "limit":
        found["limit"] = one.limit
    if kind.field("basis") is not None and one.basis and not (scene.card and scene.card.basis):
        found["basis"] = one.basis
    return found


def said(scene: Scene, values: Values) -> dict[str, str]:
    """Words by field: what the standard asks under the matter, its limit where a due is asked."""
    one = standard(scene, values)
    if one is None:
        return {}
    found = {}
    if scene.kind.field(MATTER) is not None:
        found[MATTER] = told(one)
    if scene.verb in ("accept", "dispatch") and values.get("due") is None:
        at, context = scene.now, scene.context
        counting = Counting.of(context.procedure.values)
        due = counted_due(one.counted, at, counting=counting, calendar=context.hours.calendar)
        found["due"] = _("不填就按事项表：{limit}，{due} 到期；{what}").format(
            limit=one.limit, due=spoken(due, at, scene.words.lang), what=told(one)
        )
    return found


def told(one: Standard) -> str:
    """A standard in one line: when it is filed, when it is closed, on which law."""
    parts = [
        _("立案 {text}").format(text=one.filing) if one.filing else "",
        _("结案 {text}").format(text=one.closing) if one.closing else "",
        _("依据 {text}").format(text=one.basis) if one.basis else "",
    ]
    return one_line("，".join(part for part in (one.text, *parts) if part))


def matter_options(scene: Scene) -> tuple[Option, ...]:
    """Every standard of the table: picked by the digits of its code, initials or a part.

    Beside it stand limit and filing condition.
    """
    return tuple(
        option(one.text, one.text, f"{one.limit} {one.filing}".rstrip(), (one.code, one.small))
        for one in scene.context.matters().standards
    )


def category_options(scene: Scene) -> tuple[Option, ...]:
    """Every category that a case may be filed under, with its key field or the one above it."""
    tree = scene.context.categories()
    found = []
    for one in tree.leaves():
        text, above = tree.text(one), tree.get(one.above)
        coded = any(sign.isdigit() for sign in one.code)
        label = f"{one.code} {text}" if coded else text
        note = tree.key(one) or (above.name if above is not None else "")
        found.append(
            option(text, label, "" if note == one.name else note, (one.code, one.name, ""))
        )
    return tuple(found)
