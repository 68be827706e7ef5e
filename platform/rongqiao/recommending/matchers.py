"""The matcher of this process: weights and statistics of a version, the national code tables."""

from dataclasses import replace
from functools import cache, lru_cache

from matching.pipeline import Matcher
from matching.taxonomy.standard import StandardTaxonomy
from matching.weights import CURRENT, PairKind, Weights, load_weights
from rongqiao.indexing import statistics
from rongqiao.postings import kinds

# How well two kinds suit each other when the weights do not say: neither a recommendation nor a veto.
UNTOLD = 0.5


@cache
def taxonomy() -> StandardTaxonomy:
    """The code tables, read once."""
    return StandardTaxonomy()


def weights_of(version: str) -> Weights:
    """The weights of a version, with neutral ones for pairs of kinds it does not know (a kind added since)."""
    weights = load_weights(version)
    profile = next(iter(weights.pairs.values())).profile
    added = {
        (need.code, offer): PairKind(profile, UNTOLD)
        for need in kinds.of_side("need")
        for offer in kinds.partners(need.code)
        if (need.code, offer) not in weights.pairs
    }
    return replace(weights, pairs={**weights.pairs, **added}) if added else weights


def current() -> Matcher:
    """The matcher of today: current weights, newest statistics."""
    return of_versions(CURRENT, statistics.current().version, tuple(kind.code for kind in kinds.all_kinds()))


@lru_cache(maxsize=4)
def of_versions(weights_version: str, statistics_version: str, known_kinds: tuple[str, ...] = ()) -> Matcher:
    """The matcher that scored (or would have scored) under these versions."""
    return Matcher(weights_of(weights_version), statistics.by_version(statistics_version), taxonomy())
