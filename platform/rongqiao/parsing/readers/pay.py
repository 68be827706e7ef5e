"""Pay (薪资): both ends in yuan a month. 底薪 and allowances are not the pay when the whole is said too."""

import re

from ..found import Found, Reader
from ..numerals import LEAST_MONTHLY, MONTHS, PERIODS, TO, UNITS
from ..text import Text, pattern

_AMOUNT = r"(?<![\d.])(?P<low>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?) (?P<unit>万元|千元|元|块|万|千|k|w)?"
_UP_TO = (
    rf"(?: {TO} (?P<high>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?) (?P<high_unit>万元|千元|元|块|万|千|k|w)?)?"
)
_PER = r"(?P<open> (?:及)?以[上下]|\+|起)? (?:(?:人民币|rmb)? ?(?:/|每|一个?|每一个?|·)? ?(?P<period>月|年|天|日|小时|时|month|year)(?!份|底|终|薪|内|以|龄))?(?P<open2> (?:及)?以[上下]|\+|起)?"
_MONTHS = r"(?P<months> ?[·*x×]? ?\d{2} ?薪)?"
AMOUNT = pattern(rf"{_AMOUNT}{_UP_TO}{_PER}{_MONTHS}")
LABEL = re.compile(
    r"(?P<label>税[前后]|综合(?:工资|薪资|收入|月薪|薪酬)?|转正(?:后)?(?:工资|薪资|月薪)?|年薪|月薪|日薪|时薪|薪资待遇|薪资福利|薪资范围|基本薪资|薪资|薪酬待遇|薪酬|工资待遇|工资|月收入|年收入|收入|待遇|报酬"
    r"|实习(?:工资|薪资|补贴|补助|津贴)|保底(?:工资|薪资)?|无责任?底薪|底薪|基本工资|基础工资|到手|salary|pay)"
    r"[^\d。;\n]{0,10}$"
)
_NOT_PAY = re.compile(
    r"(?:补[贴助]?|津贴|餐[补费]|房[补费]|话费|车[补费]|奖金?|奖励|提成|罚|押金|学费|保险|公积金|融资|注册资[本金]|产值|营收|营业额|销售额|投资|资产|市值|交易额|规模|成本|费用|预算|项目|红包|礼金|基数|社保|客单价|价格|估值|流水|业绩|全勤|租金|提供|高温|工龄)[^\d,。;]{0,6}$"
)
_PER_SAID = {
    "年薪": "year",
    "年收入": "year",
    "日薪": "day",
    "时薪": "hour",
    "月薪": "month",
    "月收入": "month",
}
_BASE_PAY = re.compile(r"底薪|基本|基础|保底")


def find(text: Text) -> list[Found]:
    """Every amount that is a wage, as {"low", "high"} in yuan a month, either may be None."""
    found = []
    for match in AMOUNT.finditer(text.plain):
        one = _read(text, match)
        if one is not None:
            found.append(one)
    return found


def _read(text: Text, match: re.Match[str]) -> Found | None:
    if text.part(match.start()) in ("company", "contact"):
        return None
    before = text.before(match.start(), 24)
    label = LABEL.search(before)
    if _NOT_PAY.search(before) and not re.search(r"实习(?:补贴|补助|津贴)[^\d]{0,4}$", before):
        return None
    evidence = _class_of(text, match, label["label"] if label else "")
    period = _period(match, label["label"] if label else "")
    if not evidence or not period:
        return None
    value = _bounds(match, MONTHS[period])
    return Found(value, match.start(), _end(match), evidence) if value else None


def _class_of(text: Text, match: re.Match[str], label: str) -> str:
    units = {match["unit"], match["high_unit"]} - {None}
    if label and _BASE_PAY.search(label):
        return "base pay"
    if label and (units or match["high"] or match["period"] or float(match["low"].replace(",", "")) >= 1_000):
        return "labelled"
    if units & {"k"} and match["high"]:
        return "by K"
    if units and match["period"] and match["high"]:
        return "by period"
    if units and match["period"] and text.part(match.start()) == "pay":
        return "in pay"
    return "plain" if match["high"] and text.part(match.start()) == "pay" and units else ""


def _period(match: re.Match[str], label: str) -> str:
    said = _PER_SAID.get(label) or PERIODS.get(match["period"] or "")
    if said:
        return said
    large = (match["unit"] or match["high_unit"] or "") in ("万", "万元", "w") and float(
        match["low"].replace(",", "")
    ) >= 5
    return "" if large else "month"


def _bounds(match: re.Match[str], factor: float) -> dict[str, float | None] | None:
    unit, high_unit = match["unit"], match["high_unit"]
    first = float(match["low"].replace(",", "")) * UNITS[unit or high_unit or ""]
    last = float(match["high"].replace(",", "")) * UNITS[high_unit or unit or ""] if match["high"] else first
    if unit is None and high_unit in ("万", "万元", "w") and first > 1e6:
        first = float(match["low"].replace(",", ""))
    low, high = float(round(first * factor)), float(round(last * factor))
    if low < LEAST_MONTHLY or high < low or high > 1_000_000:
        return None
    side = (match["open"] or "") + (match["open2"] or "")
    return {"low": None if "下" in side else low, "high": None if re.search(r"上|\+|起", side) else high}


def _end(match: re.Match[str]) -> int:
    return match.end() - len(match[0]) + len(match[0].rstrip())


def choose(found: list[Found]) -> list[Found]:
    """The pay as a whole before the base pay."""
    whole = [one for one in found if one.evidence != "base pay"]
    return whole or found


READER = Reader(
    "pay",
    find,
    {"labelled": 0.97, "by K": 0.97, "by period": 0.97, "in pay": 0.93, "plain": 0.9, "base pay": 0.6},
    choose=choose,
)
