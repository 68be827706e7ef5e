"""Where the work is (工作地点), as the code of the division."""

import re
from collections.abc import Iterator
from functools import lru_cache

from matching.taxonomy.regions import regions

from ..found import Found, Reader
from ..text import Text, pattern

_ASIDE = r"(?:[(][^()\n]{0,10}[)])?"
WORK = pattern(
    rf"(?:工作|上班|办公|任职|实习|就业|岗位|入职|服务|项目|施工|用工|用人)(?:地点|地址|地区|城市|地|区域|"
    rf"所在地){_ASIDE} ?[】\]]? ?[:]? ?(?:设在|位于|在|为|是)? ?"
)
ADDRESS = pattern(
    r"(?<!面试)(?:公司|单位|厂|总部|办公室?|门店|店|企业|院|校|联系|详细)?(?:地址|地点|所在地|校区|校址|园区|厂址|"
    r"店址)[】\]]? ?(?:[:】\]]|在|位于| ) ?"
)
SAID = pattern(
    r"(?:坐标|📍|base ?(?:在|地|[:])?|常驻|派驻|驻地|片区在|(?:(?:需|能|愿意)?(?:长期)?(?:在|到|去|赴)(?=[^,。"
    r";\n]{2,9}(?:工作|上班|办公|实习|任职|驻场))))[】\]]? ?[:]? ?"
)
IN = pattern(
    r"(?:[一-龥]{1,6}|[)] ?)(?:位于|设在|座落于|坐落于|地处|在) ?(?=[一-龥]{2,8}(?:省|市|县|区|州|旗|镇))"
)
SITE = pattern(r"(?<![一-龥])[一-龥]{0,4}(?:[店园厂场排]|项目|基地|工地|仓库?)(?:位于|设在|在) ?")
HEAD = pattern(r"(?:^|\n)(?=[一-龥]{2,9}(?:招聘|急招|诚聘|急聘|招))")
_SKIPPED = re.compile(r"[ \t:【\[(\"]*")
_FULL = re.compile(
    r"(?:(?<=[,。;\n!:( ])|^) ?(?=[一-龥]{2,8}?(?:省|市|自治区|区|县|州|街道|镇)(?:[一-龥]{2}|,))"
)
_TOWN = re.compile(r"[ ]?[一-龥]{1,4}?(?:镇|乡|街道)(?![一-龥]{0,2}(?:企业|卫生院))")
_TOWNS = re.compile(r"[一-龥]{2,3}(?:、[一-龥]{2,3})+(?=[,。;\n)]|$)")
_LONGEST = 16


def find(text: Text) -> list[Found]:
    """The divisions named behind a word for place, with the town behind them in the span."""
    found: list[Found] = []
    for evidence, expression in (
        ("work", WORK),
        ("said", SAID),
        ("address", ADDRESS),
        ("site", SITE),
        ("in", IN),
        ("head", HEAD),
    ):
        for match in expression.finditer(text.plain):
            _add(found, _read(text, match.end(), evidence))
    for one in _standing_alone(text):
        _add(found, one)
    return sorted(found, key=lambda each: each.start)


def _add(found: list[Found], one: Found | None) -> None:
    if one is not None and not any(one.overlaps(other) for other in found):
        found.append(one)


def _read(text: Text, place: int, evidence: str) -> Found | None:
    start = _SKIPPED.match(text.plain, place).end()  # type: ignore[union-attr]
    division = division_at(text.plain[start : start + _LONGEST])
    if (
        division is None
        or "面试" in text.plain[max(0, start - 8) : start]
        or (evidence in ("in", "head") and text.part(start) == "company")
    ):
        return None
    code, length = division
    end = start + length
    town = _TOWNS.match(text.plain, end) or _TOWN.match(text.plain, end)
    return Found(code, start, town.end() if town else end, _listed(text, end) or evidence)


def _standing_alone(text: Text) -> Iterator[Found]:
    """A phrase that begins with a division written in full (义乌市佛堂镇物流园区内)."""
    for match in _FULL.finditer(text.plain):
        one = _read(text, match.end(), "alone")
        if one is not None and one.end - one.start >= 5 and text.part(one.start) != "company":
            yield one


def _listed(text: Text, end: int) -> str:
    """Whether another division follows (北京/上海): several places are a doubt."""
    more = re.match(r" ?[、/,和及或]? ?", text.plain[end : end + 4])
    following = division_at(text.plain[end + more.end() : end + more.end() + _LONGEST]) if more else None
    return "several" if following else ""


@lru_cache(maxsize=5_000)
def division_at(words: str) -> tuple[str, int] | None:
    """The division whose name the words begin with and how many characters it takes, the longest name first."""
    for length in range(len(words), 1, -1):
        piece = words[:length]
        if not piece[-1].isalnum() or not piece[0].isalnum() or "\n" in piece:
            continue
        found = regions().find(piece)
        if found is not None and not piece.isdigit():
            return found.code, length
    return None


def choose(found: list[Found]) -> list[Found]:
    """Where the work is before where the firm is."""
    for classes in (("work",), ("said", "several"), ("address", "head", "site"), ("in", "alone")):
        of_class = [one for one in found if one.evidence in classes]
        if of_class:
            return of_class if len({one.value for one in of_class}) == 1 else _widest(of_class)
    return found


def _widest(found: list[Found]) -> list[Found]:
    """Of places that lie within each other (万州区, 重庆市万州区天星路) the narrowest."""
    narrow = max(found, key=lambda one: len(one.value.rstrip("0")))
    if all(narrow.value.startswith(one.value.rstrip("0")) for one in found):
        return [narrow]
    return found


READER = Reader(
    "place",
    find,
    {
        "work": 0.98,
        "said": 0.97,
        "address": 0.93,
        "head": 0.93,
        "site": 0.95,
        "in": 0.85,
        "alone": 0.95,
        "several": 0.5,
    },
    choose=choose,
)
