"""How many people are sought (招聘人数)."""

import re

from ..found import Found, Reader
from ..numerals import SMALL, TO, numeral
from ..text import Text, pattern

_NUMBER = rf"(?P<span>(?:{SMALL} {TO} )?{SMALL} ?(?:多)?(?:名|人|位|个)?)"
_COUNTED = (
    rf"(?P<span>(?:{SMALL} {TO} )?{SMALL} ?(?:名|人|位)(?!以上|次|/|[份民工员才流力机均制左])"
    rf"|(?:{SMALL} {TO} )?{SMALL} ?个(?=[,。;:、\n)]|$))"
)
LABELLED = pattern(
    rf"(?:(?:招[聘收募录]|需求|岗位|用工|拟招|计划|招工|实习)(?:人数|名额|职数|总数)|(?<![一-龥])(?:人数|名额))(?:为|"
    rf"是|共)? [:】\]]? ?{_NUMBER}(?! ?[%元岁年月天小时日号楼点级])"
)
_HIRE = r"(?:招聘|诚聘|急聘|急招|聘请|招收|招录|诚招|现招|招募|拟招|招|聘|需要?|缺|请|找)"
HIRING = pattern(rf"{_HIRE}(?:[^,。;:\n\d]{{0,14}}?)[(]?{_COUNTED}")
BEHIND = pattern(
    rf"(?:工程师|技师|技工|员|工|师|经理|主管|助理|会计|出纳|司机|厨师|护士|医生|老师|学徒|阿姨|生|长|岗|"
    rf"手)[(:,]{{0,2}}{_COUNTED}"
)

_NOT_SOUGHT = re.compile(
    r"员工|职工|团队|拥有|现有|服务|带|管理|以上团队|宿舍|住|公司|规模|客户|培训|教|平均|每|负责|超|获|达|近|共有|"
    r"班组|下属|领导|指导"
)


_NOT_HIRED = re.compile(r"员工|职工|团队(?!长)|宿舍|超|达|近|共有|部$|部门")


def find(text: Text) -> list[Found]:
    """The numbers of people sought, each with its span (3名); of a range the lower end, which is in doubt."""
    found: list[Found] = []
    for evidence, expression in (("labelled", LABELLED), ("hiring", HIRING), ("behind title", BEHIND)):
        for match in expression.finditer(text.plain):
            one = _read(text, match, evidence)
            if one is not None and not any(one.overlaps(other) for other in found):
                found.append(one)
    return sorted(found, key=lambda each: each.start)


def _read(text: Text, match: re.Match[str], evidence: str) -> Found | None:
    start, end = match.span("span")
    if text.part(start) in ("company", "contact", "ladder") and evidence != "labelled":
        return None
    if evidence == "hiring" and _NOT_HIRED.search(text.plain[match.start() : start]):
        return None
    if evidence == "behind title" and _NOT_SOUGHT.search(
        text.plain[max(text.phrase(start, end)[0], start - 16) : start]
    ):
        return None
    numbers = [numeral(each) for each in re.findall(SMALL, match["span"])]
    if not numbers or not 1 <= numbers[0] <= 10_000 or numbers[0] != int(numbers[0]):
        return None
    if evidence == "behind title" and text.part(start) not in ("", "asked", "other"):
        return None
    value = int(numbers[0])
    return Found(value, start, end, "range" if len(numbers) > 1 else evidence)


def choose(found: list[Found]) -> list[Found]:
    """A labelled number before one that stands in a sentence."""
    labelled = [one for one in found if one.evidence == "labelled"]
    return labelled or found


READER = Reader(
    "headcount", find, {"labelled": 0.98, "hiring": 0.97, "behind title": 0.95, "range": 0.7}, choose=choose
)
