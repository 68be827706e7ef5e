"""Where the work is (工作地点), as the code of the division."""

import re
from functools import lru_cache

from matching.taxonomy.regions import regions

from ..found import Found, Reader
from ..text import Text, pattern

WORK = pattern(
    r"(?:工作|上班|办公|任职|实习|就业|岗位|入职|面试及工作|服务|项目|施工)(?:地点|地址|地区|城市|地|区域|所在地)[^\n。;,:\d]{0,4}[:】\]]? ?(?:设在|位于|在|为|是)? ?[:【\[(\"]* ?"
)
ADDRESS = pattern(
    r"(?:公司|单位|厂|总部|面试|办公室?|门店|店|企业|院|校|联系|详细)?(?:地址|地点|所在地)[:】\]] ?[【\[(\"]* ?"
)
SAID = pattern(
    r"(?:坐标|base ?(?:在|地|[:])? ?|常驻|派驻|驻地?|(?:需|能|愿意)?(?:长期)?(?:在|到|去|赴)(?=[^,。;\n]{2,9}(?:工作|上班|办公|实习|任职|驻场)))[:]? ?"
)
HEAD = pattern(r"(?:^|\n)[^\n]{0,0}(?=[^\n]{2,9}(?:招聘|急招|诚聘|急聘|招))")
_SKIPPED = re.compile(r"[ \t:【\[(\"]*")
_LONGEST = 16


def find(text: Text) -> list[Found]:
    """The divisions named behind a word for place."""
    found: list[Found] = []
    for evidence, expression in (("work", WORK), ("address", ADDRESS), ("said", SAID), ("head", HEAD)):
        for match in expression.finditer(text.plain):
            one = _read(text, match.end(), evidence)
            if one is not None and not any(one.overlaps(other) for other in found):
                found.append(one)
    return sorted(found, key=lambda each: each.start)


def _read(text: Text, place: int, evidence: str) -> Found | None:
    start = _SKIPPED.match(text.plain, place).end()  # type: ignore[union-attr]
    division = division_at(text.plain[start : start + _LONGEST])
    if division is None:
        return None
    code, length = division
    return Found(code, start, start + length, _listed(text, start + length) or evidence)


def _listed(text: Text, end: int) -> str:
    """Whether another division follows (北京/上海): several places are a doubt."""
    more = re.match(r" ?[、/,和及或] ?", text.plain[end : end + 4])
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
    work = [one for one in found if one.evidence in ("work", "said", "several")]
    return work or [one for one in found if one.evidence == "address"] or found


READER = Reader(
    "place", find, {"work": 0.98, "said": 0.95, "address": 0.9, "head": 0.95, "several": 0.5}, choose=choose
)
