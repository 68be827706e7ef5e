"""What answers teach: lessons for the lists, and the rows that a later ranking can be trained on.

A reason says by what the declined posting differed (LIKE); postings across that are alike in this come LOWERED_BY later
for each time the organisation gave that reason in the last half year, at most MOST_TIMES.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, Q

from matching.records import Side
from rongqiao.common import clock
from rongqiao.common.language import Bilingual
from rongqiao.postings.models import Posting
from rongqiao.recommending.lessons import Lessons, Lowering
from rongqiao.recommending.models import Exposure

from .models import Introduction, Passage
from .models import Side as OneSide
from .vocabulary import REASONS

LOOKED_BACK = timedelta(days=180)
LOWERED_BY = 0.02
MOST_TIMES = 3
CITY = 4  # the digits of a region's code that name its city

Where = Mapping[str, Any]


def _same_city(posting: Posting) -> Where:
    return {"region_code__startswith": posting.region_code[:CITY]} if posting.region_code else {}


def _same_class(posting: Posting) -> Where:
    code = str(posting.details.get("major_code") or "")
    return {"details__major_code__startswith": code[:4]} if code else {}


def _same_kind(posting: Posting) -> Where:
    return {"kind": posting.kind}


def _same_owner(posting: Posting) -> Where:
    return {"organisation_id": posting.organisation_id}


# What a reason says about other postings; the reasons that are not here are about the one alone.
LIKE: dict[str, Callable[[Posting], Where]] = {
    "distance": _same_city,
    "major": _same_class,
    "level": _same_class,
    "no_advantage": _same_owner,
    "qualification": _same_owner,
    "money": _same_owner,
    "too_early": _same_kind,
}  # fmt: skip
SENTENCE = Bilingual(
    "本单位近半年因“{reason}”谢绝过类似的 {times} 次，排后 {by} 分",
    "Your organisation declined {times} like it for “{reason}” in half a year: {by} points later",
)


def lessons_of(organisation_id: int, side: Side, posting_id: int | None) -> Lessons:
    """The pairs that were declined, of a posting or of all that an organisation posts on this side, and what it has been
    declining (three queries)."""
    return Lessons(frozenset(_declined(organisation_id, side, posting_id)), tuple(_lowerings(organisation_id, side)))


def _declined(organisation_id: int, side: Side, posting_id: int | None) -> Iterator[tuple[int, int]]:
    """Pairs to which one of the two sides said no; not what the platform closed because places ran out."""
    rows = Introduction.objects.filter(state="declined").exclude(closed_by="")
    own = {f"{side}_id": posting_id} if posting_id else {f"{side}__organisation_id": organisation_id}
    yield from rows.filter(**own).values_list("need_id", "offer_id")


def _lowerings(organisation_id: int, side: Side) -> Iterator[Lowering]:
    times: Counter[tuple[str, tuple[tuple[str, Any], ...]]] = Counter()
    for passage in _declines_of(organisation_id, side):
        row = passage.introduction
        where = LIKE[passage.reason](row.offer if passage.side == "need" else row.need)
        if where:
            times[passage.reason, tuple(where.items())] += 1
    for (reason, likeness), count in sorted(times.items(), key=repr):
        by = round(LOWERED_BY * min(count, MOST_TIMES), 2)
        because = SENTENCE.format(times=count, by=by, reason="{reason}")
        label = REASONS[reason].label
        said = Bilingual(because.zh.format(reason=label.zh), because.en.format(reason=label.en))
        yield Lowering(dict(likeness), by, said)


def _declines_of(organisation_id: int, side: Side) -> Any:
    since = clock.now() - LOOKED_BACK
    rows = Passage.objects.filter(step="decline", side=side, undone_at=None, at__gte=since, reason__in=LIKE)
    mine = OneSide.objects.filter(organisation_id=organisation_id, code=side)
    rows = rows.filter(introduction__in=mine.values("introduction_id"))
    return rows.select_related("introduction__need", "introduction__offer").order_by("-pk")[:200]


def training_rows() -> Iterator[dict[str, Any]]:
    """One row for each pair that was shown or answered, with plain values: how often it was shown, at which best
    place, whether it was opened, what each side answered and why, how far it came, and under which version."""
    shown = _shown()
    rows = Introduction.objects.prefetch_related("sides", "passages").order_by("pk")
    for row in rows.iterator(chunk_size=500):
        yield {**_pair(row.need_id, row.offer_id, shown.pop((row.need_id, row.offer_id), {})), **_answers(row)}
    for (need_id, offer_id), seen in sorted(shown.items()):
        yield {**_pair(need_id, offer_id, seen), **_answers(None)}


def _shown() -> dict[tuple[int, int], dict[str, Any]]:
    found = Exposure.objects.values("need_id", "offer_id").annotate(
        times=Count("pk", filter=Q(place="list")), rank=Min("rank", filter=Q(place="list")),
        opened=Count("pk", filter=Q(place="bill")), first=Min("shown_at"),
    )  # fmt: skip
    return {(each["need_id"], each["offer_id"]): dict(each) for each in found}


def _pair(need_id: int, offer_id: int, seen: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "need": need_id, "offer": offer_id, "shown": seen.get("times", 0), "best_rank": seen.get("rank"),
        "opened": bool(seen.get("opened")), "first_shown_at": seen.get("first"),
    }  # fmt: skip


def _answers(row: Introduction | None) -> dict[str, Any]:
    """What became of it; the answers as they were given, whatever has lapsed since."""
    passages = [each for each in row.passages.all() if each.undone_at is None] if row else []
    given: dict[str, list[Passage]] = defaultdict(list)
    for each in passages:
        if each.side and each.step in ("show_interest", "reconsider", "confirm", "shelve", "decline"):
            given[each.side].append(each)
    reached = {each.target: each.at for each in reversed(passages)}
    return {
        "state": row.state if row else "",
        "need_answer": given["need"][-1].step if given["need"] else "",
        "offer_answer": given["offer"][-1].step if given["offer"] else "",
        "reason": next((each.reason for each in reversed(passages) if each.reason), ""),
        "confirmed_at": reached.get("confirmed"),
        "signed_at": reached.get("signed"),
        "mutual": row.mutual if row else None,
        "weights_version": row.weights_version if row else "",
    }  # fmt: skip
