"""The lowest degree asked for (最低学历)."""

import re

from rongqiao.common.language import Bilingual

from ..found import Found, Reader
from ..numerals import DEGREE_ORDER, DEGREE_WORDS
from ..text import Text, pattern

_MORE_WORDS = {
    "大学专科": "college", "大学": "bachelor", "统本": "bachelor", "高中中专": "secondary", "bachelor": "bachelor",
    "master": "master", "ph.d": "doctor", "phd": "doctor", "bachelor's": "bachelor", "master's": "master",
}  # fmt: skip
WORDS = {
    **{word: code for word, code in DEGREE_WORDS.items() if code != "any" or word in ("初中", "小学")},
    **_MORE_WORDS,
}
_WORD = "(?:" + "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)) + ")"
_JOINT = r"(?:[/、,或与和]|以及|及(?!其?以上))"
_FULL_TIME = (
    r"(?:国家)?(?:统招|全日制|普通|正规|统分|国民教育){0,3}(?:院校|高校|高等院校|大学)?(?:统招|全日制)?"
)
_LIST = rf"{_WORD}(?: {_JOINT} {_FULL_TIME}{_WORD}){{0,5}}"
_ABOVE = (
    r"(?: [(]含[)])? (?:学历|学位|文化|毕业)? [(]?(?:及|或|含|\+)?(?:其)?(?:同等学历)?(?:及|或|含)?[)]?以上"
    r"(?: (?:学历|学位|文化程度|文凭|毕业生?))?"
)

ABOVE = pattern(rf"(?P<words>{_LIST})(?P<above>{_ABOVE})")
WORDED = pattern(
    rf"(?P<words>{_LIST})(?= ?(?:或?同等)?(?:学历|学位|文化|毕业|文凭|程度|应届|在读|在校生|degree))"
)
FULL_TIME = pattern(rf"(?:统招|全日制|学历不低于|最低|至少|不低于)(?P<words>{_LIST})")
LABELLED = pattern(
    rf"(?:学历|文化程度|教育程度|教育背景|学历层次)(?:要求)?(?:为|是|在|须为)? [:】\]]? (?:要求)?{_FULL_TIME}(?P<words>{_LIST})"
)
OF_MAJOR = pattern(
    rf"(?:专业|类|方向)(?:的|毕业)? ?(?:{_FULL_TIME})(?P<words>{_LIST})(?= ?(?:[,。;(]|及|或|毕业|学历|应届|$))"
)
BY_YEARS = pattern(rf"(?P<words>{_WORD})(?= ?(?:毕业)? ?(?:\d{{1,2}}|[一二两三四五六])年)")
BARE = pattern(rf"(?:(?<=[,。;:、\n\s])|^)(?:大学)?(?P<words>{_WORD})(?= ?[,。;\n]| ?$)")
NONE_ASKED = pattern(
    r"(?:学历|文化)(?:要求)? [:]? ?(?:不限|无要求|不作要求|不要求|没有要求)|不限 ?学历|(?:无|不要求|没有|不看|不设) "
    r"?学历(?:要求|限制)?"
)

_PREFERRED = re.compile(r"优先|更佳|尤佳|加分|亦可|更好|为佳|可放宽|放宽")
_OF_OTHERS = re.compile(r"占|比例|团队成员|[员职]工|教授|导师|专家|学生(?:家长)?|客户|子女|研发人员|师资")
_PART_OF_WORD = {
    "专科": re.compile(r"专科(?:医|护|门|病|疾|手)"),
    "本科": re.compile(r"本科(?:室|目)"),
    "博士": re.compile(r"博士(?:后|生导)"),
    "大专": re.compile(r"大专(?:院校(?!.{0,6}(?:毕业|以上)))"),
    "初中": re.compile(r"初中(?:数|语|英|物|化|生|部|老|教|学)"),
    "高中": re.compile(r"高中(?:数|语|英|物|化|生|部|老|教|阶|低)"),
    "小学": re.compile(r"小学(?:数|语|英|部|老|教|生|阶)"),
    "大学": re.compile(r"大学(?:城|生(?!及以上)|英语|路|科技)"),
}
_SPLIT_BY_DEGREE = Bilingual("文中对不同学历有不同要求", "The text asks for different things by degree")
_ONLY_PREFERRED = Bilingual(
    "文中只说优先，没有说最低要求", "The text only says what is preferred, not what is the least"
)


def find(text: Text) -> list[Found]:
    """The degrees asked for, each as its code with the words that say so."""
    found: list[Found] = []
    for evidence, expression in (
        ("above", ABOVE),
        ("labelled", LABELLED),
        ("full time", FULL_TIME),
        ("worded", WORDED),
        ("of a major", OF_MAJOR),
        ("by years", BY_YEARS),
        ("bare", BARE),
    ):
        for match in expression.finditer(text.plain):
            one = _read(text, match, evidence)
            if one is not None and not any(one.overlaps(other) for other in found):
                found.append(one)
    found += [
        Found("any", match.start(), match.end(), "none asked") for match in NONE_ASKED.finditer(text.plain)
    ]
    return sorted(found, key=lambda each: each.start)


def _read(text: Text, match: re.Match[str], evidence: str) -> Found | None:
    start, end = match.start("words"), match.end("above") if evidence == "above" else match.end("words")
    if text.part(start) in ("company", "contact", "ladder") or (
        evidence == "bare" and text.part(start) != "asked"
    ):
        return None
    words = [word for word in re.findall(_WORD, match["words"])]
    for word in words:
        other = _PART_OF_WORD.get(word)
        if other and other.match(text.plain, text.plain.find(word, start)):
            return None
    if evidence in ("worded", "bare") and words == ["大学"]:
        return None
    around = text.plain[slice(*text.clause(start, end))]
    if _OF_OTHERS.search(text.before(start, 14)) or re.match(
        r" ?(?:的)?(?:员工|学历)?占", text.after(end, 6)
    ):
        return None
    value = min((WORDS[word] for word in words), key=DEGREE_ORDER.index)
    preferred = _PREFERRED.search(text.plain[end : text.phrase(start, end)[1]])
    if (preferred and evidence != "above") or (
        preferred and re.match(r".{0,4}(?:者)?(?:优先|更佳|尤佳|加分)", text.plain[end : end + 8])
    ):
        return Found(value, start, end, "preferred", _ONLY_PREFERRED)
    return Found(value, start, end, evidence, _SPLIT_BY_DEGREE if "放宽" in around else None)


def choose(found: list[Found]) -> list[Found]:
    """What is preferred says nothing of the least, unless nothing else is said."""
    firm = [one for one in found if one.evidence != "preferred"]
    strong = [one for one in firm if one.evidence in ("above", "labelled", "none asked", "full time")]
    return strong or firm or found


READER = Reader(
    "degree",
    find,
    {
        "above": 0.98,
        "labelled": 0.98,
        "full time": 0.97,
        "worded": 0.97,
        "none asked": 0.98,
        "bare": 0.9,
        "of a major": 0.95,
        "by years": 0.85,
        "preferred": 0.5,
    },
    choose=choose,
)
