"""The strongest term of a pairing, kept when it is scored: a list or a letter says why without the whole bill."""

from collections.abc import Mapping
from typing import Any

from matching.evidence import evidence
from matching.features import FEATURES
from matching.pipeline import Pairing as Found
from matching.rendering import STRONG, render
from matching.taxonomy_protocol import Language

Strongest = dict[str, Any]


def strongest_of(found: Found) -> Strongest:
    """The part of the bill that its first reason is made of, empty when no term is strong: what `render` would choose."""
    weights = found.matcher.weights
    kinds = (found.need.content.kind, found.offer.content.kind)
    profile = (weights.pairs.get(kinds) or next(iter(weights.pairs.values()))).profile
    best, gained = "", 0.0
    for feature in FEATURES:
        column = found.scored.columns[feature.code]
        row = int(column.rows[found.row])
        forward, reverse = float(column.values.forward[row]), float(column.values.reverse[row])
        gain = profile.forward[feature.code] * forward + profile.reverse[feature.code] * reverse
        if column.values.known[row] and max(forward, reverse) >= STRONG and gain > gained:
            best, gained = feature.code, gain
    return _with_evidence(found, best, profile) if best else {}


def _with_evidence(found: Found, code: str, profile: Any) -> Strongest:
    column = found.scored.columns[code]
    row = int(column.rows[found.row])
    told = evidence(code, found.need, found.offer, found.matcher.measures)
    inputs = {name: float(values[row]) for name, values in column.inputs.items()}
    term = {
        "code": code, "value": float(column.values.forward[row]), "reverse_value": float(column.values.reverse[row]),
        "known": True, "weight": profile.forward[code], "reverse_weight": profile.reverse[code],
        "inputs": {name: value if value == value else None for name, value in inputs.items()},
        "matched": told.matched, "missing": told.missing,
    }  # fmt: skip
    name = found.matcher.relations.name
    codes = {item[part] for item in (*told.matched, *told.missing) for part in ("code", "offer") if part in item}
    return {"term": term, "names": {each: {"zh": name(each, "zh"), "en": name(each, "en")} for each in sorted(codes)}}


def bill_part(strongest: Strongest, band: str) -> dict[str, Any]:
    """As much of a bill as the strongest term makes, for `render`."""
    return {"terms": [strongest["term"]], "names": strongest["names"], "band": band, "gates": [], "counterfactuals": []}


def sentence(strongest: Mapping[str, Any], band: str, language: Language) -> str:
    """What it says, "" when there is none."""
    return next(iter(render(bill_part(dict(strongest), band), language).reasons), "") if strongest else ""
