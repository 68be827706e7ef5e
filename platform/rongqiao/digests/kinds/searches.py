"""检索摘要: what is new for the searches that somebody keeps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation

from rongqiao.common.language import Bilingual
from rongqiao.parties.models import Person
from rongqiao.postings import selectors as postings
from rongqiao.postings.cleaning import region_of
from rongqiao.postings.content import public_title
from rongqiao.postings.models import Posting
from rongqiao.searching import saved
from rongqiao.searching.models import SavedSearch

from ..composing import Composed, Entry, Section, settled
from .kind import DigestKind, Subject, Wish

B = Bilingual


def readers() -> QuerySet[Person]:
    """Those who keep a search."""
    return Person.objects.filter(Exists(SavedSearch.objects.filter(person=OuterRef("pk"))), is_active=True)


def subjects(people: Sequence[Person]) -> Mapping[int, list[Subject]]:
    """The searches each of them keeps."""
    found: dict[int, list[Subject]] = defaultdict(list)
    for search in SavedSearch.objects.filter(person__in=people).order_by("name", "id"):
        found[search.person_id].append(Subject(search.pk, search.name))
    return found


def compose(wishes: Sequence[Wish], now: datetime) -> list[Composed]:
    """One digest each: their searches share the room in the order of their names."""
    ids = {subject.pk for wish in wishes for subject in wish.subjects}
    searches = SavedSearch.objects.in_bulk(ids)
    since = {pk: max(filter(None, (search.seen_at, search.told_at))) for pk, search in searches.items()}
    news = {new.search.pk: new for new in saved.news(searches.values(), since)}
    return [_of_one(wish, [news[subject.pk] for subject in wish.subjects if subject.pk in news]) for wish in wishes]


def _of_one(wish: Wish, news: Sequence[saved.New]) -> Composed:
    """A posting that several searches find is told once, under the first of them."""
    sections, told, seen = [], 0, set[int]()
    with translation.override(wish.language):
        for new in news:
            fresh = [key for key in new.ids if key not in seen]
            shown = postings.shown_in_order(fresh[: wish.room - told])
            seen |= set(fresh)
            told += len(shown)
            if shown:
                sections.append(_section(new.search, shown, len(fresh) - len(shown)))
        searches = [new.search.pk for new in news if new.count]
        composed = Composed(_subject(sections, told), "", sections, told=told, searches=searches)
    return settled(composed, budget_spent=wish.budget_spent and any(new.count for new in news))


def _section(search: SavedSearch, shown: Sequence[Posting], left_over: int) -> Section:
    more = B("还有 {count} 条，登录后可见。", "{count} more are shown after signing in.").format(count=left_over)
    return Section(
        "search", search.name, entries=[_entry(posting) for posting in shown], more=str(more) if left_over > 0 else ""
    )


def _entry(posting: Posting) -> Entry:
    kind = posting.kind_of
    where = region_of(posting.region_code or posting.organisation.region_code)
    note = " · ".join(filter(None, (str(B(kind.zh, kind.en)), posting.organisation.name, where)))
    return Entry(public_title(kind, posting.title, posting.details), f"/postings/{posting.pk}", note)


def _subject(sections: Sequence[Section], told: int) -> str:
    first = sections[0].heading if sections else ""
    return str(B("「{name}」等检索有 {count} 条新信息", "{count} new for “{name}”").format(name=first, count=told))


SEARCHES = DigestKind(
    "searches",
    B("检索摘要", "Kept searches"),
    B("收藏的检索有哪些新信息", "What is new for the searches you keep"),
    readers,
    subjects,
    compose,
)
