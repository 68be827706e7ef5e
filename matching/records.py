"""What matching reads of a posting: its content (what it says) and its facts (who, where, how many, when)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matching.terms import Terms

Side = Literal["need", "offer"]
Codes = frozenset[str]
FloatArray = NDArray[np.float64]

NEED_KINDS = ("talent_need", "tech_need", "internship")
"""人才需求, 技术需求, 实习岗位."""
OFFER_KINDS = ("major", "training_base", "expert")
"""专业, 实训基地/实验室, 教师/专家."""

LEVELS = {1: "中职", 2: "高职专科", 3: "本科", 4: "硕士", 5: "博士"}
"""层次: for a need the lowest degree accepted, for an offer that of its graduates or its holder."""

UNKNOWN_LEVEL = 0
UNKNOWN_CAPACITY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """What a posting says (内容); equal contents are stored, retrieved and scored once.

    `vector` is a unit vector (float32) or None; `majors` hold codes of majors, of classes (4 digits) or of
    groups and disciplines (2 digits); the other sets hold occupation codes, skill ids and certificate names.
    """

    key: int
    kind: str
    title: str
    terms: Terms
    vector: NDArray[np.float32] | None = None
    majors: Codes = frozenset()
    occupations: Codes = frozenset()
    skills: Codes = frozenset()
    certificates: Codes = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an organisation from how it has acted: introductions put to it and those that it answered, its
    priority tags (优先), and by other organisation how many cooperations were carried out and how many broken off."""

    asked: int = 0
    answered: int = 0
    priority: tuple[str, ...] = ()
    partners: Mapping[int, tuple[int, int]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Record:
    """One posting: its content and its facts. None means that the posting does not say.

    `place` is (latitude, longitude) in degrees; `capacity` is places asked (need) or left (offer);
    `confirmed` is the day on which its owner last said that it holds; `recommendable` is False for a posting
    that is not open or that its owner keeps out of recommendations.
    """

    key: int
    content: Content
    organisation: int
    confirmed: date
    industry: str | None = None
    level: int | None = None
    place: tuple[float, float] | None = None
    capacity: int | None = None
    recommendable: bool = True
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """n postings as columns over their distinct contents.

    `content_index` points into `contents`, `industry` into `industries`, which hold None for postings that do not say;
    of these `level` is 0, `capacity` −1, `latitude` and `longitude` NaN. `confirmed` is `date.toordinal()`. `standings`
    holds one for each posting, or nothing where nobody tells of any.
    """

    contents: Sequence[Content]
    content_index: NDArray[np.intp]
    keys: NDArray[np.int64]
    organisations: NDArray[np.int64]
    industries: Sequence[str | None]
    industry: NDArray[np.intp]
    level: NDArray[np.int8]
    latitude: FloatArray
    longitude: FloatArray
    capacity: NDArray[np.int64]
    confirmed: NDArray[np.int64]
    recommendable: NDArray[np.bool_]
    standings: Sequence[Standing | None] = ()

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def of(cls, records: Sequence[Record]) -> Batch:
        """Columns of records; records that share a Content object share its place in `contents`."""
        places: dict[int, int] = {}
        contents: list[Content] = []
        for record in records:
            if id(record.content) not in places:
                places[id(record.content)] = len(contents)
                contents.append(record.content)
        industries = {industry: place for place, industry in enumerate(dict.fromkeys(r.industry for r in records))}
        nowhere = (float("nan"), float("nan"))
        coordinates = np.array([r.place or nowhere for r in records], dtype=np.float64).reshape(-1, 2)
        capacity = [UNKNOWN_CAPACITY if r.capacity is None else r.capacity for r in records]
        return cls(
            contents=contents,
            content_index=np.array([places[id(r.content)] for r in records], dtype=np.intp),
            keys=np.array([r.key for r in records], dtype=np.int64),
            organisations=np.array([r.organisation for r in records], dtype=np.int64),
            industries=list(industries),
            industry=np.array([industries[r.industry] for r in records], dtype=np.intp),
            level=np.array([r.level or UNKNOWN_LEVEL for r in records], dtype=np.int8),
            latitude=coordinates[:, 0].copy(),
            longitude=coordinates[:, 1].copy(),
            capacity=np.array(capacity, dtype=np.int64),
            confirmed=np.array([r.confirmed.toordinal() for r in records], dtype=np.int64),
            recommendable=np.array([r.recommendable for r in records], dtype=np.bool_),
            standings=[r.standing for r in records] if any(r.standing for r in records) else (),
        )

    def record(self, row: int) -> Record:
        """The posting in one row."""
        latitude, longitude = float(self.latitude[row]), float(self.longitude[row])
        capacity, level = int(self.capacity[row]), int(self.level[row])
        return Record(
            key=int(self.keys[row]),
            content=self.contents[int(self.content_index[row])],
            organisation=int(self.organisations[row]),
            confirmed=date.fromordinal(int(self.confirmed[row])),
            industry=self.industries[int(self.industry[row])],
            level=None if level == UNKNOWN_LEVEL else level,
            place=None if np.isnan(latitude) or np.isnan(longitude) else (latitude, longitude),
            capacity=None if capacity == UNKNOWN_CAPACITY else capacity,
            recommendable=bool(self.recommendable[row]),
            standing=self.standings[row] if self.standings else None,
        )
