"""Administrative divisions (行政区划, GB/T 2260): provinces, prefectures and counties, where they lie and
how they are named."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, cached_property

from matching.taxonomy.tables import Edition, Retired, Table, edition_of, plain, read_rows, retired

EARTH_RADIUS_KM = 6371.0088
LEVELS = ("省级", "地级", "县级")

_PEOPLES = (
    "蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 "
    "瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 "
    "拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 "
    "撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 "
    "德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 "
    "蒙古 哈萨克 柯尔克孜 维吾尔 各族 "
)
_AUTONOMY = re.compile(f"(?:{'|'.join(sorted(_PEOPLES.split(), key=len, reverse=True))})*自治[区州县旗]$")
_SUFFIX = re.compile("(?:特别行政区|自治区|自治州|自治县|自治旗|新区|林区|特区|地区|省|市|盟|州|区|县|旗)$")
_FILLERS = ("中国", "中华人民共和国", "市辖区", "直辖县", "县")
_LONGEST_NAME = 18
_LONGEST_TEXT = 60


@dataclass(frozen=True, slots=True)
class Region:
    """One division. lat, lng in degrees (WGS-84 or near it); `located` is False where the place of the
    prefecture above stands in for its own; lat and lng are None where not even that is known."""

    code: str
    name: str
    level: str
    parent: str
    lat: float | None
    lng: float | None
    located: bool

    @property
    def short(self) -> str:
        """The name without its suffix (万州, 恩施, 内蒙古); two-character names such as 渠县 keep it."""
        return short_name(self.name)


def short_name(name: str) -> str:
    """A division's name without peoples and suffix, never shorter than two characters."""
    for ending in (_AUTONOMY, _SUFFIX):
        bare = ending.sub("", name)
        if bare != name and len(bare) >= 2:
            return bare
    return name


def spoken_names(name: str) -> set[str]:
    """The ways to say a division's own name: 恩施土家族苗族自治州, 恩施, 恩施州."""
    short = short_name(name)
    return {name, short, short + name[-1]} if "自治" in name else {name, short}


class Regions(Table[Region]):
    """The divisions: by code (old codes too), by messy name, by distance."""

    def __init__(self, edition: Edition, rows: list[Region], old: dict[str, Retired]) -> None:
        super().__init__(edition, rows)
        self.retired = old

    def get(self, code: str) -> Region | None:
        """The division of a code; an old code gives the division that took it over (500234 开县 → 开州区)."""
        found = super().get(code)
        if found is None and code in self.retired:
            return super().get(self.retired[code].successor)
        return found

    def name(self, code: str) -> str:
        """The name a code had when it was issued: an old code keeps its own (开县), an unknown one gives
        ""."""
        found = super().get(code)
        if found is not None:
            return found.name
        return self.retired[code].name if code in self.retired else ""

    def full_name(self, code: str) -> str:
        """The names from the province down, each once: 四川省达州市宣汉县."""
        return "".join(row.name for row in self.path(code))

    @cached_property
    def _spoken(self) -> dict[str, frozenset[str]]:
        """Every way to say a division's own name → the codes it may mean."""
        spoken: dict[str, set[str]] = {}
        for row in self:
            for name in spoken_names(row.name):
                spoken.setdefault(name, set()).add(row.code)
        for gone in self.retired.values():
            for name in spoken_names(gone.name) - spoken.keys():
                spoken[name] = {gone.successor}
        return {name: frozenset(codes) for name, codes in spoken.items()}

    def candidates(self, name: str, *, address: bool = False) -> tuple[Region, ...]:
        """All divisions a name may mean, by code. Takes "重庆市万州区", "北京-昌平区", "达州",
        "重庆市市辖区万州区". With `address`, what follows the last division (a street) is ignored."""
        if name.strip() in self or name.strip() in self.retired:
            found = self.get(name.strip())
            return () if found is None else (found,)
        codes = self._parse(plain(name)[:_LONGEST_TEXT], None, address)
        return tuple(self._rows[code] for code in sorted(codes))

    def find(self, name: str, *, address: bool = False) -> Region | None:
        """The one division a name means: of several the highest (吉林 → 吉林省); None when that leaves more
        than one (鼓楼区) or none."""
        found = self.candidates(name, address=address)
        for level in LEVELS:
            at_level = [row for row in found if row.level == level]
            if at_level:
                return at_level[0] if len(at_level) == 1 else None
        return None

    def _parse(self, text: str, above: frozenset[str] | None, address: bool) -> frozenset[str]:
        """The codes the whole text can mean below `above`, longest names first."""
        if not text:
            return above or frozenset()
        for filler in _FILLERS:
            if text.startswith(filler) and (above is not None or filler in _FILLERS[:2]):
                codes = self._parse(text[len(filler) :], above, address)
                if codes:
                    return codes
        for length in range(min(len(text), _LONGEST_NAME), 1, -1):
            here = self._below(self._spoken.get(text[:length], frozenset()), above)
            codes = self._parse(text[length:], here, address) if here else here
            if codes:
                return codes
        return above or frozenset() if address else frozenset()

    def _below(self, codes: frozenset[str], above: frozenset[str] | None) -> frozenset[str]:
        if above is None:
            return codes
        return frozenset(
            code for code in codes if code in above or any(row.code in above for row in self.ancestors(code))
        )

    def distance_km(self, one: str, other: str) -> float | None:
        """Great-circle distance in kilometres between the places of two divisions; None when one is not
        known."""
        left, right = self.get(one), self.get(other)
        if left is None or right is None or left.lat is None or right.lat is None:
            return None
        assert left.lng is not None and right.lng is not None
        return haversine_km(left.lat, left.lng, right.lat, right.lng)

    def nearby(self, code: str, km: float, level: str | None = None) -> tuple[tuple[Region, float], ...]:
        """The divisions of a level (the division's own by default) within km, nearest first, with their
        distance."""
        centre = self.get(code)
        if centre is None:
            return ()
        wanted = level or centre.level
        found = []
        for row in self:
            distance = self.distance_km(centre.code, row.code) if row.level == wanted else None
            if distance is not None and distance <= km and row.code != centre.code:
                found.append((row, distance))
        return tuple(sorted(found, key=lambda pair: (pair[1], pair[0].code)))


def haversine_km(lat: float, lng: float, other_lat: float, other_lng: float) -> float:
    """Great-circle distance in kilometres between two points in degrees."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half_phi, half_lambda = (other_phi - phi) / 2, math.radians(other_lng - lng) / 2
    chord = math.sin(half_phi) ** 2 + math.cos(phi) * math.cos(other_phi) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


@cache
def regions() -> Regions:
    """The divisions of today, read once."""
    _, rows = read_rows("regions")
    places = {row[0]: (float(row[4]), float(row[5])) for row in rows if row[4]}
    table = []
    for code, name, level, parent, lat, _ in rows:
        above = places.get(parent) if level == "县级" and not parent.endswith("0000") else None
        latitude, longitude = places.get(code) or above or (None, None)
        table.append(Region(code, name, level, parent, latitude, longitude, located=bool(lat)))
    return Regions(edition_of("regions"), table, retired("region"))
