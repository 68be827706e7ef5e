"""Cleaning the titles of needs (岗位名称): what names the work stays, what praises, pays or places it goes."""

from __future__ import annotations

import re

_BRACKETS = re.compile(r"[（(【\[<《][^（()）【】\[\]<>《》]*[)）】\]>》]")
_PAY = re.compile(
    r"(?:月薪|年薪|底薪|薪资|工资|待遇|无责|保底)?\s*\d+(?:\.\d+)?\s*[kKwW万千元]?\s*(?:[-~—–至到]\s*\d+(?:\.\d+)?\s*)?"
    r"(?:[kKwW]\b|万|千|元)(?:\s*/?\s*(?:月|年|天|时|小时))?\s*(?:以上|起|左右|\+)?"
    r"|(?:月薪|年薪|月入|底薪|薪资|工资|保底)\s*\d+(?:\s*[-~—–至到]\s*\d+)?\s*\+?"
)
_WELFARE = re.compile(
    r"五险一金|六险一金|五险|社保|包吃包住|包吃住|包食宿|包吃|包住|食宿|双休|周末双休|年终奖|带薪年假|高薪|高提成|可无经验"
    r"|无经验可|零基础|不加班|长白班|急聘|急招|诚聘|直聘|招聘|招募|诚招|热招|聘请|应届毕业生|应届生|应届|校园招聘|校招|社招|可实习"
    r"|数名|若干名?|多名|\d+\s*名|\d{2,4}届"
)
_SENIORITY = re.compile(r"资深|高级|初级|中级|储备|见习|助理(?=工程师)|senior|junior|sr\.|jr\.", re.IGNORECASE)
_NUMBERING = re.compile(r"^[a-z]{0,3}\d{2,}\s*[-_：:]|[-_—]\s*\d+$", re.IGNORECASE)
_SPACE = re.compile(r"[\s_/|、，,;；+·—–-]+")


def clean_title(title: str, places: frozenset[str] = frozenset()) -> str:
    """The title without brackets, pay, welfare, seniority, calls to apply, and parts that are one of `places`.

    A title of which nothing would be left stays as it is.
    """
    bare = title
    for pattern in (_BRACKETS, _NUMBERING, _PAY, _WELFARE, _SENIORITY):
        bare = pattern.sub(" ", bare)
    parts = [part for part in _SPACE.split(bare) if part and part.removesuffix("市") not in places]
    return " ".join(parts) or title.strip()
