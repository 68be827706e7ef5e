"""What a major's introduction says of itself: its code, years of study, courses, certificates (专业介绍)."""

import re

from matching.taxonomy.majors import majors

from ..found import Found, Reader
from ..numerals import N, numeral
from ..text import Text, pattern

CODE = pattern(
    r"(?:专业)?代码 ?[:】\])]? ?(?P<code>\d{6}[tk]{0,2})(?!\d)|[(](?:专业)?(?:代码)? ?[:]? ?(?P<code2>\d{6}[tk]{0,2})[)]"
)
NAME = pattern(
    r"专业(?:名称)? ?[:】\]] ?(?P<name>[一-龥()]{2,20})|(?:^|\n|[#【《「])\s*(?P<name2>[一-龥]{2,20}?)(?:专业(?:简介|介绍)?|简介)(?=[\n(,:】》」]|$)|(?:^|[\n。])(?P<name3>[一-龥]{2,16})专业(?:是|培养|面向|创办|开设|于|成立|始建)"
)
YEARS = pattern(rf"(?:学制|修业年限|基本修业年限)(?:为|是)? ?[:】\]]? ?(?P<span>{N} ?年)")
COURSES = pattern(
    r"(?:专业)?(?:核心|主干|主要|专业|骨干)课程?(?:有|为|包括|设置)? ?[:】\]]? ?(?P<list>[^。;\n]{4,400})"
)
_BETWEEN = re.compile(r"[、,|/]")
_QUOTES = str.maketrans("", "", "《》\"'“”")


def major_code(text: Text) -> list[Found]:
    """The catalogue's code if one is written, else the name if the catalogue has it on one level only."""
    found = []
    for match in CODE.finditer(text.plain):
        group = "code" if match["code"] else "code2"
        known = majors().get(match[group].upper())
        if known is not None:
            found.append(Found(known.code, *match.span(group), "code"))
    for match in NAME.finditer(text.plain):
        group = next(name for name in ("name", "name2", "name3") if match[name])
        name = match[group]
        named = majors().named(name)
        if len(named) == 1:
            found.append(Found(named[0].code, *match.span(group), "name"))
        elif named and not found:
            found.append(Found(name, *match.span(group), "several levels"))
    return found


def choose_code(found: list[Found]) -> list[Found]:
    """A written code says more than a name."""
    return [one for one in found if one.evidence == "code"] or found


def years_of_study(text: Text) -> list[Found]:
    """学制 in years."""
    return [
        Found(int(numeral(match[2])), *match.span("span"), "said")
        for match in YEARS.finditer(text.plain)
        if numeral(match[2]).is_integer()
    ]


def courses(text: Text) -> list[Found]:
    """The courses of every list headed 核心课程."""
    found = []
    for match in COURSES.finditer(text.plain):
        place = match.start("list")
        for piece in _BETWEEN.split(match["list"]):
            trimmed = text.trim(place, place + len(piece))
            place += len(piece) + 1
            if trimmed and 2 <= trimmed[1] - trimmed[0] <= 40:
                start, end = trimmed
                ends = re.search(r"等(?:课程|专业课程?|相关课程)?$", text.plain[start:end])
                end -= len(ends[0]) if ends else 0
                words = text.words(start, end).translate(_QUOTES)
                if len(words) >= 2:
                    found.append(Found(words, start, end, "listed"))
    return found


CODE_READER = Reader(
    "major_code", major_code, {"code": 0.99, "name": 0.93, "several levels": 0.4}, choose=choose_code
)
YEARS_READER = Reader("years_of_study", years_of_study, {"said": 0.97})
COURSES_READER = Reader("courses", courses, {"listed": 0.93}, many=True)


NAME_TITLE = Reader(
    "title",
    lambda text: [
        Found(text.words(one.start, one.end), one.start, one.end, "name")
        for one in major_code(text)
        if one.evidence != "code"
    ],
    {"name": 0.93},
)
