"""Measuring how much of a need's text an offer covers: the inputs of the text relevance (文本相关)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from matching.coverage import cosines, coverages, slack_of, stepped
from matching.knowledge import Understanding
from matching.records import FloatArray
from matching.titles import names_person, names_role

if TYPE_CHECKING:
    from matching.measures import Inputs, Pairs, Prepared


def text(pairs: Pairs) -> Inputs:
    """words, grams: share of the need covered; dense: cosine; length: grams in the need. With knowledge of the
    trades also tasks, subjects: share covered of the terms of the need's nearest occupations and majors;
    meaning: cosine between these occupations and the offer's majors, or the offer itself; title: share of the
    offer's title that the need has; links: how far these occupations take the offer's majors, by the table of links;
    person: 1 if the need's title names who is wanted, 0 if it names work.
    """
    constants = pairs.measures.weights.text
    needs = [pairs.measures.prepared(content) for content in pairs.need.contents]
    inputs = _of_offers(pairs, needs[0]) if pairs.many == "offer" else _of_needs(pairs, needs)
    for part in {"words", "grams", "tasks", "subjects", "title"} & set(inputs):
        inputs[part] = np.rint(inputs[part] * 1e4) / 1e4
    inputs["length"] = pairs.map_needs(lambda need: need.terms.grams.length)
    if pairs.measures.knowledge and constants.work:
        named = names_role if constants.said else names_person
        inputs["person"] = pairs.map_needs(lambda need: float(named(need.title)))
    return inputs


def _of_offers(pairs: Pairs, need: Prepared) -> dict[str, FloatArray]:
    """One need and many offers, which stand in columns."""
    statistics, constants = pairs.measures.statistics, pairs.measures.weights.text
    (content,), about = pairs.need.contents, need.understanding
    offers = pairs.measures.offers.of(pairs.offer.contents)
    words, grams = offers.lengths
    by_words = offers.words.covered(
        [need.words, about.tasks] if about else [need.words], words, slack_of(words, statistics.average_words, constants)
    )
    by_grams = offers.grams.covered(
        [need.grams, about.subjects] if about else [need.grams], grams, slack_of(grams, statistics.average_grams, constants)
    )
    inputs = {
        "words": by_words[0],
        "grams": by_grams[0],
        "dense": offers.meant(pairs.measures.stepped(content)),
    }
    if about:
        slack = float(slack_of(np.zeros(1), 1.0, constants)[0])
        inputs |= {
            "tasks": by_words[1],
            "subjects": by_grams[1],
            "meaning": offers.trained(stepped(about.meaning)),
            "title": offers.titles.named_in(content.terms.grams, offers.title_totals, slack),
        }
        if _linked(pairs):
            inputs["links"] = _links([about], offers.majors)
    return inputs


def _of_needs(pairs: Pairs, needs: Sequence[Prepared]) -> dict[str, FloatArray]:
    """Many needs and one offer."""
    measures = pairs.measures
    statistics, constants = measures.statistics, measures.weights.text
    (offer,), terms = pairs.offer.contents, [content.terms for content in pairs.need.contents]
    about = [need.understanding for need in needs if need.understanding]
    words = [[need.words for need in needs], *([[one.tasks for one in about]] if about else [])]
    grams = [[need.grams for need in needs], *([[one.subjects for one in about]] if about else [])]
    by_words = coverages(words, [offer.terms.words], statistics.average_words, constants)
    by_grams = coverages(grams, [offer.terms.grams], statistics.average_grams, constants)
    inputs = {
        "words": by_words[0],
        "grams": by_grams[0],
        "dense": cosines([measures.stepped(content) for content in pairs.need.contents], [measures.stepped(offer)]),
    }
    if about:
        told = measures.told(offer)
        inputs |= {
            "tasks": by_words[1],
            "subjects": by_grams[1],
            "meaning": cosines([stepped(one.meaning) for one in about], [told.trained]),
            "title": coverages([[told.title]], [one.grams for one in terms], float("inf"), constants)[0],
        }
        if _linked(pairs):
            inputs["links"] = _links(about, [told.majors])
    return inputs


def _linked(pairs: Pairs) -> bool:
    return bool(pairs.measures.knowledge and pairs.measures.knowledge.linked)


def _links(needs: Sequence[Understanding], offers: Sequence[tuple[int, ...]]) -> FloatArray:
    """How far each need's occupations take the best of each offer's majors, one side single; NaN of majors that are
    not in the table."""
    if len(needs) == 1:
        found = {majors: _taken(needs[0].links, majors) for majors in set(offers)}
        return np.array([found[majors] for majors in offers])
    return np.array([_taken(about.links, offers[0]) for about in needs])


def _taken(links: Mapping[int, float], majors: tuple[int, ...]) -> float:
    return max(links.get(place, 0.0) for place in majors) if majors else float("nan")
