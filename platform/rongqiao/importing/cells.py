"""The language of Chinese table cells: degrees, years, numbers of people, days, regions, amounts.

Each is read or doubted, never guessed.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from matching.taxonomy.regions import Region, regions
from rongqiao.common.language import Bilingual
from rongqiao.parsing.numerals import DEGREE_ORDER, DEGREE_WORDS, TO, N, numeral

# What people write where they have nothing to say.
NOTHING = frozenset(
    {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "不详", "未填", "未知", "null", "none", "n/a", "nan"}
)
NO_NUMBER = frozenset({"若干", "若干人", "若干名", "不限", "不限人数", "面议", "待定", "详谈", "长期招聘"})

_DEGREE_AROUND = re.compile(
    r"^(统招|全日制|普通|学历|最低|至少)+|(学历|学位|毕业)?(及|或)?以上(学历|学位)?$|(学历|学位|毕业生?)$"
)
_DEGREE_SPLIT = re.compile(r"[/、,;或|]|\bor\b")

_AFTER_YEARS = r"(?:相关|行业)?(?:工作)?(?:经验|经历)?(?:者)?(?:优先)?"
_YEARS = re.compile(rf"^(?:至少|{N}{TO})?{N}年(?:及?以上|及以上)?(?:的)?{_AFTER_YEARS}$")
_YEARS_BELOW = re.compile(rf"^{N}年(?:以内|以下|及以下|内){_AFTER_YEARS}$")
_NO_YEARS = re.compile(
    r"^(经验|工作经验|年限)?(不限|无要求|不要求)(经验)?$|^(无|无需|不需要?)(工作)?经验(要求)?$|^应届(毕业)?生?$|^在校生?$"
)
_PEOPLE = re.compile(rf"^(?:招聘?)?{N}(?:人|名|个|位)(?:左右)?$")
_LANGUAGE = re.compile(
    r"^(?:(?:英语|日语|韩语|德语|法语|俄语|西班牙语|普通话|粤语)(?:一般|良好|熟练|精通)&?)+$"
)
_DAY = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$")
_PLAIN_DAY = re.compile(r"^(19|20)(\d{2})(\d{2})(\d{2})$")
_MONEY = {"元": 1, "千元": 1e3, "千": 1e3, "万元": 1e4, "万": 1e4, "亿元": 1e8, "亿": 1e8}
_AMOUNT = re.compile(rf"^{N}(.*)$")

MEANINGS = {
    "degree": Bilingual("学历", "a degree"),
    "years": Bilingual("工作经验", "years of experience"),
    "pay": Bilingual("薪资", "pay"),
    "people": Bilingual("人数", "a number of people"),
    "language": Bilingual("语言能力", "a language skill"),
    "date": Bilingual("日期", "a date"),
}


class Doubt(Exception):
    """A cell that cannot be taken as it stands: a code of `faults`, its words, what they look like."""

    def __init__(self, code: str, value: str = "", hint: str = "") -> None:
        super().__init__(code, value, hint)
        self.code = code
        self.value = value
        self.hint = hint


def tidy(text: str) -> str:
    """A short cell for parsing: full-width forms folded, spaces gone, small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def says_nothing(text: str) -> bool:
    """Whether the cell is empty or one of the ways to write that."""
    return tidy(text) in NOTHING


def degree(text: str) -> str:
    """The lowest degree asked for, as its code: 本科及以上 → bachelor, 大专/本科 → college. Raises Doubt."""
    found = _degree(tidy(text))
    if found is None:
        raise _doubted(text, "degree")
    return found


def _degree(plain: str) -> str | None:
    codes = []
    for part in _DEGREE_SPLIT.split(plain):
        bare = part if part in DEGREE_WORDS else _DEGREE_AROUND.sub("", _DEGREE_AROUND.sub("", part))
        if bare not in DEGREE_WORDS:
            return None
        codes.append(DEGREE_WORDS[bare])
    return min(codes, key=DEGREE_ORDER.index)


def years(text: str) -> float:
    """The years of experience asked for at least: 3-5年 → 3, 1年以内 and 应届生 → 0. Raises Doubt."""
    plain = tidy(text)
    if _NO_YEARS.match(plain) or _YEARS_BELOW.match(plain):
        return 0
    found = _YEARS.match(plain) or re.match(rf"^(?:{N}{TO})?{N}$", plain)
    if found is None:
        raise _doubted(text, "years")
    low, high = numeral(found[1] or found[2]), numeral(found[2])
    if low > high:
        raise Doubt("reversed", text.strip())
    return low


