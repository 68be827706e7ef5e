"""隐私声明: which version is in force, and who has agreed to it (个人信息保护法 第十四条、第十七条)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rongqiao.common.errors import Problem, from_code
from rongqiao.common.language import speaks_english

from .models import Consent, Person

TEXTS = Path(__file__).parent / "notices"
PRIVACY = "privacy"


@dataclass(frozen=True, slots=True)
class Document:
    """A notice in one version; its words stand in `notices/<code>-<version>.<language>.md`."""

    code: str
    version: str
    in_force: date

    @property
    def text(self) -> str:
        """The words in the reader's language."""
        language = "en" if speaks_english() else "zh"
        return (TEXTS / f"{self.code}-{self.version}.{language}.md").read_text(encoding="utf-8")


# A changed text is a new version with a new date: people are asked again.
CURRENT = Document(PRIVACY, "2026-12", date(2026, 12, 1))


def has_consented(person: Person) -> bool:
    """Whether the person agreed to the version in force."""
    return Consent.objects.filter(person=person, document=CURRENT.code, version=CURRENT.version).exists()


def require_consent(person: Person) -> None:
    """Raise Problem `consent_required` (403) when the person has not agreed to the version in force."""
    if not has_consented(person):
        raise Problem(from_code("consent_required"), status=403)
