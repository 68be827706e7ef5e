"""Certificates asked for (证书)."""

import re

from ..found import Found, Reader, longest
from ..text import Text, pattern

# What ends the name of a certificate; the name itself is what stands before it up to a mark or a verb.
ENDING = pattern(
    r"(?:(?:职业|执业|从业|岗位|任职|上岗|专业技术|职业技能|技能|技术)*(?:资格|等级)(?:证书?)?|"
    r"(?<=[一-龥a-z0-9])(?:证书|证|执照|驾照|驾驶本|[abc][123]本)|1\+x ?(?:证书)?)(?:[a-z]\d?证)?"
)
_LEAD = re.compile(
    r".*(?:持有?|具有?|具备|取得|获得|拥有|考取|可考|还可考|考过|通过|须有|需有|要有|没有|办理?|有|或者|或|和|及|与|"
    r"者|的|含|要求|国家|相关|其他|带|需|须|必须|必备|拿|会|凭|参加|颁发|全国|等|是|能|考|:|如|报考|以及|以上|"
    r"优先)(?=[一-龥a-z0-9+])",
    re.S,
)
DRIVING = re.compile(
    r"(?<![a-z0-9])(?P<name>[abc][123]e?(?:[/或、][abc][123]e?)*(?:型|类|"
    r"照)?(?:及?以上)?(?:的)?(?:机动车)?(?:驾驶证|驾照|驾驶执照|驾驶本|本|证|照))|(?<![一-龥])(?P<name2>驾驶证|驾照|"
    r"驾驶执照)|(?:有|持|需|带)(?P<name3>驾驶证|驾照|驾驶执照)"
)
ENGLISH = pattern(
    r"(?P<name>cet ?-? ?[46] ?级?|(?:大学)?(?:英语|外语) ?(?:cet ?-? ?)?[四六46] ?级|专[四八](?![一-龥])|"
    r"(?<![a-z])tem ?-? ?[48]|雅思|托福|托业|toefl|ielts|日语 ?n ?[1-5]|(?<![a-z])n[1-3](?=级|证|水平)|普通话 "
    r"?[一二三] ?(?:级 ?)?[甲乙](?: ?等)?)"
)
KNOWN = re.compile(
    r"(?<![a-z])(?P<name>注册会计师|cpa|acca|cfa|pmp|软考|ccna|ccnp|ccie|hcia|hcip|hcie|ocp|ocm|rhce|cissp|cisp|"
    r"cisa|itil|一级建造师|二级建造师|一建|二建|注册(?!资)[一-龥]{2,6}(?:工程师|建筑师|消防师|测绘师)|执业(?:药师|"
    r"医师|护士)|法律职业资格|司法考试)(?![a-z])(?!证|执业|资格)"
)
_NOT_ASKED = re.compile(
    r"毕业证|学位证|身份证|居住证|结婚证|营业执照|专利|荣誉|获奖|离职证|学历证|暂住证|工作证|保证|验证|签证|论证|"
    r"凭证|查证|考证|取证|认证|佐证|见证|求证|公证|印证|例证|举证|许可证|房产证|英语等级|什么证|没证|无证|持证|听证|"
    r"存证|出证|产证|行驶证|/|备案|应聘|任职|护士资格$|资质|优秀|等级$|有证|书证|证证|办证|换证|考试|出入证|准考证"
)
_TOO_SHORT = re.compile(
    r"^(?:高级|中级|初级|技术|相关|岗位|职业|执业|从业|技能|等级|资格|合格|上岗|操作|专业|国家|行业|职业技能|各类|"
    r"任职|英语|外语|语言|以上)*(?:资格|等级)?证?书?$|^1\+x$"
)
_NAME = re.compile(r"[一-龥a-z0-9+()·/-]+$")
_LONGEST = 22
LISTED = pattern(r"(?:(?:证书|考什么证|资格证书)[】\]]? ?[:】\]?]|可考取?(?!虑)) ?(?P<list>[^。,\n]{2,80})")


