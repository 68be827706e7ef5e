"""What a major's introduction says of itself: name, code, level, years of study, courses (专业介绍)."""

import re
from functools import cache

from matching.taxonomy.majors import majors

from ..found import Found, Reader, once
from ..numerals import SMALL, numeral
from ..text import Text, pattern

CODE = pattern(
    r"(?:专业)?代码 ?[:】\])]? ?(?P<code>\d{6}[tk]{0,2})(?!\d)|[(](?:专业)?(?:代码)? ?[:]? ?(?P<code2>\d{6}[tk]{0,2})[)]"
)
_BEHIND_NAME = re.compile(r" ?(?:专业|[(]|[,。:、\n】》」]| |简介|介绍|$)")
_HEAD = 120
YEARS = pattern(
    rf"(?:学制|修业年限|基本修业年限)[】\]]? ?(?:为|是)? ?[:】\]]? ?(?P<span>{SMALL} ?年)|(?P<span2>{SMALL} ?年制)"
)
COURSES = pattern(
    r"(?:专业)?(?:核心|主干|主要|骨干|专业|开设)?课程(?:有|为|包括|设置)? ?[】\]]? ?[:】\]有]? ?(?P<list>[^。\n]{4,400})"
)
_BETWEEN = re.compile(r"[、,;|]")
_QUOTES = str.maketrans("", "", "《》\"'“”")
_LEVELS = {
    "中职": "secondary", "中专": "secondary", "高职": "college", "大专": "college", "专科": "college", "高职专科": "college",
    "高职(专科)": "college", "本科": "bachelor", "职业本科": "bachelor",
}  # fmt: skip
_LEVEL = "(?:" + "|".join(map(re.escape, sorted(_LEVELS, key=len, reverse=True))) + ")"
LEVEL = pattern(
    rf"(?:层次|培养层次|学历层次)[】\]]? ?[:】\]]? ?(?P<a>{_LEVEL})|[二三四五]年制 ?(?P<b>{_LEVEL})|专业 ?[(] "
    rf"?(?P<c>{_LEVEL})|(?P<d>{_LEVEL})(?:层次| ?[,)]? ?[二三四五]年制)"
)
_OF_LEVEL = {"secondary": ("中职",), "college": ("高职专科",), "bachelor": ("本科", "职教本科")}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """First two characters of the catalogue's names → the lengths of names that begin so, longest first."""
    found: dict[str, set[int]] = {}
    for major in majors():
        name = major.name.replace("（", "(").replace("）", ")").lower()
        found.setdefault(name[:2], set()).add(len(name))
    return {pair: tuple(sorted(lengths, reverse=True)) for pair, lengths in found.items()}


def names(text: Text) -> list[Found]:
    """The names of majors at the head of the text, as words."""
    found: list[Found] = []
    place = 0
    while place < min(_HEAD, len(text.plain) - 1):
        end = _name_at(text.plain, place)
        if end:
            before = text.plain[max(0, place - 6) : place]
            labelled = "专业名称" in before or text.plain[end : end + 2] == "专业"
            if labelled or not found:
                found.append(Found(text.words(place, end), place, end, "labelled" if labelled else "name"))
            place = end
        place += 1
    return found


def _name_at(plain: str, place: int) -> int:
    if place and "一" <= plain[place - 1] <= "龥" and plain[place - 1] not in "和与及院校的是:称设":
        return 0
    for length in _lengths().get(plain[place : place + 2], ()):
        end = place + length
        if (
            plain[end - 2 : end] != "专业"
            and majors().named(plain[place:end])
            and _BEHIND_NAME.match(plain, end)
        ):
            return end
    return 0


def title(text: Text) -> list[Found]:
    """The first name."""
    return once(names, text)[:1]


def other_names(text: Text) -> list[Found]:
    """Every name, for texts that introduce several."""
    return list(once(names, text))


def level(text: Text) -> list[Found]:
    """The level taught, as a degree's code."""
    found = []
    for match in LEVEL.finditer(text.plain):
        group = next(name for name in "abcd" if match[name])
        found.append(Found(_LEVELS[match[group].replace(" ", "")], *match.span(group), "said"))
    return found


def major_code(text: Text) -> list[Found]:
    """The catalogue's code if one is written; else of the name, if only one level has it or the text tells the level."""
    codes = [
        Found(known.code, *match.span("code" if match["code"] else "code2"), "code")
        for match in CODE.finditer(text.plain)
        if (known := majors().get((match["code"] or match["code2"]).upper()))
    ]
    if codes:
        return codes
    named = title(text)
    if not named:
        return []
    levels = {one.value for one in level(text)}
    wanted = {each for one in levels for each in _OF_LEVEL[str(one)]}
    entries = [major for major in majors().named(str(named[0].value)) if not wanted or major.level in wanted]
    if len(entries) == 1 and len(levels) <= 1:
        return [Found(entries[0].code, named[0].start, named[0].end, "name")]
    return [Found(named[0].value, named[0].start, named[0].end, "several levels")]


def years_of_study(text: Text) -> list[Found]:
    """学制 in years."""
    found = []
    for match in YEARS.finditer(text.plain):
        value = numeral(match[2] or match[4])
        if value.is_integer():
            found.append(Found(int(value), *match.span("span" if match["span"] else "span2"), "said"))
    return found


def courses(text: Text) -> list[Found]:
    """The courses of every list headed 核心课程."""
    found = []
    for match in COURSES.finditer(text.plain):
        place = match.start("list")
        for piece in _BETWEEN.split(match["list"]):
            trimmed = text.trim(place, place + len(piece))
            place += len(piece) + 1
            if trimmed and 2 <= trimmed[1] - trimmed[0] <= 30:
                start, end = trimmed
                ends = re.search(r"等(?:课程|专业课程?|相关课程)?$", text.plain[start:end])
                end -= len(ends[0]) if ends else 0
                words = text.words(start, end).translate(_QUOTES)
                if len(words) >= 2:
                    found.append(Found(words, start, end, "listed"))
    return found


CODE_READER = Reader("major_code", major_code, {"code": 0.99, "name": 0.95, "several levels": 0.4})
YEARS_READER = Reader("years_of_study", years_of_study, {"said": 0.97})
COURSES_READER = Reader("courses", courses, {"listed": 0.93}, many=True)
TITLE_READER = Reader("title", title, {"labelled": 0.97, "name": 0.95})
LEVEL_READER = Reader("degree", level, {"said": 0.97})
NAMES_READER = Reader("majors", other_names, {"labelled": 0.97, "name": 0.95}, many=True)
