"""Measuring pairs: from two batches, one of which is a single posting, to the inputs of every feature.

Inputs are what a reader can check (kilometres, days, shares); `matching.features` turns them into values.
An input that a side does not tell is NaN. They are rounded here, so that the bill holds exactly what was
scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.columns import OfferColumns, Told
from matching.coverage import PrunedQuery, Vector, prune, stepped
from matching.knowledge import Understanding, load_knowledge
from matching.records import UNKNOWN_CAPACITY, UNKNOWN_LEVEL, Batch, Codes, Content, FloatArray, Side
from matching.relations import Relations
from matching.statistics import TermStatistics
from matching.terms import Bag, Terms, title_grams
from matching.weights import Weights

SaidT = TypeVar("SaidT", str, Codes)
Inputs = dict[str, FloatArray]
EARTH_RADIUS_KM = 6_371.0
_PREPARED_NEEDS = 20_000
_NAN = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A need's text as two pruned queries, and what it is about where the weights use knowledge."""

    words: PrunedQuery
    grams: PrunedQuery
    understanding: Understanding | None


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """A text and its vector, equal to itself only: neither ever changes, and comparing them would cost more
    than preparing them."""

    terms: Terms
    vector: NDArray[np.float32] | None

    def __hash__(self) -> int:
        return hash((id(self.terms), id(self.vector)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Said) and self.terms is other.terms and self.vector is other.vector


@dataclass(frozen=True, slots=True)
class AskedSkills:
    """The skills of a need with their weights, and the sum of these; NaN if it asks none."""

    weights: dict[str, float]
    total: float


class Measures:
    """The inputs of the features under one version of the weights, one snapshot and one taxonomy."""

    def __init__(self, weights: Weights, statistics: TermStatistics, relations: Relations) -> None:
        self.weights = weights
        self.statistics = statistics
        self.relations = relations
        version = weights.text.knowledge.version
        self.knowledge = load_knowledge(version) if version else None
        self._prepared = lru_cache(_PREPARED_NEEDS)(self._prepare)
        self.stepped = lru_cache(_PREPARED_NEEDS)(self._stepped)
        self.offers = OfferColumns(self.told)
        self.asked_skills = lru_cache(_PREPARED_NEEDS)(self._asked_skills)

    def prepared(self, need: Content) -> Prepared:
        """What a need's text asks, worked out once for each text."""
        return self._prepared(Said(need.terms, need.vector))

    def _prepare(self, said: Said) -> Prepared:
        constants, statistics, terms = self.weights.text, self.statistics, said.terms
        about = None
        if self.knowledge:
            about = self.knowledge.understand(terms, said.vector, statistics, constants.knowledge)
        return Prepared(
            prune(terms.words, statistics.word_idf(terms.words), constants.best_terms),
            prune(terms.grams, statistics.gram_idf(terms.grams), constants.best_terms),
            about,
        )

    def _named(self, title: str) -> PrunedQuery:
        """The grams of an offer's title as a query."""
        bag = Bag.of(title_grams(title), ())
        return prune(bag, self.statistics.gram_idf(bag), self.weights.text.best_terms)

    def _stepped(self, content: Content) -> Vector | None:
        return stepped(content.vector)

    def told(self, offer: Content) -> Told:
        """What of an offer is measured besides its terms."""
        taught = self.knowledge.taught(offer.majors, offer.vector) if self.knowledge else offer.vector
        return Told(
            title=self._named(offer.title),
            vector=stepped(offer.vector),
            taught=None if taught is offer.vector else stepped(taught),
            majors=self.knowledge.major_places(offer.majors) if self.knowledge else (),
        )

    def _asked_skills(self, skills: Codes) -> AskedSkills:
        weights = self.statistics.skill_idf(skills)
        return AskedSkills(weights, _sum(weights.values()) or _NAN)


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """A single need against n offers, or n needs against a single offer, on one day; `many` is the side
    with n.
    """

    need: Batch
    offer: Batch
    many: Side
    today: date
    measures: Measures

    @property
    def size(self) -> int:
        return len(self.offer if self.many == "offer" else self.need)

    @property
    def content_index(self) -> NDArray[np.intp]:
        """For each pair its place among the distinct pairs of contents."""
        return (self.offer if self.many == "offer" else self.need).content_index

    def map_codes(
        self, said: Callable[[Content], SaidT], measure: Callable[[SaidT, SaidT], float]
    ) -> FloatArray:
        """One number for each distinct pair of contents, of what a need and an offer say: measured once for each pair
        of sayings."""
        (content,), many = self._sides()
        one, others = said(content), [said(other) for other in many]
        distinct = set(others)
        if self.many == "offer":
            found = {other: measure(one, other) for other in distinct}
        else:
            found = {other: measure(other, one) for other in distinct}
        if len(distinct) == 1:
            return np.full(len(others), found[others[0]])
        return np.array([found[other] for other in others], dtype=np.float64)

    def map_needs(self, measure: Callable[[Content], float]) -> FloatArray:
        """The same of a number that the need alone decides: a single need is asked once."""
        numbers = np.array([measure(need) for need in self.need.contents], dtype=np.float64)
        return numbers if self.many == "need" else np.repeat(numbers, len(self.offer.contents))

    def map_offers(self, measure: Callable[[Content], float]) -> FloatArray:
        """The same of a number that the offer alone decides."""
        numbers = np.array([measure(offer) for offer in self.offer.contents], dtype=np.float64)
        return numbers if self.many == "offer" else np.repeat(numbers, len(self.need.contents))

    def _sides(self) -> tuple[Sequence[Content], Sequence[Content]]:
        """The contents of the single side and those of the other."""
        single, many = (self.need, self.offer) if self.many == "offer" else (self.offer, self.need)
        return single.contents, many.contents


def majors(pairs: Pairs) -> Inputs:
    """closeness: of the nearest pair of majors, 0 to 1."""
    closeness = pairs.measures.relations.majors
    return {"closeness": pairs.map_codes(lambda content: content.majors, closeness)}


def occupations(pairs: Pairs) -> Inputs:
    """steps: from the need's occupation up to a group that holds the offer's."""
    steps = pairs.measures.relations.occupations
    return {"steps": pairs.map_codes(lambda content: content.occupations, steps)}


def skills(pairs: Pairs) -> Inputs:
    """asked, covered: sums of idf over the skills asked and those offered; listed: skills that the offer
    lists.
    """
    asked = pairs.measures.asked_skills

    def covered(need: Codes, offer: Codes) -> float:
        hits = need & offer
        return _sum(map(asked(need).weights.__getitem__, hits)) if hits else 0.0

    return {
        "asked": pairs.map_needs(lambda need: asked(need.skills).total),
        "covered": pairs.map_codes(lambda content: content.skills, covered),
        "listed": pairs.map_offers(lambda offer: float(len(offer.skills))),
    }


def certificates(pairs: Pairs) -> Inputs:
    """asked, covered: numbers of certificates asked and of those offered; listed: those that the offer
    lists.
    """
    return {
        "asked": pairs.map_needs(lambda need: float(len(need.certificates)) or _NAN),
        "covered": pairs.map_codes(
            lambda content: content.certificates, lambda need, offer: float(len(need & offer))
        ),
        "listed": pairs.map_offers(lambda offer: float(len(offer.certificates))),
    }


def industry(pairs: Pairs) -> Inputs:
    """steps: between the two organisations' industries."""
    needs, offers, steps = pairs.need.industries, pairs.offer.industries, pairs.measures.relations.industry_steps
    found = np.array([[steps(need, offer) for offer in offers] for need in needs])
    return {"steps": found[pairs.need.industry, pairs.offer.industry]}


def level(pairs: Pairs) -> Inputs:
    """need, offer: the lowest level accepted and the level offered, 1 to 5. With knowledge of the trades also
    professional: the share of 专业技术人员 among the need's nearest occupations.
    """
    inputs = {
        "need": _levels(pairs.need.level, pairs.size),
        "offer": _levels(pairs.offer.level, pairs.size),
    }
    if pairs.measures.knowledge:
        shares = [_professional(pairs.measures.prepared(need)) for need in pairs.need.contents]
        inputs["professional"] = np.array(shares)[pairs.need.content_index] * np.ones(pairs.size)
    return inputs


def _professional(need: Prepared) -> float:
    return need.understanding.professional if need.understanding else _NAN


def geography(pairs: Pairs) -> Inputs:
    """km: great-circle distance (haversine), to 0.1 km."""
    latitude, longitude = np.radians(pairs.need.latitude), np.radians(pairs.need.longitude)
    other_latitude, other_longitude = np.radians(pairs.offer.latitude), np.radians(pairs.offer.longitude)
    half_chord = (
        np.sin((other_latitude - latitude) / 2) ** 2
        + np.cos(latitude) * np.cos(other_latitude) * np.sin((other_longitude - longitude) / 2) ** 2
    )
    km = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(half_chord, 0, 1)))
    return {"km": np.rint(km * 10) / 10}


