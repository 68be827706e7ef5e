"""Code tables of national standards and the vocabulary of skills: small, in memory, read on first use.

Regions GB/T 2260, industries GB/T 4754-2017, occupations 职业分类大典 2022, majors of the vocational (2021
and later) and the undergraduate catalogue, certificates, fields in urgent need; each file names its edition
in its first line.
"""

from matching.taxonomy.industries import Field, Industry, fields, fields_of, industries
from matching.taxonomy.majors import Certificate, Major, certificates, majors
from matching.taxonomy.occupations import Occupation, occupations
from matching.taxonomy.regions import Region, haversine_km, regions
from matching.taxonomy.standard import StandardTaxonomy
from matching.taxonomy.tables import Edition, Retired, edition_of, retired
from matching.taxonomy.vocabulary import Skill, Trade, Vocabulary, vocabulary

__all__ = [
    "Certificate",
    "Edition",
    "Field",
    "Industry",
    "Major",
    "Occupation",
    "Region",
    "Retired",
    "Skill",
    "StandardTaxonomy",
    "Trade",
    "Vocabulary",
    "certificates",
    "edition_of",
    "fields",
    "fields_of",
    "haversine_km",
    "industries",
    "majors",
    "occupations",
    "regions",
    "retired",
    "vocabulary",
]
