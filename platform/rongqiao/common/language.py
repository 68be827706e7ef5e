"""A sentence in both languages of the product, and the one the reader wants."""

from dataclasses import dataclass

from django.utils.functional import lazy
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One sentence in Chinese and in English; `str()` gives the reader's."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if speaks_english() else self.zh

    def format(self, **values: object) -> "Bilingual":
        """The same sentence with its blanks filled in, in both languages."""
        return Bilingual(self.zh.format(**values), self.en.format(**values))


def _chosen(zh: str, en: str) -> str:
    return en if speaks_english() else zh


both = lazy(_chosen, str)
"""A label that is decided when it is shown: `both("企业", "Enterprise")`, for enumerations and field help."""


def speaks_english() -> bool:
    """Whether the present reader asked for English (Accept-Language); Chinese is the default."""
    return (get_language() or "").startswith("en")
