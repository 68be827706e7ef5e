"""Pay as tables write it (薪资): 8千-1.5万/月, 10-15K·14薪, 15-20万/年, 200元/天 → yuan a month."""

import re
from typing import Literal

from rongqiao.parsing.numerals import LEAST_MONTHLY, MONTHS, PERIODS, UNITS

from .cells import Doubt, recognise, tidy

Period = Literal["month", "year", "", "day", "hour"]

NEGOTIABLE = frozenset(
    {"面议", "薪资面议", "工资面议", "待遇面议", "薪酬面议", "详谈", "不限", "待定", "从优", "待遇从优"}
)

_ANSWERS = re.compile(r"\d+(小时|天)内?反馈$")
_NUMBER = r"(\d+(?:\.\d+)?)"
_UNIT = r"(万元|千元|元|块|万|千|k|w)?"
_PAY = re.compile(
    rf"^(?P<yearly>年薪|月薪|日薪|时薪)?[:]?{_NUMBER}{_UNIT}(?:(?:[-~—–至到]+){_NUMBER}{_UNIT})?(?P<open>(?:及)?以[上下])?"
    r"(?:(?:/|每|·?/)?(?P<period>月|年|天|日|小时|时|month|year))?(?P<open2>(?:及)?以[上下])?(?:[·*x×]?\d+(?:薪|个月))?$"
)
_SAID = {"年薪": "year", "月薪": "month", "日薪": "day", "时薪": "hour"}


def pay(text: str, period: Period = "") -> tuple[float | None, float | None] | None:
    """(low, high) in yuan a month, None for 面议. `period` is what a number means that names no period.

    "K" is by the custom of job sites thousands of yuan a month. Raises Doubt for an amount without a period
    and without K (18-30万), for one too small to be a wage, and for what is no pay at all.
    """
    plain = _ANSWERS.sub("", tidy(text).replace(",", ""))
    if plain in NEGOTIABLE:
        return None
    found = _PAY.match(plain)
    if found is None:
        meaning = recognise(text)
        shifted = meaning is not None and meaning != "pay"
        raise Doubt("shifted" if shifted else "unreadable", text.strip(), meaning or "")
    factor = MONTHS[_period(found, text, period)]
    low, high = _bounds(found)
    if high < low:
        raise Doubt("reversed", text.strip())
    if low * factor < LEAST_MONTHLY and factor >= 1 / 12 and low:
        raise Doubt("unreadable", text.strip())
    side = found["open"] or found["open2"] or ""
    return None if "下" in side else _rounded(low * factor), None if "上" in side else _rounded(high * factor)


def looks_like(plain: str) -> bool:
    """Whether a tidied cell is an amount with a unit and a period or K (so not just a number)."""
    found = _PAY.match(_ANSWERS.sub("", plain))
    if found is None:
        return False
    units = {found[3] or "", found[5] or ""}
    money = bool(units & {"万", "万元", "千", "千元", "元", "k", "w"})
    return money and bool(found["period"] or found["yearly"] or "k" in units or found[4])


def _period(found: re.Match[str], text: str, otherwise: Period) -> str:
    said = _SAID.get(found["yearly"] or "") or PERIODS.get(found["period"] or "")
    if said:
        return said
    if "k" in (found[3], found[5]):
        return "month"
    if otherwise:
        return otherwise
    raise Doubt("no_period", text.strip())


def _bounds(found: re.Match[str]) -> tuple[float, float]:
    """Both ends in yuan; the first number takes the second's unit when it has none (1-1.5万)."""
    first, unit = float(found[2]), found[3]
    if found[4] is None:
        return first * UNITS[unit or ""], first * UNITS[unit or ""]
    last = found[5] if found[5] is not None else unit
    return first * UNITS[(unit if unit is not None else last) or ""], float(found[4]) * UNITS[last or ""]


def _rounded(value: float) -> float:
    return float(round(value))