def day(text: str) -> str:
    """A day in ISO 8601: 2026年9月1日, 2026/9/1, 20260901. A month alone is doubted."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    found = _DAY.match(plain)
    if found:
        parts = [int(found[1]), int(found[2]), int(found[3])]
    elif plainer := _PLAIN_DAY.match(plain):
        parts = [int(plainer[1] + plainer[2]), int(plainer[3]), int(plainer[4])]
    else:
        raise _doubted(text, "date", "not_date")
    try:
        return date(*parts).isoformat()
    except ValueError as error:
        raise Doubt("not_date", text.strip()) from error


def amount(unit: str) -> Callable[[str], float | None]:
    """A reader of numbers that may carry their unit (3人, 120 平方米, 1,200); money in another unit is
    converted (500000元 is 50 万元). 若干人 says nothing."""
    people = {"人", "名", "个", "位"} if unit in ("人", "个") else set()
    own_money = _MONEY.get(unit.split("/")[0])

    def read(text: str) -> float | None:
        plain = tidy(text).replace(",", "").rstrip("。.")
        if plain in NO_NUMBER:
            return None
        found = _AMOUNT.match(plain)
        if found is None or (found[2] and unit == "人" and recognise(text) not in (None, "people")):
            raise _doubted(text, "people" if unit == "人" else "", "not_number")
        value, said = numeral(found[1]), found[2]
        if said in ("", unit) or said in people:
            return value
        if own_money and said in _MONEY:
            return value * _MONEY[said] / own_money
        if re.match(rf"^{TO}\d", said):
            raise Doubt("several_values", text.strip())
        raise _doubted(text, "people" if unit == "人" else "", "not_number")

    return read


@lru_cache(maxsize=20_000)
def region(text: str) -> str:
    """The code of the division named: 北京-昌平区, 重庆市万州区, 深圳-科技园 (深圳市: what follows is no
    division). Raises Doubt for none, several, or a name that more than one division has."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = regions().get(plain) or regions().find(plain) or _head(plain) or _address(plain)
    if found is None:
        places = [part for part in re.split(r"[、,;/|]", plain) if part.strip()]
        if len(places) > 1 and all(regions().find(part) for part in places):
            raise Doubt("several_values", text.strip())
        raise _doubted(text, "", "unknown_code")
    return found.code


def _head(plain: str) -> Region | None:
    """The division before a dash whose other side is a quarter or a street."""
    head, dash, _ = plain.partition("-")
    return regions().find(head) if dash and head else None


def _address(plain: str) -> Region | None:
    """The division at the head of an address, if it is written in full (重庆市万州区天星路666号)."""
    found = regions().find(plain, address=True) if len(plain) > 6 else None
    return found if found is not None and found.name in plain else None


def recognise(text: str) -> str | None:
    """Which column's vocabulary the whole cell belongs to (a key of MEANINGS), for finding shifted cells."""
    from . import pay

    plain = tidy(text)
    if not plain or len(plain) > 40 or plain in NO_NUMBER or plain in NOTHING:
        return None
    if _degree(plain) not in (None, "any"):
        return "degree"
    if _YEARS.match(plain) or _YEARS_BELOW.match(plain) or _NO_YEARS.match(plain):
        return "years"
    for meaning, pattern in (("people", _PEOPLE), ("language", _LANGUAGE), ("date", _DAY)):
        if pattern.match(plain):
            return meaning
    return "pay" if pay.looks_like(plain) else None


def _doubted(text: str, own: str, code: str = "unreadable") -> Doubt:
    """Shifted when the cell speaks another column's language, otherwise unreadable (or a plainer code)."""
    meaning = recognise(text)
    if meaning and meaning != own:
        return Doubt("shifted", text.strip(), meaning)
    return Doubt(code, text.strip())


def refuse_shifted(text: str, allowed: frozenset[str] = frozenset()) -> str:
    """The text, unless all of it belongs to another column's vocabulary. Raises Doubt."""
    meaning = recognise(text)
    if meaning and meaning not in allowed:
        raise Doubt("shifted", text.strip(), meaning)
    return text.strip()
