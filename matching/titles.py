"""Cleaning the titles of needs (岗位名称): what names the work stays, what pays or places it goes."""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"(?:[kKwW](?![a-zA-Z])|万|千|元)"
_PAY = re.compile(
    rf"(?:月薪|年薪|月入|底薪|薪资|工资|保底|待遇)\s*{_NUMBER}\s*{_UNIT}?(?:\s*[-~—–至到]\s*{_NUMBER}\s*{_UNIT}?)?\s*[+起]?"
    rf"|{_NUMBER}\s*{_UNIT}?\s*[-~—–至到]\s*{_NUMBER}\s*{_UNIT}(?:\s*/\s*[月年天])?"
    r"|\d{4,}\s*元?\s*[+起]|月薪|年薪|高薪|底薪"
)
_WELFARE = re.compile(
    "[五六]险一金|五险|社保|包吃包住|包吃住|包食宿|包吃|包住|食宿|周末双休|双休|年终奖|带薪年假|高提成"
    "|无经验可|可无经验|零基础|不加班|长白班"
)
_RECRUITING = "招聘(?!专员|主管|经理|助理|顾问|总监|专家)"
_CALLS = re.compile(
    rf"{_RECRUITING}|急聘|急招|诚聘|诚招|直聘|热招|聘请|招募|应届毕业生|应届生|应届|校园招聘|校招|社招"
    r"|数名|若干名?|多名|\d+\s*名|\d{2,4}届"
)
_SENIORITY = re.compile(r"资深|高级|初级|中级|储备|senior|junior", re.IGNORECASE)
_EMPLOYER = re.compile(
    rf"^\S{{3,}}?(?:{_RECRUITING}|直聘|急聘|诚聘|诚招|急招|招募)(?=\S*[\u4e00-\u9fff]{{2}})"
)
"""某某公司招聘焊工: whoever looks stands before the word, the work behind it."""
_BETWEEN = re.compile(r"[\s_/|、，,;；·\-—–()（）\[\]【】<>《》]+")

_PERSON = re.compile(
    "(?:员|师|工|人|者|手|长|人员|经理|主管|助理|顾问|总监|教练|司机|护士|医生|老师|秘书|编辑|记者|会计|出纳|导游|学徒|干部|代表)$"
)

_ROLE = re.compile(
    "(?:(?<![卫养民])生|客服|月嫂|保洁|保安|计调|领班|主播|管家|督导|前台|内勤|外勤|文秘|翻译|编导|编剧|助教|主美|红娘|模特|陪练|陪护|机修|库管|跟单"
    "|网管|医助|护理岗|工匠|木匠|裁缝|司炉|师傅|大厨|主厨|酒保|主任|总编|主编"
    "|(?:学|作|画|专|艺术|音乐|舞蹈|企业|书法|收藏)家)$"
)
"""What people are called at work though the word does not end like a person's."""


def clean_title(title: str, places: frozenset[str] = frozenset()) -> str:
    """The title without pay, welfare, seniority, calls to apply, whoever calls, and parts that are one of `places`.

    Brackets and dashes become blanks. A title of which nothing would be left stays as it is.
    """
    bare = _EMPLOYER.sub("", title)
    for pattern in (_PAY, _WELFARE, _CALLS, _SENIORITY):
        bare = pattern.sub(" ", bare)
    parts = [part for part in _BETWEEN.split(bare) if part and part.removesuffix("市") not in places]
    return " ".join(parts) or title.strip()


def names_person(title: str) -> bool:
    """Whether some part of a title says who is wanted (焊工, 客户经理) and not what is to be done (不动产测绘)."""
    return any(_PERSON.search(part) for part in _BETWEEN.split(title))


def names_role(title: str) -> bool:
    """The same with what people are called at work (客服, 月嫂, 实习生)."""
    return names_person(title) or any(_ROLE.search(part) for part in _BETWEEN.split(title))
