"""A search as a request asks it."""

import re
from collections.abc import Mapping
from typing import Any

from rest_framework.request import Request

from matching.taxonomy import regions
from rongqiao.common import params
from rongqiao.common.errors import Problem, from_code
from rongqiao.postings import kinds
from rongqiao.postings.vocabulary import DEGREE_ORDER

from ..asking import FRESH, SORTS, Asked, Place

LONGEST = 2_000
# How long each may be; those with choices are as long as these.
LENGTHS = {
    "q": LONGEST, "region": 12, "major": 10, "occupation": 12, "industry": 8, "chain": 60, "field": 10, "organisation": 12,
    "near": 40,
}  # fmt: skip
FILTERS = (
    "q", "kind", "region", "level", "degree", "major", "occupation", "industry", "chain", "field", "organisation",
    "fresh", "near", "km", "sort",
)  # fmt: skip
KEPT = frozenset(FILTERS) - {"sort"}
NEAREST_KM, FURTHEST_KM, USUAL_KM = 1, 5_000, 50
_POINT = re.compile(r"(-?\d{1,2}(?:\.\d{1,8})?),(-?\d{1,3}(?:\.\d{1,8})?)")


def asked_of(request: Request, offset: int = 0, size: int = 20) -> Asked:
    """The words and filters of a request. Raises Problem that names what is wrong."""
    params.refuse_unknown(request, *FILTERS)
    return _asked({name: params.text(request, name, LENGTHS.get(name, 40)) for name in FILTERS}, offset, size)


def asked_from(given: Mapping[str, str]) -> Asked:
    """The same of words and filters that came in a body; they have no order."""
    unknown = sorted(set(given) - KEPT)
    if unknown:
        raise Problem(*(from_code("unknown_filter", f"filters.{name}") for name in unknown))
    for name, value in given.items():
        if len(value) > LENGTHS.get(name, 40):
            raise Problem(from_code("too_long", name))
    return _asked({name: str(given.get(name, "")).strip() for name in FILTERS}, 0, 20)


def _asked(said: Mapping[str, str], offset: int, size: int) -> Asked:
    choices = {
        "kind": {kind.code for kind in kinds.all_kinds()}, "level": {"1", "2", "3", "4", "5"},
        "degree": set(DEGREE_ORDER), "fresh": {str(days) for days in FRESH}, "sort": set(SORTS),
    }  # fmt: skip
    for name, values in choices.items():
        if said[name] and said[name] not in values:
            raise Problem(from_code("invalid_choice", name))
    place = _place(said["near"], said["km"])
    if said["sort"] == "nearest" and place is None:
        raise Problem(from_code("required", "near"))
    words: dict[str, Any] = {name: value for name, value in said.items() if name not in ("q", "fresh", "near", "km")}
    return Asked(words=said["q"], fresh=int(said["fresh"] or 0), place=place, offset=offset, size=size, **words)


def _place(near: str, km: str) -> Place | None:
    around = _kilometres(km)
    if not near:
        return None
    point = _POINT.fullmatch(near)
    if point and abs(float(point[1])) <= 90 and abs(float(point[2])) <= 180:
        return Place(float(point[1]), float(point[2]), around)
    region = regions().get(near)
    if region is None or region.lat is None or region.lng is None:
        raise Problem(from_code("unknown_code", "near"))
    return Place(region.lat, region.lng, around)


def _kilometres(said: str) -> int:
    if not said:
        return USUAL_KM
    if not said.isascii() or not said.isdigit():
        raise Problem(from_code("not_number", "km"))
    if int(said) > FURTHEST_KM:
        raise Problem(from_code("too_large", "km"))
    if int(said) < NEAREST_KM:
        raise Problem(from_code("too_small", "km"))
    return int(said)
