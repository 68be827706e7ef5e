"""The names that do not change while the platform runs: majors, occupations, skills, and the everyday words of trades."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from matching.taxonomy import majors, occupations, regions, vocabulary
from matching.taxonomy.regions import spoken_names
from matching.taxonomy.tables import plain, read_rows

from .lexicon import listed, rows
from .names import Name, Names

COUNTY = "县级"


@dataclass(frozen=True, slots=True)
class Trades:
    """Everyday words of trades (氩弧焊) → the codes of occupations and majors that use them, and the other way round."""

    occupations_of: dict[str, tuple[str, ...]]
    majors_of: dict[str, tuple[str, ...]]
    words_of: dict[str, tuple[str, ...]]


@cache
def trades() -> Trades:
    """The tables of terms, read once."""
    by_occupation: dict[str, list[str]] = defaultdict(list)
    by_major: dict[str, list[str]] = defaultdict(list)
    words: dict[str, tuple[str, ...]] = {}
    for table, uses in (("occupation_terms", by_occupation), ("major_terms", by_major)):
        for codes, _, terms in read_rows(table)[1]:
            for code in codes.split("|"):
                words[code] = listed(terms)
                for term in words[code]:
                    uses[plain(term)].append(code)
    return Trades(_frozen(by_occupation), _frozen(by_major), words)


def _frozen(found: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {term: tuple(codes) for term, codes in found.items()}


@cache
def national() -> Names:
    """All of them. Counties are not among them: there are three thousand, many called like something else; those that
    somebody posts from are among the live names."""
    return Names((*_majors(), *_occupations(), *_regions(), *_skills(), *_terms()))


def _majors() -> Iterator[tuple[str, Name]]:
    codes: dict[str, list[str]] = defaultdict(list)
    for major in majors():
        codes[major.name].append(major.code)
    for name, found in codes.items():
        yield name, Name(name, "major", tuple(found))
    for code, name in majors().class_names.items():
        members = tuple(major.code for major in majors() if code in (major.class_code, major.group_code))
        yield name, Name(name, "major", (code, *members))


def _occupations() -> Iterator[tuple[str, Name]]:
    for row in occupations():
        yield row.name, Name(row.name, "occupation", (row.code,))


def _regions() -> Iterator[tuple[str, Name]]:
    for row in regions():
        if row.level != COUNTY:
            yield from region_names(row.code)


def region_names(code: str) -> Iterator[tuple[str, Name]]:
    """The ways to say a division."""
    row = regions().get(code)
    for spelling in spoken_names(row.name) if row else ():
        yield spelling, Name(row.name if row else "", "region", (code,))


def _skills() -> Iterator[tuple[str, Name]]:
    for skill in vocabulary():
        name = Name(skill.name, "skill", (skill.code,))
        for spelling in (skill.name, *skill.aliases):
            yield spelling, name


def _terms() -> Iterator[tuple[str, Name]]:
    for words in trades().words_of.values():
        for word in words:
            if len(word) > 1:
                yield word, Name(word, "term")
    for cells in rows("synonyms"):
        for word in listed(cells[0]):
            yield word, Name(word, "term")


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """Each word of the table → the others of its groups."""
    found: dict[str, list[str]] = defaultdict(list)
    for cells in rows("synonyms"):
        group = listed(cells[0])
        for word in group:
            found[plain(word)] += [other for other in group if other != word]
    return {word: tuple(dict.fromkeys(others)) for word, others in found.items()}
