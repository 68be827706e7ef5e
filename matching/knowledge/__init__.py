"""What the work of a need consists of (行业知识): from a text to its nearest occupations and majors, and to
their terms.

A need says 氩弧 or 上位机, a major's text says 焊接 or 工控软件. Between them stand this project's own tables:
what each occupation does and uses, what each major trains for, in everyday words. Everything here depends on
the text and on one version of the tables, never on the offers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.coverage import PrunedQuery
from matching.knowledge.links import Links
from matching.knowledge.shelf import BagTable, Hashes, Rows, Shelf
from matching.records import Codes, FloatArray
from matching.statistics import TermStatistics
from matching.terms import Terms
from matching.weights import KnowledgeConstants

TABLES = ("occupation_terms", "major_terms")
PROFESSIONAL = "2-"
"""专业技术人员: the occupations whose majors begin at 高职专科."""
NAMED = 3
LEAST_NAMED = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Understanding:
    """What a need's text is about.

    `tasks` and `subjects` are weighted terms of its nearest occupations (words) and majors (grams); `meaning` is
    the mean of the occupations' vectors, None without an encoder; `occupations` are codes, the nearest first;
    `professional` is the share of 专业技术人员 among them, NaN when nothing is near; `links` says how far these
    occupations take the majors of each row of the table of majors, 0 to 1, rows that none takes left out.
    """

    tasks: PrunedQuery
    subjects: PrunedQuery
    meaning: NDArray[np.float32] | None
    occupations: tuple[str, ...]
    professional: float
    links: Mapping[int, float]


class Knowledge:
    """The two tables of one version and the links between them, arranged for looking up."""

    def __init__(self, version: str, occupations: Shelf, majors: Shelf, links: Links | None = None) -> None:
        self.version = version
        self.occupations = occupations
        self.majors = majors
        self.linked = links
        self._major_places = {
            code: place for place, row in enumerate(majors.codes) for code in row.split("|")
        }
        self._professional = np.array([code.startswith(PROFESSIONAL) for code in occupations.codes])

    def understand(
        self,
        terms: Terms,
        vector: NDArray[np.float32] | None,
        statistics: TermStatistics,
        constants: KnowledgeConstants,
    ) -> Understanding:
        """What a text is about, in terms that offers of the snapshot hold."""
        occupations = self.occupations.nearest(terms.grams, vector, constants)
        majors = self.majors.nearest(terms.grams, vector, constants)
        return Understanding(
            tasks=expanded(self.occupations.words, occupations, statistics.held_word_idf, constants.terms),
            subjects=expanded(self.majors.grams, majors, statistics.held_gram_idf, constants.terms),
            meaning=self.occupations.meaning(occupations) if self.occupations.fits(vector) else None,
            occupations=self._named(occupations),
            professional=self._share(occupations),
            links=self.linked.of(occupations) if self.linked else {},
        )

    def taught(self, codes: Codes, vector: NDArray[np.float32] | None) -> NDArray[np.float32] | None:
        """The meaning of what an offer's majors train for; without majors that the table knows, the offer's own
        vector. None without an encoder."""
        places = self.major_places(codes)
        if not places or not self.majors.fits(vector):
            return vector
        return self.majors.meaning(Rows(np.array(places), np.full(len(places), 1 / len(places))))

    def major_places(self, codes: Codes) -> tuple[int, ...]:
        """The rows of the table of majors that hold these codes, in order."""
        return tuple(sorted({self._major_places[code] for code in codes if code in self._major_places}))

    def _named(self, near: Rows) -> tuple[str, ...]:
        best = sorted(zip(-near.weights, near.places, strict=True))[:NAMED]
        return tuple(self.occupations.codes[place] for weight, place in best if -weight >= LEAST_NAMED)

    def _share(self, near: Rows) -> float:
        if not len(near.places):
            return float("nan")
        return round(float(near.weights[self._professional[near.places]].sum()), 4)


def expanded(bags: BagTable, near: Rows, idf: Callable[[Hashes], FloatArray], most: int) -> PrunedQuery:
    """The best terms of the nearest rows, each row's counts as shares, weighed by nearness and rarity."""
    hashes, shares = bags.mixed(near)
    weights = shares * idf(hashes)
    kept = np.sort(np.lexsort((hashes, -weights))[:most])
    kept = kept[weights[kept] > 0]
    return PrunedQuery(hashes[kept], weights[kept], float(weights[kept].sum()))


@cache
def load_knowledge(version: str) -> Knowledge:
    """The tables of a version that ships with the library, read once. Raises ValueError for an unknown version."""
    path = Path(__file__).parent / f"{version}.npz"
    if not path.is_file():
        raise ValueError(f"knowledge {version!r}: no such version among those shipped")
    with np.load(path, allow_pickle=False) as held:
        occupations, majors = (_shelf(held, table) for table in TABLES)
        links = None
        if "links_rows" in held:
            links = Links.of_table(occupations.codes, held["links_starts"], held["links_rows"])
        return Knowledge(version, occupations, majors, links)


def _shelf(held: Mapping[str, NDArray[Any]], table: str) -> Shelf:
    words, grams = (
        BagTable(*(held[f"{table}_{analysis}_{part}"] for part in ("starts", "hashes", "counts")))
        for analysis in ("words", "grams")
    )
    return Shelf(held[f"{table}_codes"].tolist(), words, grams, held[f"{table}_vectors"])
