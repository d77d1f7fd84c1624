"""What a free text says without labels: place, number, telephone, name, due, urgency.

Every search is a pass from left to right: no pattern tries a text twice, whatever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from dutydesk.intake.pasting.words import narrowed, words
from dutydesk.workflow.places import Places

_END = re.compile(r"[，,。；;！!？?\n\t：:（()）]")
_TAIL = re.compile(
    r"(?:\d{1,5}(?:[-—~至、]\d{1,5}){0,4}"
    r"(?:[ ]?(?:弄|号楼[道下前顶上]?|号门(?![前面店诊市])|号|支弄"
    r"|栋|幢|座|单元|室|楼[道下前顶上]?|层|期|门))?"
    r"|(?:小区|新村|花苑|公寓|菜场|广场|公园|大厦|中心|学校|小学|幼儿园|医院|超市|工地)"
    r"|(?:(?:[东西南北]{1,2})(?:侧|面|边|门|区|首|角|段|(?=靠|近|[与和]|$)))"
    r"|(?:正?门口|大门|路口|交叉口|交界处?|弄口|门前|附近|旁边?|对面|对过|楼下|楼道|楼顶|楼前|后门|后面"
    r"|地下车库|停车场|车库|公交站台?|站台|岗亭|围墙|外墙|车棚|绿化带|人行道|非机动车道|河道?边|桥[上下面]?|沿线|沿街|口"
    r"|(?:与|和|近|靠近|靠|到|至|、)(?=[\u4e00-\u9fff])))"
)
_SHOP = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,8}?(?:门口|门前|店门口|旁边?|对面|楼下)")
_BETWEEN = re.compile(r"[\s，,。；;、！!：:（()）【】\[\]]+")
_JOIN = re.compile(r"(?:与|和|近|靠近|靠|到|至|、)+$")
_GENERIC = re.compile(
    r"(?:位于|地点在|地址是|在|到)(?P<place>[\u4e00-\u9fff]{2,6}?"
    r"(?:路|街|大道|公路|弄|新村|小区|花苑|苑|花园|公寓|广场|公园|村))"
)
SEARCHED = 4_000
"""Characters of one order that are searched for what no label says."""
LONGEST_PLACE = 60
_RANKS = (("estate", "road", "boundary", "grid"), ("outside",), ("area", "short"))

_MOBILE = re.compile(
    r"(?<![\dA-Za-z])(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?![\dA-Za-z])"
)
_LAND = re.compile(r"(?<![\dA-Za-z-])(0\d{2,3})[- ]?(\d{7,8})(?![\dA-Za-z])")
_SHORT = re.compile(r"(?:电话|来电|致电|联系|号码)[^\d\n]{0,4}([2-9]\d{7})(?![\dA-Za-z-])")
_OFFICIAL = re.compile(
    r"(?:网格员|网格长|民警|协管|城管|物业|承办|经办|处置|站长|站内|队长|值班|单位|来函|采集员|上报人|发现人"
    r"|巡查员|受理员|店主|老板|被投诉)[^，。；\n]{0,10}$"
)
_NUMBER = re.compile(
    r"(?:工单|单号|编号|任务号|案件号|任务单|警单|流水号|联系单)[号为是]{0,2}[\s:#]{0,3}"
    r"([A-Za-z]{0,8}-?\d[A-Za-z0-9-]{4,29})(?![A-Za-z0-9])"
)
_DATED = re.compile(
    r"(?<![A-Za-z0-9-])[A-Za-z]{1,6}-?(?:20)?2\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])-?\d{2,10}"
    r"(?![A-Za-z0-9-])"
)
_TOKEN = re.compile(r"(?<![A-Za-z0-9-])[A-Za-z0-9][A-Za-z0-9-]{5,39}(?![A-Za-z0-9-])")
_LETTER_NO = re.compile(r"[\u4e00-\u9fff]{1,8}[〔\[(（]20\d{2}[〕\])）]第?\d{1,5}号")
_NAME = re.compile(
    r"(?:联系人|来电人|报警人|反映人|投诉人|报案人|举报人|求助人)[:是为]?[ ]?"
    r"(?P<named>[\u4e00-\u9fff]{2,4}?)(?=[，,。；;、\s\d(（]|电话|手机|联系|称|反映|来电|报警|$)"
)
_TITLED = re.compile(
    r"(?P<named>[\u4e00-\u9fff](?:先生|女士|小姐|阿姨|师傅|老师|老伯|大爷|大妈|叔叔|老板))"
)


def place_in(text: str, places: Places) -> str:
    """The first place in a text by its known names, else by the look of an address; "" without.

    A name that tells a grid stands before one that tells only an area.
    """
    text = text[:SEARCHED]
    found: dict[int, str] = {}
    for sentence in _sentences(text):
        finds = places.names_in(narrowed(sentence))
        for rank, kinds in enumerate(_RANKS):
            start = next((f for f in finds if f.kind in kinds), None)
            if start is None:
                continue
            whole = _whole(sentence, start.start, start.end, places)
            # A heading names the road, the sentence after it the house.
            if whole.startswith(found.setdefault(rank, whole)):
                found[rank] = whole
            break
    if found:
        return found[min(found)]
    generic = _GENERIC.search(text)
    return _whole(text, generic.start("place"), generic.end("place"), places) if generic else ""


def _sentences(text: str) -> Iterator[str]:
    return (part.strip() for part in _END.split(text) if part.strip())


def _whole(text: str, start: int, end: int, places: Places) -> str:
    """The name with house number, gate, side, crossing: all that follows it and belongs to it."""
    plain = narrowed(text)
    names = {find.start: find.end for find in places.names_in(plain)}
    shop = False
    while end < len(plain) and end - start < LONGEST_PLACE:
        at = end + 1 if plain[end] == " " and end + 1 < len(plain) else end
        if at in names:
            end = names[at]
        elif found := _TAIL.match(plain, at):
            end = found.end()
        elif not shop and (found := _SHOP.match(plain, at)) and plain[end - 1] in "号弄路口":
            end, shop = found.end(), True
        else:
            break
    return _JOIN.sub("", text[start:end]).strip()


def phones_in(text: str) -> list[tuple[str, int, int]]:
    """The telephone numbers in a text, from left to right, with where they stand."""
    plain = narrowed(text)
    found = [("".join(m.groups()), m.start(), m.end()) for m in _MOBILE.finditer(plain)]
    found += [("-".join(m.groups()), m.start(), m.end()) for m in _LAND.finditer(plain)]
    found += [(m[1], m.start(1), m.end(1)) for m in _SHORT.finditer(plain)]
    return sorted(found, key=lambda one: one[1])


def caller_phone_in(text: str) -> str:
    """The first number that no word before it gives to an official or a shop; "" without."""
    plain = narrowed(text)
    return next((phone for phone, at, _end in phones_in(text) if not _official(plain, at)), "")


def _official(text: str, at: int) -> bool:
    return _OFFICIAL.search(text[max(0, at - 16) : at]) is not None


def number_in(text: str) -> str:
    """A number from above that the text calls so, else the only one that is made of letters and a
    date; "" without."""
    plain = narrowed(text[:SEARCHED])
    found = _NUMBER.search(plain)
    if found and sum(c.isdigit() for c in found[1]) >= 4:
        return found[1]
    dated = {m[0] for m in _DATED.finditer(plain)}
    return dated.pop() if len(dated) == 1 else ""


def letter_number_in(text: str) -> str:
    """The number of an official letter: 新城管〔2026〕31号; "" without."""
    found = _LETTER_NO.search(text)
    return found[0] if found else ""


def name_in(text: str) -> str:
    """Who calls, as a sentence says it; "" without."""
    found = _NAME.search(text) or _TITLED.search(text)
    return found["named"] if found else ""


def is_urgent(text: str) -> bool:
    """Whether a word of danger stands in the text with no word that denies it before it, or a
    grade stands alone between its signs."""
    known = words()
    for sign in known.signs:
        for found in re.finditer(re.escape(sign), text):
            at = found.start()
            if not text[max(0, at - 4) : at].endswith(known.negated):
                return True
    return any(part in known.alone for part in _BETWEEN.split(text))


def channel_in(text: str) -> tuple[str, bool]:
    """The channel whose words stand in the text, and whether its first lines name it."""
    plain = narrowed(text).casefold()
    head = plain[:60]
    for sure, where in ((True, head), (False, plain)):
        for name, found in words().channels.items():
            if any(_stands(word, where) for word in found):
                return name, sure
    return "", False


def _stands(word: str, text: str) -> bool:
    """Whether a word stands in the text; digits never inside a longer number."""
    if not word.isdecimal():
        return word in text
    return re.search(rf"(?<![0-9a-z-]){word}(?![0-9])", text) is not None


def tokens_in(text: str) -> tuple[str, ...]:
    """Everything in a text that has the look of a number from above, at most 20, each once."""
    plain = narrowed(text[:SEARCHED])
    found = (m[0] for m in _TOKEN.finditer(plain) if sum(c.isdigit() for c in m[0]) >= 4)
    return tuple(islice(dict.fromkeys(found), 20))
