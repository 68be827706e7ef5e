"""What of an organisation's name is its own, and how like another's it is."""

import re
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from matching.taxonomy.regions import regions, short_name
from rongqiao.common.spelling import folded

LEGAL_FORMS = ("有限责任公司", "股份有限公司", "有限公司", "公司")
ENOUGH = 82
_BRACKETS = re.compile(r"[(\[【〔〈].*?[)\]】〕〉]")
_LONGEST_PLACE = 15


@dataclass(frozen=True, slots=True)
class Core:
    """A name taken apart: what is its own (字号 and trade), and the places named before it."""

    own: str
    places: frozenset[str]


def core_of(name: str, region_code: str = "") -> Core:
    """演示机电有限公司, 演示机电公司（万州） and 重庆市万州区演示机电有限责任公司 all have the core 演示机电. A place counts
    by its full name, or by its short one (万州) when it lies above the organisation's own region."""
    plain = _BRACKETS.sub("", folded(name))
    for form in LEGAL_FORMS:
        plain = plain.replace(form, "")
    plain = plain.removesuffix("集团")
    own, places = plain, set()
    near = {short_name(region.name) for region in regions().path(region_code)} if region_code else set()
    while place := _place_before(own, near):
        own = own.removeprefix(place)
        places.add(short_name(place))
    return Core(own, frozenset(places)) if own else Core(plain, frozenset())


def likeness(one: Core, other: Core) -> int:
    """0–100. 0 for another 字号 (its first two signs), or when each names a place that the other does not: firms of one
    district share a long beginning, and firms of one trade a long end."""
    apart = one.places - other.places and other.places - one.places
    if apart or one.own[:2] != other.own[:2]:
        return 0
    return round(fuzz.ratio(one.own, other.own))


def _place_before(name: str, near: set[str]) -> str:
    """The place that a name begins with, "" for none; never the whole name."""
    for length in range(min(_LONGEST_PLACE, len(name) - 1), 1, -1):
        if name[:length] in _full_names() or name[:length] in near:
            return name[:length]
    return ""


@cache
def _full_names() -> frozenset[str]:
    """Names of regions that nothing else is called by: 万州区, 达州市, not 和平."""
    return frozenset(region.name for region in regions() if len(region.name) >= 3)
