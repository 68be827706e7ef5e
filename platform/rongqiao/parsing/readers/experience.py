"""The years of experience asked for at least (工作年限)."""

import re

from ..found import Found, Reader
from ..numerals import SMALL, TO, numeral
from ..text import Text, pattern

_SPAN = rf"(?:{SMALL}(?: 年)? {TO} )?{SMALL} (?P<unit>年|周年|个月)"
_MORE = r"(?: [(]?(?:及|或|含|\+)?[)]?以上|\+|左右|以内|以下)?"
YEARS = pattern(
    rf"(?P<least>至少|不少于|不低于|超过|满|大于|具有|具备|拥有|有)?(?P<span>{_SPAN}(?P<more>{_MORE}))"
)
LABELLED = pattern(
    rf"(?:经验|经历|年限)(?:要求)?[:】\]] ?(?:要求|须|至少)? ?(?P<span>{_SPAN}(?P<more>{_MORE}))"
)
NONE_ASKED = pattern(
    r"(?P<none>无需 ?(?:任何)?(?:相关)?(?:工作)?经验|不需要?(?:任何)?(?:相关)?(?:工作)?经验|(?:工作)?经验(?:要求)? "
    r"?[:]? ?不限|不限(?:工作)?经验"
    r"|零经验|0经验|(?:有)?无(?:工作)?经验(?:者)?(?:或[^,。;]{0,8})?(?:均可|也可|亦可|可以|皆可|可)|"
    r"不要求(?:工作)?经验|(?:工作)?经验(?:不要求|无要求)|有无经验)"
)
FRESH = re.compile(r"应届|往届毕业生|在校生|在读(?:研究生|硕士|本科|学生)|实习生")

_ABOUT_WORK = re.compile(r"经验|经历|从业|工龄|资历|资深|experience")
_WORKING = re.compile(
    r"^(?:的)?[^,。;]{0,24}?(?:开发|工作|设计|从事|管理|操作|维修|施工|销售|运维|研发|编程|教学|临床|实操|岗位|背景|"
    r"服务|生产|实践|护理|驾龄|驾驶)"
)
_NOT_WORK = re.compile(
    r"成立|创[立办业]|历史|签|合同|质保|保修|有效期|服务期|毕业(?:后)?$|毕业$|近$|最近$|每$|计划|规划|发展$|周期|"
    r"学制|大[一二三四]|年龄|入职满?$|转正|第$|未来|过去|工作满$|试用|实习期|实习时间|连续实习|寿命|调薪|产品|品牌|"
    r"深耕"
)
_NOT_WORK_AFTER = re.compile(
    r"^ ?(?:内毕业|毕业|合同|[0-9]+月|历史|质保|规划|成长|一[次签]|[1一]?次|后|期(?:限)?|时间(?:内)?成|"
    r"之?内(?!.{0,6}经[验历])|发展|学制|晋升|调薪|工龄(?:工资|奖))"
)
_OTHER_YEAR = re.compile(r"^(?:薪|终|假|度|级|底|会|初|轻|[0-9])")
_PREFERRED = re.compile(r"优先|更佳|尤佳|加分|者佳|为佳|可放宽|可适当放宽")


# 8.3年以上 is item 8 of a list, which asks for 3 years: nobody asks for tenths of a year but for halves.
_ITEM_NUMBER = re.compile(r"\d{1,2}\.(?=[1-46-9]$)")
_HALF = pattern(r"(?P<span>半年(?:以上)?)[^,。;]{0,16}(?:经验|经历)")
_OF_OTHERS = re.compile(
    r"(?:创始人|公司|我们|成员|讲师|导师|专家|我司|教授|董事长|总经理|团队(?:均|有|拥有|平均|具)).{0,24}$"
)


def find(text: Text) -> list[Found]:
    """The years asked for: 3-5年 gives 3, 无需经验 and 应届 give 0."""
    found = [one for match in LABELLED.finditer(text.plain) if (one := _read(text, match, "labelled"))]
    for match in YEARS.finditer(text.plain):
        one = _read(text, match, "")
        if one is not None and not any(one.overlaps(other) for other in found):
            found.append(one)
    found += [
        Found(0, *match.span("none"), "none asked")
        for match in NONE_ASKED.finditer(text.plain)
        if _asked(text, match)
    ]
    found += [
        Found(0, *match.span("span"), "experience")
        for match in _HALF.finditer(text.plain)
        if _asked(text, match)
    ]
    found += [Found(0, *match.span(), "fresh") for match in FRESH.finditer(text.plain) if _fresh(text, match)]
    return sorted(found, key=lambda each: each.start)


def _asked(text: Text, match: re.Match[str]) -> bool:
    return text.part(match.start()) not in ("company", "contact", "ladder")


def _fresh(text: Text, match: re.Match[str]) -> bool:
    if not _asked(text, match) or match[0] == "实习生":
        return False
    return match[0] == "应届" and not re.search(r"非$|不招|谢绝|除", text.before(match.start(), 4))


def _read(text: Text, match: re.Match[str], evidence: str) -> Found | None:
    start, end = match.span("span")
    if not _asked(text, match):
        return None
    words = match[_LOW[evidence]] or match[_HIGH[evidence]]
    numbered = _ITEM_NUMBER.match(words)
    start += numbered.end() if numbered else 0
    low = numeral(words[numbered.end() :] if numbered else words)
    value = low if match["unit"] != "个月" else low / 12
    if "以内" in match["more"] or "以下" in match["more"]:
        value = 0
    if (
        value > 30
        or text.plain[start - 1 : start].isdigit()
        or (re.search(r"第$|\d\.$", text.plain[:start][-2:]) and low >= 10)
    ):
        return None
    if not evidence:
        evidence = _class_of(text, start, end, bool(match["more"]))
    if not evidence:
        return None
    preferred = _PREFERRED.search(text.plain[end : text.phrase(start, end)[1]])
    return Found(int(value), start, end, "preferred" if preferred else evidence)


_LOW = {"": 3, "labelled": 2}
_HIGH = {"": 4, "labelled": 3}


def _class_of(text: Text, start: int, end: int, open_ended: bool) -> str:
    """The evidence that a number of years is about work: what stands around it in its phrase."""
    first, last = text.phrase(start, end)
    before, after = text.plain[max(first, start - 14) : start], text.plain[end : min(last, end + 40)]
    if _NOT_WORK.search(before) or _NOT_WORK_AFTER.match(after) or _OF_OTHERS.search(text.before(start, 30)):
        return ""
    if not open_ended and _OTHER_YEAR.match(after):
        return ""
    if _ABOUT_WORK.search(after) or re.search(r"(?:经验|经历|从业|工作年限|工龄|年限)[^,。;]{0,6}$", before):
        return "experience"
    if open_ended and (_WORKING.match(after) or re.search(r"(?:做过|从事|干过|开过)[^,。;]{1,14}$", before)):
        return "work"
    return "years" if open_ended and text.part(start) == "asked" else ""


def choose(found: list[Found]) -> list[Found]:
    """Firm ones; of several (5 years of development, 2 of leading a team) the one that comes first if it is the most."""
    years = [one for one in found if one.evidence not in ("fresh", "preferred", "none asked")]
    none = [one for one in found if one.evidence in ("fresh", "none asked")]
    if years and not none:
        return [years[0]] if years[0].value >= max(one.value for one in years) else years
    return years + none or found


READER = Reader(
    "experience",
    find,
    {
        "labelled": 0.97,
        "experience": 0.97,
        "work": 0.95,
        "years": 0.9,
        "none asked": 0.97,
        "fresh": 0.93,
        "preferred": 0.5,
    },
    choose=choose,
)
