"""What a kind of digest has to say for itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from rongqiao.common.language import Bilingual
from rongqiao.parties.models import Person

from ..composing import Composed


@dataclass(frozen=True, slots=True)
class Subject:
    """What a digest of the kind can be about, and have a rhythm of its own for: an organisation, a kept search."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom a digest is composed for, about what, in which language, with room for so many items.

    `since` is when this person was last told of this kind, None the first time. `told` says that the room is small
    because of what was told this week.
    """

    person: Person
    subjects: Sequence[Subject]
    language: str
    since: datetime | None
    room: int
    budget_spent: bool = False


@dataclass(frozen=True, slots=True)
class DigestKind:
    """One kind. `readers()` are those who get it unless they say no; `subjects(people)` gives person id → what theirs
    can be about; `compose(wishes, now)` gives one composed digest for each wish, in their order, and writes nothing."""

    code: str
    label: Bilingual
    explanation: Bilingual
    readers: Callable[[], QuerySet[Person]]
    subjects: Callable[[Sequence[Person]], Mapping[int, Sequence[Subject]]]
    compose: Callable[[Sequence[Wish], datetime], Sequence[Composed]]
