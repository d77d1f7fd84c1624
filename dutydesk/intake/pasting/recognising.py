"""A pasted text becomes orders: what its labels say is read, the rest is searched and marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from dutydesk.errors import BadInput
from dutydesk.i18n import _
from dutydesk.intake.checking import CHANNELS
from dutydesk.intake.layout import OWN, shipped
from dutydesk.intake.pasting import searching
from dutydesk.intake.pasting.guard import refuse_unfit
from dutydesk.intake.pasting.labelled import Labelled, labelled
from dutydesk.intake.pasting.messages import Message, channel_of, is_chatter, messages_in
from dutydesk.intake.pasting.model import Finds, Pasted
from dutydesk.intake.pasting.moments import Moment, moment, moments
from dutydesk.intake.pasting.parting import MOST, is_order, parts_of
from dutydesk.intake.pasting.standing import moved_due, standing_of
from dutydesk.intake.pasting.words import narrowed, words
from dutydesk.intake.values import LONGEST_FIELD, LONGEST_NUMBER
from dutydesk.text import clean
from dutydesk.workflow.places import Places

_DUE = re.compile(r"(?:前|之前|以前)(?:办结|回复|反馈|完成|处置|报送|函复|答复)?|办结|截止|时限")
_NUMBER = re.compile(r"[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff_/.-]*")
_SEX = re.compile(r"[，,、（( ]+[男女]性?[)）]?$")
_NEXT_LABEL = re.compile(r"[，,；; ]+(?=[\u4e00-\u9fff]{2,6}[：:])")
_HABIT = re.compile(r"(?:每|天天|经常|平时)[^，。；\n]{0,4}$")
RECENT = timedelta(hours=12)
"""A time of day that no date goes with is when it happened only if it was so long ago; house."""


def recognise(text: str, places: Places, now: datetime) -> tuple[Pasted, ...]:
    """The orders of a pasted text, at most 100. Raises BadInput for what is no text or too much.

    Control characters and half surrogates are dropped; no letter of the matter is lost. A value
    that cannot be read (a limit in working days) stays in the matter with its label.
    """
    refuse_unfit(text)
    plain = clean(text.replace("\u2028", "\n")).text.strip()
    if not plain:
        return ()
    chat = messages_in(plain, now)
    if chat:
        return _of_chat(chat, places, now)
    parts = parts_of(plain, places)
    if len(parts.orders) > MOST:
        raise BadInput(
            _("一次粘贴有 {count} 件，至多 {most} 件，没有收下：存成文件后按 i 导入").format(
                count=len(parts.orders), most=MOST
            )
        )
    several = len(parts.orders) > 1
    return tuple(_order(part, parts.head, places, now, several) for part in parts.orders)


def _of_chat(chat: list[Message], places: Places, now: datetime) -> tuple[Pasted, ...]:
    """Each message that is an order; one that is none belongs to the one before it."""
    groups: list[tuple[Message, list[str]]] = []
    for message in chat:
        if groups and not is_order(message.text, places):
            if not is_chatter(message.text):
                groups[-1][1].append(message.text)
        else:
            groups.append((message, [message.text]))
    # What stood before the first order belongs to it.
    if len(groups) > 1 and not is_order("\n".join(groups[0][1]), places):
        (_first, lines), (second, rest) = groups[0], groups[1]
        kept = [] if is_chatter("\n".join(lines)) else lines
        groups[:2] = [(second, [*kept, *rest])]
    found: list[Pasted] = []
    for message, lines in groups:
        parts = parts_of("\n".join(lines), places)
        several = len(groups) > 1 or len(parts.orders) > 1
        for part in parts.orders:
            found.append(_order(part, parts.head, places, now, several, message))
    return tuple(found)


def _order(
    text: str,
    head: str,
    places: Places,
    now: datetime,
    several: bool,
    message: Message | None = None,
) -> Pasted:
    said = labelled(text)
    finds = Finds()
    left = _read(said, finds, places, now)
    story = "\n".join(filter(None, (said.value("title"), said.value("description"))))
    free = "\n".join([*said.head, *said.free, *left])
    searched = f"{free}\n{story}"[: searching.SEARCHED]
    _search(searched, text, finds, places, now)
    _channel(text, head, said, finds, message)
    standing, word = standing_of(said)
    due = moved_due(said, now)
    if due is not None:
        finds.fields.pop("upstream_due", None)
        finds.read("upstream_due", due)
        standing = "due_moved" if standing == "open" else standing
    if message is not None:
        _sender(message, finds, now)
    _matter(said, left, finds)
    if not finds.fields:  # A label alone is a word like any other.
        finds.guess("description", text[:LONGEST_FIELD])
    empty = not finds.fields.keys() & {"place", "external_no"} and several
    return Pasted(
        finds.fields, finds.certainty, standing, word, "nothing_recognised" if empty else "", text
    )


def _read(said: Labelled, finds: Finds, places: Places, now: datetime) -> list[str]:
    """Take what the labels say; gives what could not be read, with its label."""
    left: list[str] = []
    if said.value("external_no"):
        number, whole = _number(said.value("external_no"))
        finds.read("external_no", number)
        left += [] if whole else [_again(said, "external_no")]
    # A label that nobody knows ends the place before it; what it says stays in the matter.
    place, *more = _NEXT_LABEL.split(said.value("place"), maxsplit=1)
    finds.read("place", place[:LONGEST_FIELD])
    left += more
    for name in ("category", "issuer"):
        finds.read(name, said.value(name)[:LONGEST_FIELD])
    for name in ("upstream_due", "reported_at", "occurred_at"):
        value = said.value(name)
        at = moment(value, now, ahead=name == "upstream_due") if value else None
        finds.read(name, at)
        if value and at is None:
            left.append(_again(said, name))
    level = said.value("urgent")
    if level in words().urgent or level in words().calm:
        finds.read("urgent", level in words().urgent)
    elif level:
        left.append(_again(said, "urgent"))
    grid = places.grid(said.value("grid"))
    finds.read("grid", grid.name if grid else None)
    if said.value("grid") and grid is None:
        left.append(_again(said, "grid"))
    return left + _caller(said, finds)


def _number(value: str) -> tuple[str, bool]:
    """The number in the value of its label, "" without one, and whether it is all of the value."""
    plain = narrowed(value)
    number = "".join(plain.split())
    letter = number.endswith("号") and not any(sign in number for sign in ":，。")
    if len(number) <= LONGEST_NUMBER and (letter or _NUMBER.fullmatch(number)):
        return (number, True) if any(c.isdigit() for c in number) else ("", False)
    first = _NUMBER.match(plain)
    found = first[0] if first and len(first[0]) <= LONGEST_NUMBER else ""
    return (found, False) if sum(c.isdigit() for c in found) >= 4 else ("", False)


def _caller(said: Labelled, finds: Finds) -> list[str]:
    """Name and telephone by their labels; the number may stand behind the name."""
    told = f"{said.value('phone')} {said.value('name')}"
    phones = searching.phones_in(told) or searching.phones_in(f"电话{said.value('phone')}")
    name = said.value("name")
    left = [_again(said, "phone")] if said.value("phone") and not phones else []
    for _phone, start, end in searching.phones_in(name)[:1]:
        before, after = (part.strip(" ，,（()）") for part in (name[:start], name[end:]))
        name = before or after
        left += [after] if before and after else []
    caller = {"name": _SEX.sub("", name), "phone": phones[0][0] if phones else ""}
    finds.read("caller", caller if any(caller.values()) else None)
    return left


def _again(said: Labelled, name: str) -> str:
    return "：".join(said.raw[name])


def _search(text: str, whole: str, finds: Finds, places: Places, now: datetime) -> None:
    """Guess what no label says."""
    finds.guess("external_no", searching.number_in(text) or searching.letter_number_in(text))
    finds.guess("place", searching.place_in(text, places))
    guessed = {"name": searching.name_in(text), "phone": searching.caller_phone_in(text)}
    finds.guess("caller", guessed if any(guessed.values()) else None)
    finds.guess("urgent", searching.is_urgent(text) or None)
    for found in moments(text, now, ahead=True):
        if _DUE.match(text[found.end : found.end + 6].lstrip()) and found.at > now:
            finds.guess("upstream_due", found.at)
    for found in moments(text, now):
        due = _DUE.match(text[found.end : found.end + 6].lstrip())
        if found.exact and not due and _happened(found, text, now):
            finds.guess("occurred_at", found.at)


def _happened(found: Moment, text: str, now: datetime) -> bool:
    """Whether something may have happened then: not long ago, and no habit."""
    dated = any(sign in text[found.start : found.end] for sign in "日号昨今前-/")
    ago = now - found.at
    near = timedelta() <= ago <= (timedelta(days=60) if dated else RECENT)
    return near and _HABIT.search(text[max(0, found.start - 8) : found.start]) is None


def _channel(text: str, head: str, said: Labelled, finds: Finds, message: Message | None) -> None:
    named = narrowed(said.value("channel"))
    if named:
        own = next(layout for layout in shipped() if layout.name == OWN).values["channel"]
        found = own.get(named) or searching.channel_in(named)[0]
        finds.read("channel", found if found in CHANNELS else None)
    if searching.channel_in(said.value("issuer"))[0] == "station_linkage":
        finds.read("channel", "station_linkage")
    outside = "\n".join([head, *said.head, *(label for label, _value in said.raw.values())])
    name, sure = searching.channel_in(outside)
    if name:
        (finds.read if sure else finds.guess)("channel", name)
    elif message is not None and (found := channel_of(message.sender)):
        finds.guess("channel", found)
    elif name := searching.channel_in(text[: searching.SEARCHED])[0]:
        finds.guess("channel", name)
    elif "external_no" in finds.fields:
        finds.guess("channel", "hotline_12345")
    else:
        finds.guess("channel", "walk_in" if message is not None else None)


def _sender(message: Message, finds: Finds, now: datetime) -> None:
    """A message is reported when it was sent; a private person who sent it is the caller."""
    if message.at is not None and message.at <= now:
        finds.read("reported_at", message.at)
    if finds.fields.get("channel") == "walk_in":
        caller = finds.fields.get("caller")
        if not isinstance(caller, Mapping):
            finds.guess("caller", {"name": message.sender, "phone": ""})


def _matter(said: Labelled, left: list[str], finds: Finds) -> None:
    """The matter: what the label says, then every line that nothing else took (X-3.2.6: without
    the caller's number)."""
    place = finds.fields.get("place")
    lines = [said.value("title"), said.value("description"), *said.head, *said.free, *left]
    story = " ".join(line for line in lines if line and line != place).strip()
    caller = finds.fields.get("caller")
    phone = str(caller.get("phone") or "") if isinstance(caller, Mapping) else ""
    if phone:
        for number, start, end in sorted(searching.phones_in(story), key=lambda one: -one[1]):
            if number == phone:
                story = (story[:start] + story[end:]).strip()
    labelled = bool(said.value("description"))
    (finds.read if labelled else finds.guess)("description", story[:LONGEST_FIELD])
