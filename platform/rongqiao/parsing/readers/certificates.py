"""Certificates asked for (证书)."""

import re

from ..found import Found, Reader, longest
from ..text import Text, pattern

_NAMED = r"[一-龥a-z0-9+]{1,14}?"
ANY = pattern(
    r"(?P<name>(?:[一-龥a-z0-9+]{2,14}?)(?:(?:职业|执业|从业|岗位|任职|上岗|技能|技术|等级|专业技术)*(?:资格|等级)证书?|上岗证|操作证|执业证|从业证|许可证书|驾驶证|驾照|合格证书?|水平证书|等级证书?|健康证|[电焊叉低高起架司登]工?证|认证))"
)
DRIVING = re.compile(
    r"(?<![a-z0-9])(?P<name>[abc][123]e?(?:[/或、][abc][123]e?)*(?:本|证|照|型)?(?: ?(?:及以上|以上))?(?:的)?(?:机动车)?(?:驾驶证|驾照|驾驶执照|本|证|照)|驾驶证|驾照|驾驶执照)"
)
ENGLISH = pattern(
    r"(?P<name>(?:cet ?-? ?[46]|(?:大学)?(?:英语|外语) ?(?:cet ?-? ?)?[四六46] ?级|专[四八]|tem ?-? ?[48]|雅思|托福|托业|toefl|ielts|日语 ?n ?[1-5]|n[1-3](?=级|证|水平)|普通话[一二三][级甲乙]))"
)
KNOWN = re.compile(
    r"(?P<name>注册会计师|cpa|acca|cfa|pmp|软考|ccna|ccnp|ccie|hcia|hcip|hcie|ocp|ocm|rhce|cissp|cisp|cisa|itil|一级建造师|二级建造师|一建|二建|注册[一-龥]{2,6}(?:工程师|建筑师|消防师)|执业(?:药师|医师|护士)资格?|法律职业资格|司法考试)(?![a-z])"
)
_NOT_ASKED = re.compile(
    r"毕业证|学位证|身份证|居住证|结婚证|营业执照|专利|荣誉|获奖|离职证|学历证|暂住证|工作证|保证|验证|签证|论证|凭证|查证|考证|取证|质量认证|身份认证|登录认证|用户认证|体系认证|认证$"
)
_LEAD = re.compile(
    r"^.*(?:持有?|具有|具备|取得|获得|拥有|考取|通过|须有|需有|要有|办理|有|或|和|及|与|者|的|含|要求|等|国家|相关|其他|带|上|需|须|必须)(?=[一-龥a-z0-9]{2})"
)


def find(text: Text) -> list[Found]:
    """Each certificate once, with the words that name it."""
    found = []
    for evidence, expression in (
        ("english", ENGLISH),
        ("driving", DRIVING),
        ("known", KNOWN),
        ("worded", ANY),
    ):
        found += [one for match in expression.finditer(text.plain) if (one := _read(text, match, evidence))]
    seen: set[str] = set()
    kept = []
    for one in longest(found):
        key = str(one.value).lower()
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _read(text: Text, match: re.Match[str], evidence: str) -> Found | None:
    start, end = match.span("name")
    if text.part(start) in ("company", "contact", "pay", "ladder"):
        return None
    if evidence == "worded":
        lead = _LEAD.match(match["name"])
        start += lead.end() if lead else 0
        if end - start < 3 or _NOT_ASKED.search(text.plain[start:end]) or text.plain[start:end] in GENERIC:
            return None
    return Found(_value(text, start, end, evidence), start, end, evidence)


GENERIC = {"资格证", "资格证书", "职业资格证书", "职业资格证", "上岗证", "操作证", "等级证书", "技能证书", "从业资格证", "执业证", "合格证", "执业资格证", "岗位资格证书", "职业技能等级证书"}  # fmt: skip


def _value(text: Text, start: int, end: int, evidence: str) -> str:
    words = text.plain[start:end].replace(" ", "")
    if evidence == "english" and re.search(r"英语|外语|cet", words):
        return "CET-4" if re.search("[四4]", words) else "CET-6"
    return text.words(start, end)


READER = Reader(
    "certificates", find, {"english": 0.97, "driving": 0.97, "known": 0.97, "worded": 0.93}, many=True
)
