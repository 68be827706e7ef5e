"""The bill of a pairing (匹配账单): everything its score was made of, and the way back from the bill to
the score.

A bill is plain data for JSON. The same records, day, weights, snapshot and taxonomy give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np

from matching.counterfactuals import counterfactuals as find_counterfactuals
from matching.evidence import evidence
from matching.features import BY_CODE, Feature, features_of
from matching.scoring import UNIT, calibrated, harmonic, settled
from matching.vetoes import VETOES
from matching.weights import PairKind, Profile, Weights, load_weights

if TYPE_CHECKING:
    from matching.pipeline import Pairing

Bill = dict[str, Any]
FORMAT = 1


def bill(pairing: Pairing, *, counterfactuals: bool = False) -> Bill:
    """The bill of a pairing; with `counterfactuals`, also what would raise the score."""
    profile = _pair_kind(pairing).profile
    terms = [_term(pairing, feature, profile) for feature in features_of(pairing.matcher.weights)]
    changes = [found.as_item() for found in find_counterfactuals(pairing)] if counterfactuals else []
    return {
        "format": FORMAT,
        "need": pairing.need.key,
        "offer": pairing.offer.key,
        "kinds": [pairing.need.content.kind, pairing.offer.content.kind],
        "day": pairing.today.isoformat(),
        "weights": pairing.matcher.weights.version,
        "statistics": pairing.matcher.statistics.version,
        "terms": terms,
        "calibration": {
            "forward": list(profile.forward_calibration),
            "reverse": list(profile.reverse_calibration),
        },
        "sums": _sums(terms),
        "scores": {"forward": pairing.forward, "reverse": pairing.reverse, "mutual": pairing.mutual},
        "band": pairing.band,
        "data_coverage": data_coverage(terms),
        "gates": [
            {"rule": veto.code, "passes": pairing.scored.gates[veto.code].item(pairing.row)}
            for veto in VETOES
        ],
        "counterfactuals": changes,
        "names": _names(pairing, _codes(terms, changes)),
    }


def to_bytes(bill: Bill) -> bytes:
    """The canonical bytes of a bill: JSON in UTF-8, keys sorted, no blanks."""
    text = json.dumps(bill, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def recompute(bill: Bill, weights: Weights | None = None) -> Bill:
    """The bill's numbers once more, from its inputs alone: values of terms, sums, scores, band and data
    coverage.

    Gives a copy of the bill with these replaced; a sound bill equals its copy. `weights` are those of the
    version that the bill names unless given.
    """
    weights = weights or load_weights(bill["weights"])
    terms = [term | _revalued(term, weights) for term in bill["terms"]]
    sums = _sums(terms)
    sides = {side: _calibrated(sums[side], bill["calibration"][side]) for side in ("forward", "reverse")}
    mutual = float(harmonic(np.array(sides["forward"]), np.array(sides["reverse"])))
    return bill | {
        "terms": terms,
        "sums": sums,
        "scores": {**sides, "mutual": mutual},
        "band": weights.band(mutual),
        "data_coverage": data_coverage(terms),
    }


def data_coverage(terms: Iterable[Mapping[str, Any]]) -> float:
    """Share of the weight, both sides together, that stands on features that are known (数据完整度)."""
    known = total = 0
    for term in terms:
        weight = round(term["weight"] * UNIT) + round(term["reverse_weight"] * UNIT)
        total += weight
        known += weight if term["known"] else 0
    return round(known / total, 4) if total else 0.0


def _term(pairing: Pairing, feature: Feature, profile: Profile) -> dict[str, Any]:
    column = pairing.scored.columns[feature.code]
    row = int(column.rows[pairing.row])
    found = evidence(feature.code, pairing.need, pairing.offer, pairing.matcher.measures)
    return {
        "code": feature.code,
        "value": column.values.forward.item(row),
        "reverse_value": column.values.reverse.item(row),
        "known": column.values.known.item(row),
        "weight": profile.forward[feature.code],
        "reverse_weight": profile.reverse[feature.code],
        "inputs": {name: _number(values.item(row)) for name, values in column.inputs.items()},
        "matched": found.matched,
        "missing": found.missing,
    }


def _number(value: float) -> float | None:
    return None if isnan(value) else value


def _revalued(term: Mapping[str, Any], weights: Weights) -> dict[str, Any]:
    feature = BY_CODE[term["code"]]
    inputs = {
        name: np.array([np.nan if value is None else value], dtype=np.float64)
        for name, value in term["inputs"].items()
    }
    values = settled(feature.evaluate(inputs, weights), weights.neutral[feature.code])
    return {
        "value": float(values.forward[0]),
        "reverse_value": float(values.reverse[0]),
        "known": bool(values.known[0]),
    }


def _sums(terms: Iterable[Mapping[str, Any]]) -> dict[str, float]:
    forward = reverse = 0
    for term in terms:
        forward += round(term["weight"] * UNIT) * round(term["value"] * UNIT)
        reverse += round(term["reverse_weight"] * UNIT) * round(term["reverse_value"] * UNIT)
    return {"forward": forward / UNIT**2, "reverse": reverse / UNIT**2}


def _calibrated(total: float, calibration: list[float]) -> float:
    return float(calibrated(np.array([total]), (calibration[0], calibration[1]))[0])


def _pair_kind(pairing: Pairing) -> PairKind:
    pairs = pairing.matcher.weights.pairs
    kinds = (pairing.need.content.kind, pairing.offer.content.kind)
    return pairs.get(kinds) or next(iter(pairs.values()))


def _codes(terms: Iterable[Mapping[str, Any]], changes: Iterable[Mapping[str, Any]]) -> set[str]:
    codes = {change["to"] for change in changes if change["change"] in ("major", "skill", "certificate")}
    for term in terms:
        for item in (*term["matched"], *term["missing"]):
            codes |= {item[name] for name in ("code", "offer") if name in item}
    return codes


def _names(pairing: Pairing, codes: set[str]) -> dict[str, dict[str, str]]:
    name = pairing.matcher.relations.name
    return {code: {"zh": name(code, "zh"), "en": name(code, "en")} for code in sorted(codes)}
