"""The names that come and go: who posts, from where, under which titles. Followed in steps, a few queries each."""

import math
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

import rjieba
from django.db.models import Exists, OuterRef

from matching.taxonomy import regions
from matching.taxonomy.regions import spoken_names
from matching.taxonomy.tables import plain
from rongqiao.indexing.models import Content, Indexed
from rongqiao.parties.models import Organisation
from search.schema import LARGEST_KEY

from .lexicon import listed, rows
from .names import Name, Names
from .national import national, region_names

REFRESH_SECONDS = 5.0
WHOLE_SECONDS = 600.0
MOST_TITLES = 60_000
"""Distinct titles kept in memory, the newest: some 60 MB at most."""
MOST_WORDS = 60_000
"""Words of titles: what is sold or grown here (天麻) stands in no table."""
AT_ONCE = 5_000
"""Titles that one look takes up, the newest first: whoever asks first after a start waits half a second, not ten."""
LONGEST_TITLE = 40
SHORTEST_STEM = 2
_MARK = "·"
_ENDINGS = tuple(cells[0] for cells in rows("short_names"))


class LiveNames:
    """Names of this process's database, looked after whoever asks for them once a few seconds.

    Contents are never changed and organisations carry the moment of their last change, so each look reads only what is
    new: no query per row and none per question.
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Start anew (another database, in tests)."""
        self._lock = threading.Lock()
        self._begin()
        self._names = self._growing

    def stand_still(self, names: Names) -> None:
        """Have these names and look for no others (for measuring)."""
        self._names, self._until = names, math.inf

    def _begin(self) -> None:
        self._growing = Names()
        self._until = 0.0
        self._whole_until = time.monotonic() + WHOLE_SECONDS
        self._newest, self._oldest = 0, LARGEST_KEY
        self._changed: datetime | None = None
        self._titles = 0
        self._regions: set[str] = set()
        self._words: set[str] = set()
        self.codes: set[str] = set()
        """Codes of majors and occupations that a posting has or had: those worth proposing first."""

    def names(self) -> Names:
        """The names as they were a few seconds ago at most."""
        if time.monotonic() >= self._until and self._lock.acquire(blocking=False):
            try:
                self._begin_anew_if_old()
                self._follow()
                self._until = time.monotonic() + REFRESH_SECONDS
            finally:
                self._lock.release()
        return self._names

    def _begin_anew_if_old(self) -> None:
        """What has closed meanwhile goes only so; whoever asks during the look has the old names."""
        if time.monotonic() >= self._whole_until:
            self._begin()

    def _follow(self) -> None:
        changed = Organisation.objects.exclude(verify_status="suspended").order_by("updated_at")
        if self._changed is not None:
            changed = changed.filter(updated_at__gt=self._changed)
        columns = ("pk", "name", "uscc", "institution__school_code", "region_code", "updated_at")
        organisations = list(changed.values_list(*columns))
        # Of what is open alone: what somebody has withdrawn is not proposed.
        posted = Exists(Indexed.objects.filter(content_id=OuterRef("pk")))
        contents = Content.objects.filter(posted).order_by("-pk").values_list("pk", "title", "majors", "occupations")
        # What is new from the oldest on, lest an import of more than one look takes leave a gap; what was there backwards.
        newer = list(contents.filter(pk__gt=self._newest).order_by("pk")[:AT_ONCE]) if self._newest else []
        older = list(contents.filter(pk__lt=self._oldest)[:AT_ONCE])
        self._growing.add((*self._of_organisations(organisations), *self._of_contents([*newer, *older])))
        self._names = self._growing

    def _of_organisations(self, found: list[Any]) -> Iterator[tuple[str, Name]]:
        for pk, name, uscc, school_code, region, changed in found:
            self._changed = changed
            for spelling, share in spoken(name, region):
                yield spelling, Name(name, "organisation", (str(pk),), share)
            for code in (*_codes(uscc or ""), *_school_codes(school_code or "")):
                if code:
                    yield code, Name(name, "organisation", (str(pk),))
            yield from self._of_region(region)

    def _of_region(self, code: str) -> Iterator[tuple[str, Name]]:
        for row in regions().path(code):
            if row.code not in self._regions:
                self._regions.add(row.code)
                yield from region_names(row.code)

    def _of_contents(self, found: list[tuple[int, str, list[str], list[str]]]) -> Iterator[tuple[str, Name]]:
        for pk, title, major_codes, occupation_codes in found:
            self._newest, self._oldest = max(self._newest, pk), min(self._oldest, pk)
            self.codes.update(major_codes, occupation_codes)
            if len(title) <= LONGEST_TITLE and self._titles < MOST_TITLES:
                self._titles += 1
                yield title, Name(title, "title")
            for word in rjieba.cut(title):
                if len(word) > 1 and word not in self._words and len(self._words) < MOST_WORDS:
                    self._words.add(word)
                    yield word, Name(word, "term")


