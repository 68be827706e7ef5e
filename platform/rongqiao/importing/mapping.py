"""Headings → fields: exact names and synonyms, then the nearest by rapidfuzz; what is doubtful is asked."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from rongqiao.common.errors import Problem

from .cells import Doubt, says_nothing
from .faults import fault
from .targets import Doubts, Target

SURE = 88.0
POSSIBLE = 60.0
MOST_SUGGESTIONS = 3
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_MARKS = re.compile(r"[\s_\-:：*＊·.、/]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A field that a heading may mean, 0–100 by likeness of the words."""

    target: str
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a column seems to be. `target` is "" where nobody should guess; `fit` is the share of the first
    values that the field can read (None without values)."""

    column: str
    target: str
    exact: bool
    suggestions: tuple[Suggestion, ...]
    fit: float | None
    samples: tuple[str, ...]

    @property
    def asked(self) -> bool:
        """Whether a person should look: something was near, or the values do not fit."""
        return (not self.target and bool(self.suggestions)) or (self.fit is not None and self.fit < 0.5)


def plain(heading: str) -> str:
    """A heading for comparing: folded, without marks; its unit in brackets stays as words."""
    text = unicodedata.normalize("NFKC", heading).lower()
    return _MARKS.sub("", text)


def propose(
    header: Sequence[str], samples: Sequence[Sequence[str]], targets: Mapping[str, Target]
) -> list[Proposal]:
    """One proposal a column. No field is proposed twice: the better one keeps it, of equals the first."""
    proposals = [_proposal(name, seen, targets) for name, seen in zip(header, samples, strict=True)]
    taken: dict[str, Proposal] = {}
    for proposal in sorted(proposals, key=lambda each: (not each.exact, -_best(each))):
        if proposal.target:
            taken.setdefault(proposal.target, proposal)
    return [each if taken.get(each.target) is each or not each.target else _asked(each) for each in proposals]


def chosen(proposals: Sequence[Proposal]) -> dict[str, str]:
    """The mapping that the proposals amount to, without those that are asked."""
    return {each.column: each.target for each in proposals if each.target}


def checked(
    mapping: Mapping[str, str], header: Sequence[str], targets: Mapping[str, Target], given: frozenset[str]
) -> dict[str, str]:
    """A mapping that can be run: columns and fields that exist, no field twice, all needed ones there.

    `given` names needed fields that come from elsewhere. Raises Problem with a fault for each.
    """
    faults = [fault("unknown_column", f"mapping.{column}") for column in mapping if column not in header]
    used: set[str] = set()
    for column, name in mapping.items():
        if name and name not in targets:
            faults.append(fault("invalid_choice", f"mapping.{column}"))
        elif name and name in used:
            faults.append(fault("target_twice", f"mapping.{column}"))
        used.add(name)
    faults += [
        fault("target_missing", f"mapping.{target.name}", hint=target.label)
        for target in targets.values()
        if target.required and target.name not in used | given
    ]
    if faults:
        raise Problem(*faults)
    return {column: name for column, name in mapping.items() if name}


def _proposal(heading: str, samples: Sequence[str], targets: Mapping[str, Target]) -> Proposal:
    exact = _exact(heading, targets)
    if exact:
        return Proposal(
            heading, exact, True, (Suggestion(exact, 100.0),), _fit(targets[exact], samples), tuple(samples)
        )
    near = _near(heading, targets)
    best = near[0] if near else None
    sure = best is not None and best.score >= SURE and (len(near) < 2 or near[1].score < best.score)
    fit = _fit(targets[best.target], samples) if best else None
    target = best.target if best and sure and fit is not None and fit > 0.6 else ""
    return Proposal(heading, target, False, near, fit if target else None, tuple(samples))


def _exact(heading: str, targets: Mapping[str, Target]) -> str:
    """The field that the whole heading names, with or without its brackets: labels before synonyms."""
    for words in (plain(heading), plain(_BRACKETS.sub("", heading))):
        for names in (_labels, _names):
            for target in targets.values():
                if words and words in names(target):
                    return target.name
    return ""


def _near(heading: str, targets: Mapping[str, Target]) -> tuple[Suggestion, ...]:
    words = plain(_BRACKETS.sub("", heading))
    scored = [
        Suggestion(target.name, round(max(fuzz.ratio(words, name) for name in _names(target)), 1))
        for target in targets.values()
    ]
    likely = sorted((each for each in scored if each.score >= POSSIBLE), key=lambda each: -each.score)
    return tuple(likely[:MOST_SUGGESTIONS])


def _labels(target: Target) -> set[str]:
    return {plain(name) for name in (target.name, target.zh, target.en)}


def _names(target: Target) -> set[str]:
    return _labels(target) | {plain(name) for name in target.synonyms}


def _fit(target: Target, samples: Sequence[str]) -> float | None:
    """The share of the first values that the field reads without doubt."""
    values = [value for value in samples if not says_nothing(value)]
    if not values:
        return None
    return sum(_reads(target, value) for value in values) / len(values)


def _reads(target: Target, value: str) -> bool:
    try:
        target.read(value)
    except (Doubt, Doubts):
        return False
    return True


def _best(proposal: Proposal) -> float:
    return proposal.suggestions[0].score if proposal.suggestions else 0.0


def _asked(proposal: Proposal) -> Proposal:
    return Proposal(proposal.column, "", False, proposal.suggestions, None, proposal.samples)
