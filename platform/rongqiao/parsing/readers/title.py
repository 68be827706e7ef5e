"""What the post is called (岗位名称)."""

import re

from ..found import Found, Reader
from ..text import Text, pattern

_ENDING = (
    r"(?:工程师|设计师|架构师|分析师|技师|研究员|程序员|[一-龥]员|人员|专员|文员|客服|经纪人|经理|主管|总监|组长|"
    r"班长|机长|店长|厂长|队长|主任|助理|秘书|顾问|会计|出纳|司机|厨师|师傅|[一-龥]厨|护士|医生|医师|药师|教师|幼师"
    r"|老师|律师|[一-龥]师|[一-龥]{1,5}工|学徒|实习生|管培生|保安|保洁|保姆|月嫂|阿姨|主播|编辑|导游|翻译|前台)"
)
_TITLE = rf"(?P<title>[一-龥a-z0-9#+&./-]{{0,16}}?{_ENDING})"
_FOLLOWS = r"(?= ?(?:[(【\[)】\],。;:!?|\n]|$|\d|[一二两三四五六七八九十]+[名人位个]|若干|\s))"
LABELLED = pattern(
    r"(?:(?:招聘|应聘|实习|需求|招工)?(?:岗位|职位|职务|工种)(?:名称)?[】\]]? ?(?:[:】\]]|\n)) ?(?P<title>[^\n,。"
    r";:!|(【\[]{2,24}?)(?= ?(?:[\n,。;!|(【\[]|$|\d+ ?[名人]))"
)
HIRING = pattern(
    rf"(?:招聘|诚聘|急聘|急招|诚招|直招|聘请|招募|现招|招收|扩招|招|聘|(?:请|找)(?=[^,。;\n]{1, 10}\d{1, 3} "
    rf"?[人名个]))(?:一[名个位]|岗位|职位)? ?[:】]? ?{_TITLE}{_FOLLOWS}"
)
RECRUITED = pattern(
    rf"(?:^|[\n,。!✨【]) ?{_TITLE} ?(?:招募|招聘|岗位职责|职位描述|任职要求|岗位要求|工作内容|工作职责)"
)
FIRST = pattern(
    rf"^[^一-龥a-z0-9]{{0,6}}(?:(?:急招|诚聘|招聘|急聘|高薪诚聘|职位描述|岗位名称)[】\]]? ?)?{_TITLE} ?(?=[(【\n]|$|"
    rf"\d+ ?[名人])"
)
_ENDS = re.compile(rf"{_ENDING}$")
_NOT_TITLE = re.compile(
    r"的|岗位职责|任职|要求|公司|职责|描述|负责|配合|熟悉|以上|要[会有能]|工作|团队|每|经验|同学|人才|客户|我们|你|"
    r"新员|会员|学员|成员|动员|演员(?=工)|员工$|职工$|用工$|招工$|包吃|施工$|开工$|加工$|手工$|分工$|社工(?=证)|"
    r"人工$|完工$"
)
_STRONG = re.compile(
    r".{2,14}?(?:工程师|设计师|分析师|程序员|经理|主管|总监|专员|会计|司机|顾问)(?=[一-龥])(?!助理|组长|主管|经理|部|的?助手)"
)


def find(text: Text) -> list[Found]:
    """The titles named."""
    found: list[Found] = []
    for evidence, expression in (
        ("labelled", LABELLED),
        ("hiring", HIRING),
        ("recruited", RECRUITED),
        ("first line", FIRST),
    ):
        for match in expression.finditer(text.plain):
            start, end = _cut(text, *match.span("title"), evidence)
            if _NOT_TITLE.search(text.plain[start:end]) or text.part(start) == "company":
                continue
            loose = evidence == "labelled" and not _ENDS.search(text.plain[start:end]) and end - start < 5
            one = Found(text.words(start, end), start, end, "loosely labelled" if loose else evidence)
            if not any(one.overlaps(other) for other in found):
                found.append(one)
    return sorted(found, key=lambda each: each.start)


_FIRM = re.compile(
    r".{1,12}(?:公司|门店|便利店|[^门]店|厂|医院|诊所|学校|酒店|超市|幼儿园|集团)(?=[一-龥a-z]{2})"
)


def _cut(text: Text, start: int, end: int, evidence: str) -> tuple[int, int]:
    """A long title that runs on into a sentence ends with the first word for a post; a firm before it is not part of it."""
    firm = _FIRM.match(text.plain, start, end) if evidence in ("first line", "recruited") else None
    start = firm.end() if firm else start
    short = _STRONG.match(text.plain, start, end) if end - start > 12 else None
    return start, short.end() if short else end


def choose(found: list[Found]) -> list[Found]:
    """Only different ones compete, and what is labelled before what is not."""
    labelled = [one for one in found if one.evidence == "labelled"]
    kept: dict[str, Found] = {}
    for one in labelled or found:
        kept.setdefault(re.sub(r"\s", "", str(one.value).lower()), one)
    return list(kept.values())


READER = Reader(
    "title",
    find,
    {"labelled": 0.97, "loosely labelled": 0.8, "hiring": 0.95, "recruited": 0.95, "first line": 0.85},
    choose=choose,
)
