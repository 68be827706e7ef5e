"""How near the codes of an offer are to those of a need: majors (专业对口), occupations (职业对口),
industries.
"""

from __future__ import annotations

from functools import lru_cache

from matching.records import Codes
from matching.taxonomy_protocol import Taxonomy
from matching.weights import Weights

_CLASS_DIGITS = 4
_GROUP_DIGITS = 2
_REMEMBERED = 200_000
UNRELATED_STEPS = 9.0
"""Steps between codes that nothing relates."""


class Relations:
    """Answers of one taxonomy under one version of the weights, remembered."""

    def __init__(self, taxonomy: Taxonomy, weights: Weights) -> None:
        self.taxonomy = taxonomy
        self._closeness = weights.closeness
        self._kin = lru_cache(_REMEMBERED)(self._kin_of)
        self.major_relation = lru_cache(_REMEMBERED)(self._major_relation)
        self.occupation_steps = lru_cache(_REMEMBERED)(self._occupation_steps)
        self.industry_steps = lru_cache(_REMEMBERED)(self._industry_steps)
        self.name = lru_cache(_REMEMBERED)(taxonomy.name)
        self.majors = lru_cache(_REMEMBERED)(self._majors)
        self.occupations = lru_cache(_REMEMBERED)(self._occupations)

    def _majors(self, needed: Codes, offered: Codes) -> float:
        """The closeness of the nearest pair of majors, 0 if none are related; NaN if a side names none."""
        if not needed or not offered:
            return float("nan")
        return max(self.closeness(self.major_relation(need, offer)) for need in needed for offer in offered)

    def closeness(self, relation: str) -> float:
        """What a relation between majors is worth, 0 to 1."""
        return self._closeness[relation] if relation else 0.0

    def _major_relation(self, need: str, offer: str) -> str:
        """The name of the nearest relation between two codes, a key of the weights' closeness; "" if none."""
        if need == offer:
            return "major"
        same_name, need_class, need_group = self._kin(need)
        _, offer_class, offer_group = self._kin(offer)
        if offer in same_name:
            return "same_name"
        if need_class and need_class == offer_class and len(need) >= _CLASS_DIGITS:
            return "named_class" if len(need) == _CLASS_DIGITS else "same_class"
        if need_group and need_group == offer_group:
            return "named_group" if len(need) == _GROUP_DIGITS else "same_group"
        return ""

    def _kin_of(self, code: str) -> tuple[Codes, str | None, str | None]:
        """A major's namesakes at other levels, its class and its group."""
        taxonomy = self.taxonomy
        return frozenset(taxonomy.same_name(code)), taxonomy.class_of(code), taxonomy.group_of(code)

    def _occupations(self, needed: Codes, offered: Codes) -> float:
        """Steps between the nearest pair of occupations; NaN if a side names none."""
        if not needed or not offered:
            return float("nan")
        return min(self.occupation_steps(need, offer) for need in needed for offer in offered)

    def _occupation_steps(self, need: str, offer: str) -> float:
        """Steps up from the need's occupation to the first group that the offer's belongs to as well."""
        if need == offer:
            return 0.0
        above_offer = {offer, *self.taxonomy.occupation_parents(offer)}
        for steps, group in enumerate(self.taxonomy.occupation_parents(need), start=1):
            if group in above_offer:
                return float(steps)
        return 1.0 if need in above_offer else UNRELATED_STEPS

    def _industry_steps(self, need: str | None, offer: str | None) -> float:
        """Steps between two industries; NaN if a side does not say."""
        if not need or not offer:
            return float("nan")
        steps = self.taxonomy.industry_distance(need, offer)
        return UNRELATED_STEPS if steps is None else float(steps)