def find(text: Text) -> list[Found]:
    """Each certificate once, with the words that name it."""
    found = []
    for evidence, expression in (("english", ENGLISH), ("driving", DRIVING), ("known", KNOWN)):
        found += [one for match in expression.finditer(text.plain) if (one := _read(text, match, evidence))]
    found += [one for match in ENDING.finditer(text.plain) if (one := _worded(text, match))]
    found = [
        one
        for one in longest(found)
        if text.plain[one.start - 1 : one.start] != "(" or one.evidence != "worded" or one.start < 2
    ]
    found += [one for one in _listed(text) if not any(one.overlaps(other) for other in found)]
    seen: set[str] = set()
    kept = []
    for one in sorted(found, key=lambda each: each.start):
        key = str(one.value).lower()
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _here(text: Text, place: int) -> bool:
    return text.part(place) not in ("company", "contact", "pay", "ladder")


def _read(text: Text, match: re.Match[str], evidence: str) -> Found | None:
    group = next(name for name, words in match.groupdict().items() if words)
    start, end = match.span(group)
    return Found(_value(text, start, end, evidence), start, end, evidence) if _here(text, start) else None


def _worded(text: Text, match: re.Match[str]) -> Found | None:
    end = match.end()
    if text.plain[end : end + 2] in ("要求", "条件"):
        return None
    while text.plain[end - 1] == " ":
        end -= 1
    first = max(text.phrase(match.start(), match.end())[0], match.start() - _LONGEST)
    before = _NAME.search(text.plain[first:end])
    if (
        before is None
        or not _here(text, end - 1)
        or text.plain[end : end + 1] in ("明", "据", "件", "券", "实", "监", "候")
    ):
        return None
    start = first + before.start()
    lead = _LEAD.match(text.plain[start : match.start() + 1])
    start += lead.end() if lead else 0
    words = text.plain[start:end]
    opened = words.rfind("(")
    if opened >= 0 and ")" not in words[opened:]:
        start += opened + 1
        words = text.plain[start:end]
    if len(words) < 3 or _NOT_ASKED.search(words) or _TOO_SHORT.match(words):
        return None
    if words.endswith("1+x") and "与" in text.plain[first:start]:
        return Found(text.words(start, end), start, end, "long")
    return Found(text.words(start, end), start, end, "worded" if len(words) <= 16 else "long")


_SENTENCE = re.compile(r"熟悉|经验|公司|有|能|了解|具|优先|相关|要求|会|职责|工作")


def _listed(text: Text) -> list[Found]:
    """The items of a list headed 证书 that do not end in 证."""
    found = []
    for match in LISTED.finditer(text.plain):
        place = match.start("list")
        for piece in re.split(r"[、,;/和及或]", match["list"]):
            trimmed = text.trim(place, place + len(piece))
            place += len(piece) + 1
            words = text.plain[slice(*trimmed)] if trimmed else ""
            bare = re.sub(r"(?:[(][^()]*[)]|等)+$", "", words)
            if (
                trimmed
                and not _SENTENCE.search(bare)
                and re.fullmatch(r"[一-龥a-z0-9+-]{3,16}", bare)
                and not _NOT_ASKED.search(bare)
                and not _TOO_SHORT.match(bare)
            ):
                found.append(
                    Found(
                        text.words(trimmed[0], trimmed[0] + len(bare)),
                        trimmed[0],
                        trimmed[0] + len(bare),
                        "listed",
                    )
                )
    return found


def _value(text: Text, start: int, end: int, evidence: str) -> str:
    words = text.plain[start:end].replace(" ", "")
    if evidence == "english" and re.search(r"英语|外语|cet", words):
        return "CET-4" if re.search("[四4]", words) else "CET-6"
    return text.words(start, end)


READER = Reader(
    "certificates",
    find,
    {"english": 0.97, "driving": 0.97, "known": 0.97, "worded": 0.95, "long": 0.6, "listed": 0.6},
    many=True,
)