live = LiveNames()


def spoken(name: str, region: str) -> list[tuple[str, float]]:
    """The ways to say an organisation's name, each with the share of it that is said: 重庆三峡医药高等专科学校,
    三峡医药高专, 三峡医药; 演示·江源数控装备有限公司, 江源数控. `region` is the code of where it is: only that place is
    left out, and neither a place nor a word that means something else stands for it."""
    bare = name.split(_MARK)[-1].strip() or name
    found = {name: 1.0, bare: 1.0} | dict.fromkeys(_other_names().get(name, ()), 1.0)
    for whole in (bare, _without_place(bare, region)):
        stem, endings = _stem(whole)
        found |= {stem + ending: 0.9 for ending in endings}
        found |= {place + ending: 0.7 for ending in endings if (place := _place(bare, region))}
        found |= dict.fromkeys(_beginnings(stem), 0.4) | {stem: 0.8, whole: 0.9}
    taken = {short for row in regions().path(region) for short in spoken_names(row.name)}
    return [
        (spelling, share)
        for spelling, share in found.items()
        if len(spelling) >= SHORTEST_STEM and spelling not in taken and (share >= 1 or not national().meanings(plain(spelling)))
    ]


@cache
def _other_names() -> dict[str, tuple[str, ...]]:
    return {name: listed(others) for name, others in rows("other_names")}


def _codes(uscc: str) -> tuple[str, ...]:
    """A 统一社会信用代码, and the part of it that used to be the 组织机构代码, with and without the last sign."""
    return (uscc, uscc[8:], uscc[8:17]) if uscc else ()


def _school_codes(code: str) -> tuple[str, ...]:
    """A 学校标识码, and the 院校代码 of five digits at its end, which applicants know."""
    return (code, code[-5:]) if code else ()


def _stem(name: str) -> tuple[str, list[str]]:
    """The name without its ending, and how the ending is said; with a place alone before it, its first character too
    (达州职业技术学院 → 达职院)."""
    for ending, *said in rows("short_names"):
        if name.endswith(ending) and len(name) - len(ending) >= SHORTEST_STEM:
            return name.removesuffix(ending), [part for cell in said for part in listed(cell)]
    return name, []


def _without_place(name: str, region: str) -> str:
    """重庆三峡职业学院 → 三峡职业学院; the name itself where too little would stay."""
    for row in regions().path(region):
        for place in sorted(spoken_names(row.name), key=len, reverse=True):
            rest = name.removeprefix(place)
            if rest != name and len(rest) >= 4 and not rest.startswith(_ENDINGS):
                return rest
    return name


def _place(name: str, region: str) -> str:
    """The place a name begins with, in short: 开州 of 开州汉丰职业教育中心, which people call 开州职教中心."""
    shorts = (row.short for row in regions().path(region))
    return next((short for short in shorts if name.startswith(short)), "")


def _beginnings(stem: str) -> list[str]:
    words = rjieba.cut(stem)
    begun = ["".join(words[:count]) for count in range(1, len(words))]
    return [beginning for beginning in begun if len(beginning) >= SHORTEST_STEM]
