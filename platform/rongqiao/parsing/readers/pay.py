"""Pay (薪资): both ends in yuan a month. 底薪 and allowances are not the pay when the whole is said too."""

import re

from rongqiao.common.language import Bilingual

from ..found import Found, Reader
from ..numerals import LEAST_MONTHLY, MONTHS, NUMERALS, PERIODS, TO
from ..text import Text, pattern

# 8000, 8,000, 1.2万, 1万2, 8k, 六千五, 一万二
_AMOUNT = (
    r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?: ?(?:万元|千元|(?:万|千|w)[1-9](?![\d.年个])|万(?!亿)|千|k|w))?"
    r"|[一二两三四五六七八九十]{1,2}(?:万|千)(?:[一二两三四五六七八九](?:千|百)?)?)"
)
_PERIOD = r"(?:月|年|天|日|小时|时|month|year)(?!份|底|终|薪|内|以|龄|均|度|入|收|假|结)"
AMOUNT = pattern(
    rf"(?P<before>一天|每天|每日|每小时|一小时)? ?(?<![\d.,])(?P<low>{_AMOUNT}) ?(?P<yuan>元|块)?(?: {TO} "
    rf"(?P<high>{_AMOUNT}) ?(?P<yuan2>元|块)?)?"
    rf"(?P<open> ?(?:及)?以[上下]|\+|起)?(?: ?(?:人民币|rmb)? ?(?:/|每|一个?|每一个?|·) "
    rf"?(?P<period>{_PERIOD}))?(?P<open2> ?(?:及)?以[上下]|\+|起)?(?P<months> ?[·*x×] ?\d{{2}} ?薪)?"
)
_LABELS = (
    r"税[前后]|综合(?:工资|薪资|收入|月薪|薪酬)?|转正(?:后)?(?:工资|薪资|月薪|薪酬)?|年薪|月薪|日薪|时薪|薪资待遇|"
    r"薪资福利|薪资范围|薪资|薪酬待遇|薪酬福利|薪酬|工资待遇|工资"
    r"|月收入|年收入|月入|年入|月均|收入|待遇|报酬|实习(?:工资|薪资|补贴|补助|津贴|报酬)|到手|salary|pay"
)
LABEL = re.compile(rf"(?P<label>{_LABELS})[^\d。;,\n]{{0,10}}$")
_BASE = re.compile(
    r"(?:底薪|保底(?:工资|薪资)?|基本工资|基础工资|试用期(?:工资|薪资|月薪)?|实习期)[^\d。;,\n]{0,8}$"
)
_BASE_WHOLE = re.compile(r"基本薪资")
_NOT_PAY = re.compile(
    r"(?:补[贴助]?|津贴|餐[补费]|房[补费]|话费|车[补费]|奖金?|奖励|提成|罚|押金|学费|保险|公积金|融资|注册资[本金]|"
    r"产值|营收|营业额|销售额|投资|资产|市值|交易额|规模|成本|费用|预算|红包|礼金|基数|社保|客单价|价格|估值|流水|"
    r"业绩|全勤|租金|高温|工龄|保额|班费?|加班|合租|优惠|近|几|高达)[^\d,。;]{0,6}$"
)
_STUDENT_PAY = re.compile(r"实习(?:补贴|补助|津贴)[^\d]{0,4}$")
_SOME_DAY = re.compile(r"晋升|可达|有望|最高|平均|人均|上不封顶|成长为|晋级|第[二三四五]年|年后")
NEGOTIABLE = pattern(r"(?P<span>(?:薪资|工资|待遇|薪酬|月薪|年薪|报酬)? ?[:】]? ?(?:面议|面谈|详谈|可谈))")
_PER_SAID = {
    "年薪": "year", "年收入": "year", "年入": "year", "日薪": "day", "时薪": "hour", "一天": "day", "每天": "day", "每日": "day",
    "每小时": "hour", "一小时": "hour",
}  # fmt: skip
BY_TIME = Bilingual("按天或小时计薪，请按月填写", "Paid by the day or hour: fill in what that is a month")
_SCALE = {"万": 1e4, "w": 1e4, "千": 1e3, "k": 1e3}


def find(text: Text) -> list[Found]:
    """Every amount that is a wage, as {"low", "high"} in yuan a month, either may be None; by the day or hour both are,
    and "per" says so."""
    found = [one for match in AMOUNT.finditer(text.plain) if (one := _read(text, match))]
    for match in NEGOTIABLE.finditer(text.plain):
        labelled = match["span"][:1] not in "面详可" or text.part(match.start()) == "pay"
        if text.part(match.start()) != "company" and match["span"] not in ("可谈", "详谈", "面谈"):
            value = {"low": None, "high": None}
            found.append(
                Found(value, match.end() - 2, match.end(), "negotiable" if labelled else "negotiable?")
            )
    return sorted(found, key=lambda each: each.start)


