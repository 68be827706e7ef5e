"""What might be filled in or relaxed, from what the draft's best candidates have. Nothing of it is written anywhere:
each is a hypothesis to be scored."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any, TypeVar

from matching.counterfactuals import possible_changes
from matching.pipeline import Pairing
from matching.records import Record
from matching.scoring import UNIT
from matching.taxonomy.majors import certificates
from matching.weights import BAND_CODES
from rongqiao.codes import checks
from rongqiao.common.language import Bilingual
from rongqiao.indexing.engines import skill_finder
from rongqiao.postings.field_types import Choice, FieldType, Many, Refused
from rongqiao.postings.models import Posting

from . import matchers
from .advice_drafts import CODED, fields_read, value_giving
from .drafts import PLACE, Draft

MOST_VALUES = 3
SHARED = 2
"""What only one candidate has is its own affair, not what they have in common."""
COMMON = 0.2
"""Nor is what stands for less than this share of their scores."""

Value = TypeVar("Value", str, int)


@dataclass(frozen=True, slots=True)
class Example:
    """A value that the best candidates have (or, to be left out, lack), and how many of them have it."""

    value: Any
    label: Bilingual
    count: int


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """The draft with one field changed. `how` says what the examples are: `common` and `median` fill an empty field;
    `major`, `level`, `skill` and `certificate` relax a filled one as the counterfactual of that name does."""

    field: str
    draft: Draft
    how: str
    examples: tuple[Example, ...]
    of: int

    @property
    def relaxes(self) -> bool:
        """Whether it changes what was filled in."""
        return self.how not in ("common", "median")

    @property
    def value(self) -> Any:
        """What the field would say."""
        return self.draft.value(self.field)


def hypotheses(draft: Draft, record: Record, near: Sequence[Pairing]) -> list[Hypothesis]:
    """One hypothesis at most for each field that can be scored again, from the draft's best candidates.

    An empty field is filled from those that fit already: what the weakest band has would be a guess.
    """
    fitting = [pairing for pairing in near if pairing.band != BAND_CODES[-1]]
    found = [*_codes(draft, fitting), *_level(draft, fitting), *_capacity(draft, fitting)]
    if record.place is None:
        found += _region(draft, fitting)
    if draft.kind.side == "need":
        found += [*_more_majors(draft, near), *_lower_level(draft, near), *_fewer(draft, near)]
    by_field: dict[str, Hypothesis] = {}
    for hypothesis in found:
        by_field.setdefault(hypothesis.field, hypothesis)
    return list(by_field.values())


def _common(near: Sequence[Pairing], values_of: Callable[[Pairing], Iterable[Value]]) -> list[tuple[Value, int]]:
    """What the candidates have in common and how many have it, most supported first. Each candidate counts by its
    score: what far ones have says little about the draft."""
    counts: Counter[Value] = Counter()
    support: Counter[Value] = Counter()
    for pairing in near:
        for value in values_of(pairing):
            counts[value] += 1
            support[value] += round(pairing.mutual * UNIT)
    least = COMMON * sum(round(pairing.mutual * UNIT) for pairing in near)
    kept = [value for value in counts if counts[value] >= SHARED and support[value] >= least]
    return [(value, counts[value]) for value in sorted(kept, key=lambda value: (-support[value], str(value)))]


def _codes(draft: Draft, near: Sequence[Pairing]) -> Iterator[Hypothesis]:
    for part in CODED:
        name = getattr(draft.kind, part)
        if name and draft.lacks(name):
            field_type = draft.kind.by_name[name].type
            examples = _acceptable(field_type, part, _common(near, _codes_across(draft, part)))
            if examples:
                values = [example.value for example in examples]
                value = values if isinstance(field_type, Many) else values[0]
                yield Hypothesis(name, draft.changed(name, value), "common", examples, len(near))


def _codes_across(draft: Draft, part: str) -> Callable[[Pairing], Iterable[str]]:
    return lambda pairing: getattr(pairing.other(draft.kind.side).content, part)


def _acceptable(
    field_type: FieldType, part: str, held: Iterable[tuple[str, int]], named: Iterable[str] = ()
) -> tuple[Example, ...]:
    """The first values that the field takes: three for a list, one otherwise. A name that stands already (the same
    major on another level) is not said twice."""
    many = isinstance(field_type, Many)
    seen = set(named)
    kept: list[Example] = []
    for code, count in held:
        value = matchers.taxonomy().name(code) if part == "skills" else code
        name = _name(code)
        if name.zh not in seen and _takes(field_type, [value] if many else value):
            seen.add(name.zh)
            kept.append(Example(value, name, count))
    return tuple(kept[: MOST_VALUES if many else 1])


def _takes(field_type: FieldType, value: Any) -> bool:
    try:
        return bool(field_type.clean(value) == value)
    except Refused:
        return False


def _name(code: str) -> Bilingual:
    taxonomy = matchers.taxonomy()
    return Bilingual(taxonomy.name(code), taxonomy.name(code, "en"))


def _level(draft: Draft, near: Sequence[Pairing]) -> Iterator[Hypothesis]:
    def level(pairing: Pairing) -> list[int]:
        found = pairing.other(draft.kind.side).level
        return [found] if found else []

    for wanted, count in _common(near, level)[:1]:
        yield from _by_part(draft, "level", wanted, count, "common", len(near))


def _capacity(draft: Draft, near: Sequence[Pairing]) -> Iterator[Hypothesis]:
    held = [capacity for pairing in near if (capacity := pairing.other(draft.kind.side).capacity)]
    if len(held) >= SHARED:
        yield from _by_part(draft, "capacity", median_low(held), len(held), "median", len(near))


def _by_part(draft: Draft, part: str, wanted: int, count: int, how: str, of: int) -> Iterator[Hypothesis]:
    """The fields that a part given as a function reads, each with the value by which the part would be `wanted`."""
    function = getattr(draft.kind, part)
    for name in sorted(fields_read(function) & set(draft.kind.by_name)):
        relaxing = how == "level"
        value = value_giving(draft, name, function, wanted) if draft.lacks(name) != relaxing else None
        if value is not None:
            shown = Example(value, _label(draft.kind.by_name[name].type, value, wanted), count)
            yield Hypothesis(name, draft.changed(name, value), how, (shown,), of)


def _label(field_type: FieldType, value: Any, wanted: int) -> Bilingual:
    if isinstance(field_type, Choice):
        option = next(option for option in field_type.options if option.code == value)
        return Bilingual(option.zh, option.en)
    return Bilingual(str(wanted), str(wanted))


def _region(draft: Draft, near: Sequence[Pairing]) -> Iterator[Hypothesis]:
    """The region most of them are in: asked of the postings, as a record only knows its point on the map."""
    side = draft.kind.side
    rows = Posting.objects.filter(pk__in=[pairing.other(side).key for pairing in near])
    regions = {key: own or owner for key, own, owner in rows.values_list("pk", PLACE, "organisation__region_code")}
    for code, count in _common(near, lambda pairing: filter(None, [regions.get(pairing.other(side).key)]))[:1]:
        name = checks.region_path(code) or code
        shown = Example(code, Bilingual(name, name), count)
        yield Hypothesis(PLACE, draft.changed(PLACE, code), "common", (shown,), len(near))


# What follows relaxes a need that asks for what none of the near have: the counterfactuals of single pairings, taken
# together by field. Where the work is, how many are wanted and when it was confirmed are facts; nobody is asked to
# relax them.


def _to(pairing: Pairing, change: str) -> list[str]:
    """What the counterfactuals of one kind lead to."""
    return [str(each.to) for each in possible_changes(pairing) if each.change == change]


def _more_majors(draft: Draft, near: Sequence[Pairing]) -> Iterator[Hypothesis]:
    name = draft.kind.majors
    values = draft.value(name) if name else None
    if isinstance(values, list):
        held = _common(near, lambda pairing: _to(pairing, "major"))
        examples = _acceptable(draft.kind.by_name[name].type, "majors", held, [_name(value).zh for value in values])
        if examples:
            wider = [*values, *(example.value for example in examples)]
            yield Hypothesis(name, draft.changed(name, wider), "major", examples, len(near))


def _lower_level(draft: Draft, near: Sequence[Pairing]) -> Iterator[Hypothesis]:
    """To the level that most of those below have: one step, as for a single pairing, may not reach any."""
    below = _common(near, lambda pairing: [pairing.offer.level or 0] if _to(pairing, "level") else [])
    for level, count in below[:1]:
        yield from _by_part(draft, "level", level, count, "level", len(near))


def _fewer(draft: Draft, near: Sequence[Pairing]) -> Iterator[Hypothesis]:
    """Without the skills and certificates that none of them has."""
    for part, change in (("skills", "skill"), ("certificates", "certificate")):
        name = getattr(draft.kind, part)
        values = draft.value(name) if name else None
        if not isinstance(values, list) or not near:
            continue
        lacked = set.intersection(*(set(_to(pairing, change)) for pairing in near))
        out = [value for value in values if _code_of(part, value) in lacked]
        if out:
            kept = [value for value in values if value not in out]
            examples = tuple(Example(value, Bilingual(value, value), 0) for value in out)
            yield Hypothesis(name, draft.changed(name, kept or None), change, examples, len(near))


def _code_of(part: str, tag: str) -> str:
    """What a tag stands for in a content, as `indexing.analysis` settles it."""
    if part == "certificates":
        named = certificates().named(tag)
        return named[0].name if named else tag
    resolved = skill_finder().resolve(tag)
    return resolved[0] if resolved else tag.strip().lower()