def capacity(pairs: Pairs) -> Inputs:
    """asked, offered: places."""
    return {
        "asked": _places(pairs.need.capacity, pairs.size),
        "offered": _places(pairs.offer.capacity, pairs.size),
    }


def freshness(pairs: Pairs) -> Inputs:
    """need_days, offer_days: since each side was last confirmed."""
    today = pairs.today.toordinal()
    return {
        "need_days": _filled(np.maximum(today - pairs.need.confirmed, 0), pairs.size),
        "offer_days": _filled(np.maximum(today - pairs.offer.confirmed, 0), pairs.size),
    }


def kind(pairs: Pairs) -> Inputs:
    """affinity: how well the kind of offer suits the kind of need, from the weights."""
    known = pairs.measures.weights.pairs

    def affinity(need: str, offer: str) -> float:
        pair = known.get((need, offer))
        return pair.affinity if pair else _NAN

    return {"affinity": pairs.map_codes(lambda content: content.kind, affinity)}


def _sum(numbers: Iterable[float]) -> float:
    """The sum of numbers with four decimals, the same in whatever order they come."""
    return sum(round(number * 1e4) for number in numbers) / 1e4


def _filled(column: NDArray[np.int64], size: int) -> FloatArray:
    return np.broadcast_to(column, size).astype(np.float64)


def _places(column: NDArray[np.int64], size: int) -> FloatArray:
    places = _filled(column, size)
    return np.where(places == UNKNOWN_CAPACITY, np.nan, places)


def _levels(column: NDArray[np.int8], size: int) -> FloatArray:
    return np.where(column == UNKNOWN_LEVEL, np.nan, np.broadcast_to(column, size))
