"""The names of what facets count."""

from collections.abc import Callable, Mapping

from matching.taxonomy import StandardTaxonomy, fields, regions
from rongqiao.common.language import Bilingual
from rongqiao.postings.vocabulary import DEGREE_ORDER, DEGREES

_TAXONOMY = StandardTaxonomy()


def labels_of(facets: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, str]]:
    """Facet → value → its name in the reader's language; values that are their own names (产业链) as they are."""
    return {facet: {value: _NAMED.get(facet, str)(value) for value in counts} for facet, counts in facets.items()}


def _degree(value: str) -> str:
    return next((str(Bilingual(each.zh, each.en)) for each in DEGREES if each.code == value), value)


def _level(value: str) -> str:
    return next((_degree(degree) for degree, order in DEGREE_ORDER.items() if str(order) == value), value)


def _field(value: str) -> str:
    field = fields().get(value)
    return field.name if field else value


def _fresh(value: str) -> str:
    return str(Bilingual(f"{value} 天内", f"within {value} days"))


_NAMED: dict[str, Callable[[str], str]] = {
    "region": lambda value: regions().name(value) or value,
    "level": _level,
    "degree": _degree,
    "majors": _TAXONOMY.name,
    "occupations": _TAXONOMY.name,
    "industry": _TAXONOMY.name,
    "field": _field,
    "fresh": _fresh,
}
