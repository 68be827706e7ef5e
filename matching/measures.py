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

import numpy as np
from numpy.typing import NDArray

from matching.coverage import PrunedQuery, Vector, cosines, coverages, prune, stepped
from matching.knowledge import Understanding, load_knowledge
from matching.records import UNKNOWN_CAPACITY, UNKNOWN_LEVEL, Batch, Codes, Content, FloatArray, Side
from matching.relations import Relations
from matching.statistics import TermStatistics
from matching.terms import Bag, Terms, title_grams
from matching.titles import names_person
from matching.weights import Weights

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
        self.named = lru_cache(_PREPARED_NEEDS)(self._named)
        self.taught = lru_cache(_PREPARED_NEEDS)(self._taught)
        self.places = lru_cache(_PREPARED_NEEDS)(self._places)
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

    def _taught(self, offer: Content) -> Vector | None:
        return stepped(self.knowledge.taught(offer.majors, offer.vector) if self.knowledge else offer.vector)

    def _places(self, codes: Codes) -> tuple[int, ...]:
        return self.knowledge.major_places(codes) if self.knowledge else ()

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

    def map_contents(self, measure: Callable[[Content, Content], float]) -> FloatArray:
        """One number for each distinct pair of contents."""
        if self.many == "offer":
            need = self.need.contents[0]
            return np.array([measure(need, offer) for offer in self.offer.contents], dtype=np.float64)
        offer = self.offer.contents[0]
        return np.array([measure(need, offer) for need in self.need.contents], dtype=np.float64)

    def map_needs(self, measure: Callable[[Content], float]) -> FloatArray:
        """The same of a number that the need alone decides: a single need is asked once."""
        numbers = np.array([measure(need) for need in self.need.contents], dtype=np.float64)
        return numbers if self.many == "need" else np.repeat(numbers, len(self.offer.contents))


def majors(pairs: Pairs) -> Inputs:
    """closeness: of the nearest pair of majors, 0 to 1."""
    closeness = pairs.measures.relations.majors
    return {"closeness": pairs.map_contents(lambda need, offer: closeness(need.majors, offer.majors))}


def occupations(pairs: Pairs) -> Inputs:
    """steps: from the need's occupation up to a group that holds the offer's."""
    steps = pairs.measures.relations.occupations
    return {"steps": pairs.map_contents(lambda need, offer: steps(need.occupations, offer.occupations))}


def skills(pairs: Pairs) -> Inputs:
    """asked, covered: sums of idf over the skills asked and those offered; listed: skills that the offer
    lists.
    """
    asked = pairs.measures.asked_skills

    def covered(need: Content, offer: Content) -> float:
        hits = need.skills & offer.skills
        return _sum(map(asked(need.skills).weights.__getitem__, hits)) if hits else 0.0

    return {
        "asked": pairs.map_needs(lambda need: asked(need.skills).total),
        "covered": pairs.map_contents(covered),
        "listed": pairs.map_contents(lambda _, offer: float(len(offer.skills))),
    }


def certificates(pairs: Pairs) -> Inputs:
    """asked, covered: numbers of certificates asked and of those offered; listed: those that the offer
    lists.
    """
    return {
        "asked": pairs.map_needs(lambda need: float(len(need.certificates)) or _NAN),
        "covered": pairs.map_contents(lambda need, offer: float(len(need.certificates & offer.certificates))),
        "listed": pairs.map_contents(lambda _, offer: float(len(offer.certificates))),
    }


def text(pairs: Pairs) -> Inputs:
    """words, grams: share of the need covered; dense: cosine; length: grams in the need. With knowledge of the
    trades also tasks, subjects: share covered of the terms of the need's nearest occupations and majors;
    meaning: cosine between these occupations and the offer's majors, or the offer itself; title: share of the
    offer's title that the need has; links: how far these occupations take the offer's majors, by the table of links;
    person: 1 if the need's title names who is wanted, 0 if it names work.
    """
    needs = [pairs.measures.prepared(content) for content in pairs.need.contents]
    stepped_of = pairs.measures.stepped
    about = [need.understanding for need in needs if need.understanding]
    offers = pairs.offer.contents
    words = [[need.words for need in needs], *([[one.tasks for one in about]] if about else [])]
    grams = [[need.grams for need in needs], *([[one.subjects for one in about]] if about else [])]
    statistics, constants = pairs.measures.statistics, pairs.measures.weights.text
    by_words = coverages(words, [offer.terms.words for offer in offers], statistics.average_words, constants)
    by_grams = coverages(grams, [offer.terms.grams for offer in offers], statistics.average_grams, constants)
    inputs = {
        "words": _round(by_words[0]),
        "grams": _round(by_grams[0]),
        "dense": cosines(*([stepped_of(one) for one in side.contents] for side in (pairs.need, pairs.offer))),
        "length": pairs.map_needs(lambda need: need.terms.grams.length),
    }
    if about:
        titles = [pairs.measures.named(offer.title) for offer in offers]
        asked = [need.terms.grams for need in pairs.need.contents]
        taught = [pairs.measures.taught(offer) for offer in offers]
        inputs |= {
            "tasks": _round(by_words[1]),
            "subjects": _round(by_grams[1]),
            "meaning": cosines([stepped(one.meaning) for one in about], taught),
            "title": _round(coverages([titles], asked, float("inf"), constants)[0]),
        }
        if constants.work:
            inputs["person"] = pairs.map_needs(lambda need: float(names_person(need.title)))
        if pairs.measures.knowledge and pairs.measures.knowledge.linked:
            inputs["links"] = _links(about, [pairs.measures.places(offer.majors) for offer in offers])
    return inputs


def _links(needs: Sequence[Understanding], offers: Sequence[tuple[int, ...]]) -> FloatArray:
    """How far each need's occupations take the best of each offer's majors, one side single; NaN of majors that are
    not in the table."""
    return np.array(
        [
            max(about.links.get(place, 0.0) for place in places) if places else _NAN
            for about in needs
            for places in offers
        ],
        dtype=np.float64,
    )


def industry(pairs: Pairs) -> Inputs:
    """steps: between the two organisations' industries."""
    steps = pairs.measures.relations.industry_steps
    if pairs.many == "offer":
        (need,), many = pairs.need.industry, pairs.offer.industry
        found = {offer: steps(need, offer) for offer in set(many)}
    else:
        (offer,), many = pairs.offer.industry, pairs.need.industry
        found = {need: steps(need, offer) for need in set(many)}
    return {"steps": np.array([found[industry] for industry in many])}


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

    def affinity(need: Content, offer: Content) -> float:
        pair = known.get((need.kind, offer.kind))
        return pair.affinity if pair else _NAN

    return {"affinity": pairs.map_contents(affinity)}


def _sum(numbers: Iterable[float]) -> float:
    """The sum of numbers with four decimals, the same in whatever order they come."""
    return sum(round(number * 1e4) for number in numbers) / 1e4


def _round(shares: FloatArray) -> FloatArray:
    rounded: FloatArray = np.rint(shares * 1e4) / 1e4
    return rounded


def _filled(column: NDArray[np.int64], size: int) -> FloatArray:
    return np.broadcast_to(column, size).astype(np.float64)


def _places(column: NDArray[np.int64], size: int) -> FloatArray:
    places = _filled(column, size)
    return np.where(places == UNKNOWN_CAPACITY, np.nan, places)


def _levels(column: NDArray[np.int8], size: int) -> FloatArray:
    return np.where(column == UNKNOWN_LEVEL, np.nan, np.broadcast_to(column, size))
