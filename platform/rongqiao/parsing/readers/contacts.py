"""Telephone, WeChat, QQ, e-mail and the name of who answers (联系方式): private, and taken out of everything public."""

import re

from ..found import Found, Reader
from ..text import Text, pattern

_DIGIT = "[0-9零〇一二三四五六七八九]"
MOBILE = re.compile(
    rf"(?<![0-9a-z])(?:[(]?(?:\+|00)?86[)]?[- ]?)?(?:1[3-9]|一[三四五六七八九])(?:[- .]{{0,2}}{_DIGIT}){{9}}(?![0-9])"
)
LANDLINE = re.compile(
    r"(?<![0-9a-z.])[(]?0\d{2,3}[)]?[- ]{0,3}\d{3,4}[- ]?\d{4}(?:(?:转|-|ext\.?)[ ]?\d{1,6})?(?![0-9])"
)
SERVICE = re.compile(
    r"(?<![0-9])[48]00[- ]?\d{3}[- ]?\d{4}(?![0-9])|(?<![0-9])[48]00[- ]?\d{4}[- ]?\d{3}(?![0-9])"
)
BEHIND_LABEL = re.compile(
    r"(?:电话|手机|热线|致电|tel|phone|座机|咨询)(?:号码?)?[^0-9\n。;]{0,8}?(?P<number>\d[\d -]{5,16}\d)"
)
EMAIL = re.compile(
    r"[a-z0-9][a-z0-9._%+-]{0,63} ?(?:@|\[at\]|[(]at[)]|#at#) ?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}"
)
WECHAT = re.compile(
    r"(?:微信|威信|薇信|徽信|wechat|weixin|加v|v信|vx|(?<![a-z])wx)(?:号码?|同号|id)?[^a-z0-9\n。"
    r";]{0,6}(?P<name>[a-z0-9][-_a-z0-9]{4,19})(?![a-z0-9])"
)
QQ = re.compile(r"(?<![a-z])(?:qq|扣扣|企鹅)(?:群|号码?)*[^0-9\n。;]{0,6}(?P<name>[1-9]\d{4,11})(?!\d)")
_TITLES = (
    "先生|女士|小姐|经理|主管|老师|主任|总监|厂长|校长|科长|院长|部长|师傅|工|总|姐|哥|店长|园长|人事|HR|hr"
)
NAME = pattern(
    rf"(?:联系人|联络人|负责人|招聘专员|对接人|咨询人) [:】]? ?(?P<name>[一-龥]{{1,3}}(?:{_TITLES})|[一-龥·]{{2,4}}(?![一-龥]))"
    rf"|(?:联系|联络|找|咨询|请加)(?P<name2>[一-龥]{{1,2}}(?:{_TITLES})) ?(?=[:,(]? ?(?:电话|手机|[0-9]|微信|tel))"
    rf"|(?:^|[,。;\s])(?P<name3>[一-龥](?:先生|女士|小姐|经理|主管|老师|主任|总监|厂长|师傅)) ?(?=[:,(]? ?(?:电话|"
    rf"手机|微信|1[3-9]\d|0\d\d))"
)
# What is left over around a number when it is gone: 电话：…（微信同号）
_BEFORE = re.compile(
    r"(?:(?:联系|咨询|报名|招聘|简历|投递|应聘|公司|人事|手机|座机|固定|办公|服务)?(?:电话|手机号?|热线|微信号?|"
    r"邮箱|e-?mail|qq群?号?|tel|phone|mobile|电邮|号码|致电|加微|联系方式|vx|wx|v信|加v)[及/、和或]?){1,3} "
    r"?[:为是]? ?$"
)
_AFTER = re.compile(
    r" ?[(]?(?:微信|手机|电话|v|vx)(?:同号|同步|号同)?[)]?(?=[,。;\s)]|$)|^ ?[(](?:微信)?同(?:号|微信)[)]"
)


def find(text: Text) -> list[Found]:
    """The contact details: values are ("phone" | "email" | "name" | "other", words)."""
    plain = text.plain
    found: list[Found] = []
    _add(found, ((("email", _joined(match[0])), *match.span()) for match in EMAIL.finditer(plain)))
    _add(
        found,
        (
            (("other", f"微信 {match['name']}"), *match.span("name"))
            for match in WECHAT.finditer(plain)
            if not _is_phone(match["name"])
        ),
    )
    _add(found, ((("other", f"QQ {match['name']}"), *match.span("name")) for match in QQ.finditer(plain)))
    for expression in (MOBILE, LANDLINE, SERVICE):
        _add(found, ((("phone", _joined(match[0])), *match.span()) for match in expression.finditer(plain)))
    _add(
        found,
        (
            (("phone", match["number"].strip()), *match.span("number"))
            for match in BEHIND_LABEL.finditer(plain)
            if _enough(match["number"])
        ),
    )
    for match in NAME.finditer(plain):
        group = next(name for name in ("name", "name2", "name3") if match[name])
        _add(found, [(("name", text.original[slice(*match.span(group))]), *match.span(group))])
    return sorted(found, key=lambda each: each.start)


def _add(found: list[Found], values: "object") -> None:
    for value, start, end in values:  # type: ignore[attr-defined]
        one = Found(value, start, end, value[0])
        if not any(one.overlaps(other) for other in found):
            found.append(one)


def _is_phone(words: str) -> bool:
    return MOBILE.fullmatch(words) is not None


def _enough(number: str) -> bool:
    return 7 <= sum(character.isdigit() for character in number) <= 13 and not re.match(
        r"(?:19|20)\d\d-", number
    )


_CHINESE_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")


def _joined(words: str) -> str:
    return words.replace(" ", "").translate(_CHINESE_DIGITS)


def around(text: Text, found: list[Found]) -> list[tuple[int, int]]:
    """The spans to hide: each contact with its label before it and its (微信同号) behind it."""
    spans = []
    for one in found:
        before = _BEFORE.search(text.plain, max(0, one.start - 20), one.start)
        after = _AFTER.match(text.plain[one.end : one.end + 12])
        start = before.start() if before else one.start
        if one.evidence == "name":
            label = re.search(
                r"(?:联系人|联络人|负责人|招聘专员|对接人|咨询人) ?[:】]? ?$",
                text.plain[max(0, one.start - 8) : one.start],
            )
            start = one.start - len(label[0]) if label else one.start
        spans.append((start, one.end + (after.end() if after else 0)))
    return spans


READER = Reader("contacts", find, {"phone": 0.99, "email": 0.99, "other": 0.99, "name": 0.95}, many=True)
