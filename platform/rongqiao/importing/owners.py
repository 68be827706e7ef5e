"""Whose a row is: an employer, made or found again, or an institution on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rongqiao.parties import colleges
from rongqiao.parties.services import imported_employers
from rongqiao.postings.kind import Kind

from .cells import Doubt
from .targets import makes_owners

# A hundred characters are at most 600 letters of pinyin, which is what an organisation's record holds.
LONGEST_NAME = 100


@dataclass(slots=True)
class Owner:
    """What a row says of its organisation."""

    owner: str = ""
    owner_uscc: str = ""
    school_code: str = ""

    @property
    def name(self) -> str:
        """The name with single spaces, so that two spellings of one employer meet."""
        return " ".join(self.owner.split())

    @property
    def key(self) -> str:
        """What finds an employer again in a later import of the same source."""
        return self.owner_uscc or self.name

    @property
    def fault(self) -> Doubt | None:
        """What keeps an employer of this name from being made."""
        if not self.name:
            return Doubt("owner_missing")
        return Doubt("too_long", self.name) if len(self.name) > LONGEST_NAME else None


Found = int | Doubt


def owners_of(kind: Kind, source: str, owners: Sequence[Owner]) -> list[Found]:
    """The organisation of each, or why there is none. A fixed number of queries however many there are."""
    if makes_owners(kind):
        return _employers(source, owners)
    return _institutions(kind, owners)


def _employers(source: str, owners: Sequence[Owner]) -> list[Found]:
    rows: dict[str, Mapping[str, str]] = {}
    for owner in owners:
        if owner.fault is None:
            code = {"uscc": owner.owner_uscc} if owner.owner_uscc else {}
            rows.setdefault(owner.key, {"name": owner.name, **code})
    known = imported_employers(source=source, rows=rows)
    return [owner.fault or known[owner.key] for owner in owners]


def _institutions(kind: Kind, owners: Sequence[Owner]) -> list[Found]:
    codes = {owner.school_code for owner in owners if owner.school_code}
    names = {owner.name for owner in owners if owner.name}
    by_code = colleges.ids_by_code(codes)
    by_name = colleges.ids_by_name(names, frozenset(kind.parties))
    return [_institution(owner, by_code, by_name) for owner in owners]


def _institution(owner: Owner, by_code: Mapping[str, int], by_name: Mapping[str, list[int]]) -> Found:
    if owner.school_code:
        return by_code.get(owner.school_code) or Doubt("owner_unknown", owner.school_code)
    if not owner.name:
        return Doubt("owner_missing")
    found = by_name.get(owner.name, [])
    if len(found) > 1:
        return Doubt("owner_ambiguous", owner.name)
    return found[0] if found else Doubt("owner_unknown", owner.name)
