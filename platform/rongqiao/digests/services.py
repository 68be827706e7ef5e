"""What people want to be told: set, stopped, given to those who are new."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code, missing
from rongqiao.parties.models import Person

from . import selectors
from .kinds import KINDS, DigestKind
from .models import Preference
from .timing import Rhythm, is_quiet, next_due, usual_minute

ENROLLED_AT_ONCE = 1_000
FEWEST, MOST = 1, 20


def kind_of(code: str) -> DigestKind:
    """The kind of that code; Problem 404 when there is none."""
    if code not in KINDS:
        raise missing()
    return KINDS[code]


def preference_of(person: Person, kind: DigestKind) -> Preference:
    """What the person has set; what they would be given (not saved) when there is nothing yet."""
    return selectors.own(person).get(kind.code) or _usual(person, kind)


@transaction.atomic
def set_preference(*, person: Person, kind_code: str, changes: Mapping[str, Any]) -> Preference:
    """Change rhythm, minute, weekday, language, most, or `own` rhythms. Raises Problem 404, `off_the_hour`, `unknown_subject`."""
    kind = kind_of(kind_code)
    kept(person, kind)
    preference = Preference.objects.select_for_update(of=("self",)).get(person=person, kind=kind.code)
    apply(preference, changes, kind)
    preference.save()
    return preference


def apply(preference: Preference, changes: Mapping[str, Any], kind: DigestKind) -> None:
    """Put the changes into a row that is not saved here: what is saved and what is previewed follow the same rules."""
    for name, value in changes.items():
        setattr(preference, name, value)
    if not is_quiet(preference.minute):
        raise Problem(from_code("off_the_hour", "time"))
    if "own" in changes:
        known = {str(subject.pk) for subject in kind.subjects([preference.person]).get(preference.person_id, ())}
        if unknown := sorted(set(preference.own) - known):
            raise Problem(*(from_code("unknown_subject", f"own.{name}") for name in unknown))
    _plan_next(preference)


@transaction.atomic
def stop(*, person: Person, kind_code: str) -> None:
    """Send no more of a kind; what was on its way is not sent. Saying it again changes nothing."""
    kind = kind_of(kind_code)
    kept(person, kind)
    theirs = Preference.objects.filter(person=person, kind=kind.code)
    theirs.update(rhythm=Rhythm.OFF, own={}, due_at=None, updated_at=clock.now())


def enrol() -> int:
    """The chore: those who are new get a weekly digest of each kind that concerns them. Returns how many."""
    made = 0
    for kind in KINDS.values():
        new = kind.readers().exclude(digest_preferences__kind=kind.code).order_by("pk")[:ENROLLED_AT_ONCE]
        rows = [_usual(person, kind) for person in new]
        made += len(Preference.objects.bulk_create(rows, ignore_conflicts=True))
    return made


def kept(person: Person, kind: DigestKind) -> Preference:
    """The person's row, made when there is none yet."""
    theirs = Preference.objects.filter(person=person, kind=kind.code)
    if not theirs.exists():
        Preference.objects.bulk_create([_usual(person, kind)], ignore_conflicts=True)
    return theirs.get()


def _usual(person: Person, kind: DigestKind) -> Preference:
    preference = Preference(person=person, kind=kind.code, minute=usual_minute(person.pk), language=person.language)
    _plan_next(preference)
    return preference


def _plan_next(preference: Preference) -> None:
    preference.due_at = next_due(clock.now(), preference.rhythms, preference.minute, preference.weekday)
