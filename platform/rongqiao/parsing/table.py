"""Which reader reads which field of which kind: a new field is one reader and one row here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from rongqiao.postings.kind import Kind

from .found import Reader
from .readers import (
    certificates,
    contacts,
    degree,
    experience,
    headcount,
    labelled,
    majors,
    pay,
    place,
    problem,
    programme,
    skills,
    title,
)

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A reader and the fields its values go to: one path, or several with a function that deals them out."""

    reader: Reader
    path: str = ""
    deal: Callable[[Any], Values] | None = None

    def values(self, value: Any) -> Values:
        """Path → value."""
        return self.deal(value) if self.deal else {self.path: value}


def _monthly(value: Any) -> Values:
    if "per" in value:
        return {"details.pay_low": None}
    return {"details.pay_low": value["low"], "details.pay_high": value["high"]}


def _one_pay(value: Any) -> Values:
    """Interns are paid one amount: of a range the form takes none unasked."""
    return {"details.pay": value["low"] if value["low"] == value["high"] else None}


POST = (
    title.READER, degree.READER, experience.READER, pay.READER, headcount.READER, place.READER, majors.READER,
    skills.READER, certificates.READER,
)  # fmt: skip
# By kind, the readers of what labelled texts are labelled with (`bench`).
MEASURED: dict[str, tuple[Reader, ...]] = {
    "tech_need": (problem.TITLE_READER, place.READER, majors.READER, skills.READER, certificates.READER),
    "major": (
        programme.TITLE_READER, programme.LEVEL_READER, programme.NAMES_READER, place.READER, skills.READER,
        certificates.READER,
    ),
}  # fmt: skip
CONTACTS = contacts.READER

_EVERY = (Row(title.READER, "title"), Row(place.READER, "region_code"))
_POST = (
    *_EVERY,
    Row(degree.READER, "details.degree"),
    Row(majors.READER, "details.majors"),
    Row(skills.READER, "details.skills"),
    Row(certificates.READER, "details.certificates"),
)
TABLE: dict[str, tuple[Row, ...]] = {
    "talent_need": (
        *_POST,
        Row(headcount.READER, "details.headcount"),
        Row(experience.READER, "details.years"),
        Row(pay.READER, deal=_monthly),
    ),
    "internship": (*_POST, Row(headcount.READER, "details.slots"), Row(pay.READER, deal=_one_pay)),
    "tech_need": (
        Row(problem.TITLE_READER, "title"),
        Row(place.READER, "region_code"),
        Row(skills.READER, "details.skills"),
        Row(problem.BUDGET_READER, "details.budget"),
        Row(problem.TO_SOLVER_READER, "details.pay_to_solver"),
        Row(problem.DEADLINE_READER, "details.deadline"),
        Row(problem.MODE_READER, "details.mode"),
        Row(problem.OWNERSHIP_READER, "details.ip_ownership"),
        Row(problem.SECRECY_READER, "details.secrecy"),
        Row(problem.TARGETS_READER, "details.targets"),
        Row(problem.TRIED_READER, "details.tried"),
    ),
    "major": (
        Row(programme.TITLE_READER, "title"),
        Row(programme.CODE_READER, "details.major_code"),
        Row(programme.YEARS_READER, "details.years_of_study"),
        Row(programme.COURSES_READER, "details.courses"),
        Row(skills.READER, "details.skills"),
        Row(certificates.READER, "details.certificates"),
    ),
    "training_base": (*_EVERY, Row(majors.READER, "details.majors"), Row(skills.READER, "details.skills")),
    "expert": (*_EVERY, Row(skills.READER, "details.skills")),
}


def rows_of(kind: Kind) -> tuple[Row, ...]:
    """The rows of a kind: its own, and for each field without one a reader of what stands behind the field's label."""
    own = TABLE.get(kind.code, _EVERY)
    taken = frozenset(row.path.removeprefix("details.") for row in own) | {"pay_low", "pay_high", "pay"}
    return (*own, *(Row(reader, f"details.{reader.name}") for reader in labelled.readers(kind, taken)))
