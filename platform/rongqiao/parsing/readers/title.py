"""What the post is called (岗位名称)."""

import re

from ..found import Found, Reader
from ..text import Text, pattern

_ENDING = (
    r"(?:工程师|设计师|架构师|分析师|技师|技术员|研究员|程序员|操作员|检验员|质检员|管理员|业务员|销售员|服务员|收银员|保管员|驾驶员|护理员|保育员|营业员|快递员|配送员|采购员|文员|专员|人员|客服|[一-龥]员"
    r"|经理|主管|总监|组长|班长|店长|厂长|车间主任|主任|助理|秘书|顾问|会计|出纳|司机|厨师|[一-龥]厨|护士|医生|医师|药师|教师|老师|律师|造价师|[一-龥]师|[一-龥]{1,5}工|学徒|实习生|管培生|保安|保洁|保姆|月嫂|阿姨|帮厨|主播|编辑|导游|翻译|前台|岗|手)"
)
_TITLE = rf"(?P<title>[一-龥a-z0-9#+./-]{{0,16}}?{_ENDING}(?:[(][^()\n]{{1,12}}[)])?)"
LABELLED = pattern(
    r"(?:招聘|应聘|实习|需求)?(?:岗位|职位|职务|工种)(?:名称)? ?[:】\]] ?(?P<title>[^\n,。;:!|]{2,24}?)(?= ?(?:[\n,。;!|]|$|\d+ ?[名人]|[(]?\d+ ?[名人]))"
)
HIRING = pattern(
    rf"(?:招聘|诚聘|急聘|急招|诚招|聘请|招募|现招|招收|招)(?:岗位|职位)? ?[:]? ?{_TITLE}(?= ?[(]?(?:\d|[一二两三四五六七八九十]+[名人位]|若干|[,。;:!\n)]|$))"
)
FIRST = pattern(
    rf"^\s*(?:[【\[]?(?:急招|诚聘|招聘|急聘|高薪诚聘)[】\]]?)? ?{_TITLE} ?(?:岗位职责|职位描述|任职要求|岗位要求|工作内容|职责|[(]?\d+ ?[名人]|\n|$)"
)


def find(text: Text) -> list[Found]:
    """The titles named."""
    found: list[Found] = []
    for evidence, expression in (("labelled", LABELLED), ("hiring", HIRING), ("first line", FIRST)):
        for match in expression.finditer(text.plain):
            start, end = match.span("title")
            one = Found(text.words(start, end), start, end, evidence)
            if text.part(start) not in ("company",) and not any(one.overlaps(other) for other in found):
                found.append(one)
    return sorted(found, key=lambda each: each.start)


def choose(found: list[Found]) -> list[Found]:
    """Only different ones compete."""
    kept: dict[str, Found] = {}
    for one in found:
        kept.setdefault(re.sub(r"\s", "", str(one.value).lower()), one)
    return list(kept.values())


READER = Reader("title", find, {"labelled": 0.97, "hiring": 0.95, "first line": 0.95}, choose=choose)
