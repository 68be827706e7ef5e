"""What a draft should still say (需求改写助手): one to three things, each with what it brings and where that is known
from. Nothing is invented, nothing is written into the draft, and what brings nothing is not said.

Fields that enter the score are tried out: filled with what the best candidates have and scored again by the same matcher
with the same candidates. The others are judged by what the region's postings show.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from matching.records import Record
from rongqiao.common.language import Bilingual
from rongqiao.indexing.engines import engine_may_be_away
from rongqiao.outbox.registry import Unavailable

from . import advice_experience, advice_words
from .advice_drafts import read_fields
from .advice_experience import Comparison
from .advice_hypotheses import Example, Hypothesis, hypotheses
from .advice_trial import COMPARED, Standing, Trial
from .drafts import PLACE, Draft, read, records_of
from .previews import AWAY

MOST = 3
LEAST_GAIN = 0.02
"""Of the mean mutual score: a tenth of the width of a band. Less is not worth a sentence."""
LEAST_COVERAGE = 0.05
ORDER = ("score", "coverage", "experience")
"""Kinds of reason: what was computed for this very draft comes before what others' postings show."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to add or to relax. `gain` is in points of the mean mutual score (`score`), of the data coverage
    (`coverage`), or the difference between postings that say it and those that do not (`experience`)."""

    field: str
    label: Bilingual
    kind_of_reason: str
    sentence: Bilingual
    gain: float
    basis: Mapping[str, Any]
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Advised:
    """At most three pieces of advice; how complete the draft is (0 to 1): how much of what matching reads, and of what
    experience speaks for, it says; and a note when nobody could look."""

    advice: list[Advice] = field(default_factory=list)
    complete: float = 0.0
    note: str = ""


def advise(
    *, kind_code: str, base: Mapping[str, Any], details: Mapping[str, Any], organisation_id: int
) -> Advised:
    """Advice on a draft; nothing is stored. Raises Problem for an unknown kind or no title."""
    draft = read(kind_code, base, details, organisation_id)
    record = records_of([draft])[0]
    experience = advice_experience.of_kind(draft.kind)
    complete = _complete(draft, record, experience)
    try:
        with engine_may_be_away():
            tried = list(_tried(draft, record))
    except Unavailable:
        log.exception("advice: the engine is away")
        return Advised([], complete, str(AWAY))
    told = [_told(draft, each) for each in experience if advice_experience.is_silent(draft, each.field)]
    found = sorted([*tried, *told], key=lambda each: (ORDER.index(each.kind_of_reason), -each.gain, each.field))
    return Advised(found[:MOST], complete)


def _tried(draft: Draft, record: Record) -> Iterator[Advice]:
    """The hypotheses that help."""
    trial = Trial(draft, record)
    found = hypotheses(draft, record, trial.near())
    before = trial.standing(record)
    places = len(before.best) or COMPARED
    tried = records_of([each.draft for each in found], record.standing)
    for hypothesis, changed in zip(found, tried, strict=True):
        after = trial.standing(changed, places)
        reason, gain = _helps(before, after)
        if reason:
            yield Advice(
                hypothesis.field,
                advice_words.label(draft.kind, hypothesis.field),
                reason,
                advice_words.of_hypothesis(draft.kind, hypothesis, reason, before, after, places),
                gain,
                _basis(hypothesis, before, after, trial),
                hypothesis.examples,
            )


def _helps(before: Standing, after: Standing) -> tuple[str, float]:
    """Why a change helps and by how much; ("", 0) when it does not."""
    gain = round(after.mutual - before.mutual, 4)
    coverage = round(after.coverage - before.coverage, 4)
    if gain >= LEAST_GAIN:
        return "score", gain
    if gain >= 0 and coverage >= LEAST_COVERAGE:
        return "coverage", coverage
    return "", 0.0


def _basis(hypothesis: Hypothesis, before: Standing, after: Standing, trial: Trial) -> dict[str, Any]:
    """What a reader needs to do it again: fill this value in, score the same candidates, take the mean."""
    return {
        "how": str(advice_words.RELAXED if hypothesis.relaxes else advice_words.TRIED),
        "value": hypothesis.value,
        "candidates": len(trial),
        "mutual": {"before": before.mutual, "after": after.mutual},
        "data_coverage": {"before": before.coverage, "after": after.coverage},
        "best_before": [{"posting": key, "mutual": mutual} for key, mutual in before.best],
        "best_after": [{"posting": key, "mutual": mutual} for key, mutual in after.best],
        "weights": trial.matcher.weights.version,
        "statistics": trial.matcher.statistics.version,
        "day": trial.today.isoformat(),
    }


def _told(draft: Draft, seen: Comparison) -> Advice:
    """Experience as advice."""
    basis = {"how": str(advice_words.COMPARED), **seen.as_basis()}
    sentence = advice_words.of_experience(draft.kind, seen)
    return Advice(
        seen.field, advice_words.label(draft.kind, seen.field), "experience", sentence, seen.difference, basis
    )


def _complete(draft: Draft, record: Record, experience: tuple[Comparison, ...]) -> float:
    wanted = read_fields(draft.kind) | {each.field for each in experience}
    told = [name for name in wanted if not advice_experience.is_silent(draft, name)]
    placed = PLACE in wanted and PLACE not in told and record.place is not None
    return round((len(told) + placed) / len(wanted), 4)
