"""Numbers as Chinese texts write them: 3, 3.5, 三, 十二, 二十; ranges; degrees; money. Shared with the cells of tables."""

from typing import Final

NUMERALS: Final = {
    "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
N: Final = r"(\d+(?:\.\d+)?|[一二两三四五六七八九]?十[一二三四五六七八九]?|[零一二两三四五六七八九])"
"""A pattern of one number, one group."""
SMALL: Final = N.replace(r"\d+(?:\.\d+)?", r"(?<!\d)\d{1,5}(?:\.\d{1,2})?")
"""The same for running text: no more than five digits, so that a page of digits is not tried at every place."""
TO: Final = r"[-~—–至到]+"
"""What stands between the ends of a range."""

# The word itself → code of the degree. 高中 is of the same level as 中职 (高中阶段教育); below it, any.
DEGREE_WORDS: Final = {
    "不限": "any", "无要求": "any", "不要求": "any", "初中": "any", "小学": "any", "初中及以下": "any",
    "高中": "secondary", "普高": "secondary", "职高": "secondary", "中专": "secondary", "中技": "secondary",
    "中职": "secondary", "技校": "secondary", "职业高中": "secondary",
    "大专": "college", "专科": "college", "高职": "college", "高职专科": "college", "高职高专": "college",
    "高专": "college", "本科": "bachelor", "大学本科": "bachelor", "学士": "bachelor", "职业本科": "bachelor",
    "研究生": "master", "硕士": "master", "硕士研究生": "master", "mba": "master", "博士": "doctor",
    "博士研究生": "doctor",
}  # fmt: skip
DEGREE_ORDER: Final = ("any", "secondary", "college", "bachelor", "master", "doctor")

# 月计薪天数 21.75 and 8 hours a day: 劳社部发〔2008〕3号.
MONTHS: Final = {"month": 1.0, "year": 1 / 12, "day": 21.75, "hour": 174.0}
UNITS: Final = {
    "": 1.0,
    "元": 1.0,
    "块": 1.0,
    "k": 1e3,
    "千": 1e3,
    "千元": 1e3,
    "w": 1e4,
    "万": 1e4,
    "万元": 1e4,
}
PERIODS: Final = {
    "月": "month", "年": "year", "天": "day", "日": "day", "时": "hour", "小时": "hour", "month": "month", "year": "year",
}  # fmt: skip
LEAST_MONTHLY: Final = 500.0
"""Yuan a month below which an amount is no wage."""


def numeral(text: str) -> float:
    """3, 3.5 or 三, 十二, 二十."""
    if text[0].isdigit():
        return float(text)
    if "十" not in text:
        return float(NUMERALS[text])
    tens, ones = text.split("十")
    return float(NUMERALS.get(tens, 1) * 10 + NUMERALS.get(ones, 0))