def _read(text: Text, match: re.Match[str]) -> Found | None:
    if text.part(match.start()) in ("company", "contact", "ladder"):
        return None
    before = text.before(match.start(), 24)
    label = LABEL.search(before)
    if _NOT_PAY.search(before) and not _STUDENT_PAY.search(before):
        return None
    said = label["label"] if label else ""
    base = _BASE.search(before)
    evidence = _class_of(text, match, said, bool(base))
    period = _period(match, said)
    if not evidence or not period:
        return None
    start, end = match.start("before") if match["before"] else match.start("low"), _end(match)
    if period in ("day", "hour"):
        return Found({"low": None, "high": None, "per": period}, start, end, "by time", BY_TIME)
    value = _bounds(match, MONTHS[period], evidence)
    if value is None:
        return None
    phrase = text.plain[text.phrase(start, end)[0] : start]
    return Found(value, start, end, "some day" if _SOME_DAY.search(phrase) else evidence)


def _class_of(text: Text, match: re.Match[str], label: str, base: bool) -> str:
    words = match["low"] + (match["high"] or "")
    units = bool(re.search("[万千kw]", words) or match["yuan"] or match["yuan2"])
    if base:
        return "base pay"
    if label and (
        units or match["high"] or match["period"] or float(re.sub(r"\D", "", match["low"]) or 0) >= 1_000
    ):
        return "labelled"
    if match["before"] and units:
        return "by period"
    if "k" in words and match["high"]:
        return "by K"
    if units and match["period"] and (match["high"] or text.part(match.start()) == "pay"):
        return "by period"
    return "in pay" if match["high"] and text.part(match.start()) == "pay" and units else ""


def _period(match: re.Match[str], label: str) -> str:
    said = _PER_SAID.get(label) or _PER_SAID.get(match["before"] or "") or PERIODS.get(match["period"] or "")
    if said:
        return said
    large = (
        re.search("[万w]", match["low"] + (match["high"] or ""))
        and amount(match["high"] or match["low"]) >= 50_000
    )
    return "" if large else "month"


def amount(words: str, like: str = "") -> float:
    """Yuan: 8000, 1.2万, 1万2, 六千五; `like` is the other end of the range, whose unit a bare small number takes."""
    plain = words.replace(",", "").replace(" ", "").replace("元", "")
    scale = re.search("[万w千k]", plain)
    if scale is None:
        value = float(plain)
        other = re.search("[万w千k]", like)
        return value * _SCALE[other[0]] if other and value < 1_000 else value
    head, rest = plain[: scale.start()], plain[scale.end() :]
    factor = _SCALE[scale[0]]
    value = (float(head) if head[0].isdigit() else _chinese(head)) * factor
    if rest:
        value += (float(rest) if rest.isdigit() else _chinese(rest[0])) * factor / 10
    return value


def _chinese(words: str) -> float:
    if "十" in words:
        tens, ones = words.split("十", 1)
        return NUMERALS.get(tens, 1) * 10 + NUMERALS.get(ones, 0)
    return float(NUMERALS[words[-1]])


def _bounds(match: re.Match[str], factor: float, evidence: str) -> dict[str, float | None] | None:
    first = amount(match["low"], match["high"] or "")
    last = amount(match["high"], match["low"]) if match["high"] else first
    low, high = float(round(first * factor)), float(round(last * factor))
    if low < LEAST_MONTHLY or high < low or high > 1_000_000:
        return None
    side = (match["open"] or "") + (match["open2"] or "")
    if match["high"]:
        return {"low": low, "high": high}
    if "下" in side:
        return {"low": None, "high": high}
    return {"low": low, "high": None if evidence == "base pay" or re.search(r"上|\+|起", side) else high}


def _end(match: re.Match[str]) -> int:
    """Where the amount ends: a plus that joins something else on (6000元+提成) is not part of it."""
    end = match.end() - len(match[0]) + len(match[0].rstrip())
    return end - 1 if match.string[end - 1 : end] == "+" else end


def choose(found: list[Found]) -> list[Found]:
    """The pay as a whole before the base pay, an amount before 面议."""
    for classes in (
        ("labelled", "by K", "by period", "in pay"),
        ("by time",),
        ("base pay", "some day"),
        ("negotiable",),
    ):
        of_class = [one for one in found if one.evidence in classes]
        if of_class:
            return of_class
    return found


READER = Reader(
    "pay",
    find,
    {
        "labelled": 0.97, "by K": 0.97, "by period": 0.97, "in pay": 0.93, "base pay": 0.6, "some day": 0.3, "by time": 0.9,
        "negotiable": 0.97, "negotiable?": 0.8,
    },
    choose=choose,
)  # fmt: skip
