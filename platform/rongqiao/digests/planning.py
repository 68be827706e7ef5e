"""Who would get what now, and why not the others. Reading only: sending, preview and dry run all ask here."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from .composing import Composed, room
from .kinds import KINDS, DigestKind, Subject, Wish
from .models import Preference
from .selectors import proved_addresses, suppressed_addresses, told_this_week
from .timing import Rhythm, falls_on

Plan = tuple[Preference, Composed]


def plan(preferences: Iterable[Preference], now: datetime, *, due: bool = True) -> Iterator[Plan]:
    """Each preference with its digest or the reason why there is none. With `due`, about what has its turn at the moment
    that was due; without, about everything that is not switched off."""
    by_kind: dict[str, list[Preference]] = {}
    for preference in preferences:
        by_kind.setdefault(preference.kind, []).append(preference)
    for code, theirs in sorted(by_kind.items()):
        if code in KINDS:
            yield from _plan_of_kind(KINDS[code], theirs, now, due)


def _plan_of_kind(
    kind: DigestKind, preferences: Sequence[Preference], now: datetime, due: bool
) -> Iterator[Plan]:
    people = [preference.person for preference in preferences]
    subjects = kind.subjects(people)
    told = told_this_week([person.pk for person in people], kind.code, now)
    refused = _refused(preferences)
    asked: list[Preference] = []
    wishes: list[Wish] = []
    for preference in preferences:
        about = [each for each in subjects.get(preference.person_id, ()) if _has_its_turn(preference, each, due)]
        why_not = refused.get(preference.pk) or ("" if about else "no_subject")
        if why_not:
            yield preference, Composed(reason=why_not)
        else:
            asked.append(preference)
            wishes.append(_wish(preference, about, told.get(preference.person_id, 0)))
    yield from zip(asked, kind.compose(wishes, now) if wishes else (), strict=True)


def _has_its_turn(preference: Preference, subject: Subject, due: bool) -> bool:
    rhythm = preference.rhythm_of(subject.pk)
    if not due or preference.due_at is None:
        return rhythm != Rhythm.OFF
    return falls_on(rhythm, preference.due_at, preference.weekday)


def _wish(preference: Preference, subjects: Sequence[Subject], told: int) -> Wish:
    rhythm = Rhythm.DAILY if Rhythm.DAILY in preference.rhythms else Rhythm.WEEKLY
    return Wish(
        person=preference.person, subjects=subjects, language=preference.language, since=preference.told_at,
        room=room(preference.most, rhythm, told), budget_spent=told >= preference.most,
    )  # fmt: skip


def _refused(preferences: Sequence[Preference]) -> dict[int, str]:
    """preference → why nothing is sent to its person, whatever there may be to tell."""
    people = [preference.person for preference in preferences]
    proved, suppressed = proved_addresses(people), suppressed_addresses(people)
    found = {}
    for preference in preferences:
        reasons = (
            ("off", preference.rhythms == {Rhythm.OFF}),
            ("inactive", not preference.person.is_active),
            ("unproved", preference.person_id not in proved),
            ("suppressed", preference.person_id in suppressed),
        )
        found[preference.pk] = next((code for code, holds in reasons if holds), "")
    return found
