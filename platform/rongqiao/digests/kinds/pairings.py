"""配对摘要: who fits what an organisation has posted, what has changed, and what is about to run out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation

from matching.rendering import BANDS
from matching.taxonomy_protocol import Language
from rongqiao.common.capabilities import POST
from rongqiao.common.language import Bilingual, speaks_english
from rongqiao.introductions import selectors as introductions
from rongqiao.introductions.models import Introduction
from rongqiao.parties.models import Membership, Person
from rongqiao.parties.roles import ROLES
from rongqiao.postings import kinds, life_cycle
from rongqiao.postings.cleaning import region_of
from rongqiao.postings.content import public_title
from rongqiao.postings.models import Posting
from rongqiao.recommending import selectors as recommending
from rongqiao.recommending.selectors import Fit

from .. import selectors
from ..composing import (
    SUGGESTED,
    Choice,
    Composed,
    Entry,
    Pair,
    Pick,
    Section,
    Suggestion,
    choose,
    settled,
)
from ..reasons import reason_of
from .kind import DigestKind, Subject, Wish

B = Bilingual
Thing = TypeVar("Thing")
Views = dict[tuple[int, int], recommending.Shown]
REMEMBERED_DAYS = 366
DEADLINE_DAYS = 14
MOST_DEADLINES = 5
MOST_WAITING = 10
NEARLY_OVER = timedelta(days=2)


def readers() -> QuerySet[Person]:
    """Those who post for an organisation."""
    posting = [role.code for role in ROLES.values() if POST in role.capabilities]
    theirs = Membership.objects.filter(person=OuterRef("pk"), is_active=True, role__in=posting)
    return Person.objects.filter(Exists(theirs), is_active=True)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An introduction that waits for the owner of `own`."""

    introduction: Introduction
    own: Posting
    across: Posting


def subjects(people: Sequence[Person]) -> Mapping[int, list[Subject]]:
    """The organisations each of them posts for."""
    rows = Membership.objects.filter(person__in=people, is_active=True).select_related("organisation")
    found: dict[int, dict[int, Subject]] = defaultdict(dict)
    for each in rows.order_by("organisation__name", "organisation_id"):
        if POST in each.capabilities:
            found[each.person_id][each.organisation_id] = Subject(each.organisation_id, each.organisation.name)
    return {person_id: list(theirs.values()) for person_id, theirs in found.items()}


def compose(wishes: Sequence[Wish], now: datetime) -> list[Composed]:
    """One digest each; the database is asked once for all of them together."""
    organisations = {subject.pk for wish in wishes for subject in wish.subjects}
    candidates = _candidates(organisations)
    told = selectors.told([wish.person.pk for wish in wishes], now - timedelta(days=REMEMBERED_DAYS))
    answered = selectors.answered_pairs(organisations)
    choices = [_choice(wish, candidates, told, answered) for wish in wishes]
    views = _views(choices)
    waiting, deadlines = _waiting(organisations), _deadlines(organisations, now)
    return [
        _in_words(wish, choice, views, _of(wish, waiting), _of(wish, deadlines), now)
        for wish, choice in zip(wishes, choices, strict=True)
    ]


def _candidates(organisations: set[int]) -> dict[int, list[Fit]]:
    found: dict[int, list[Fit]] = defaultdict(list)
    for each in recommending.fits_of(organisations, settings.RONGQIAO_DIGEST_THRESHOLD):
        found[each.organisation].append(each)
    return found


def _of(wish: Wish, by_organisation: Mapping[int, list[Thing]]) -> list[Thing]:
    return [thing for subject in wish.subjects for thing in by_organisation.get(subject.pk, ())]


def _choice(
    wish: Wish, candidates: Mapping[int, list[Fit]], told: Mapping[int, selectors.Told], answered: set[Pair]
) -> Choice:
    own = [each for each in _of(wish, candidates) if each.pair not in answered]
    known = told.get(wish.person.pk, selectors.NOTHING_TOLD)
    subjects = {subject.pk for subject in wish.subjects}
    last: list[Pair] = [
        pair for pair, organisation in known.last.items() if organisation in subjects and pair not in answered
    ]
    return choose(own, known.bands, last, wish.room)


def _views(choices: Sequence[Choice]) -> Views:
    """(pairing, posting across) → what is told of it: the two it concerns may both be told in one go."""
    found: Views = {}
    for side in ("need", "offer"):
        fits = [pick.candidate for choice in choices for pick in choice.picks]
        fits = [fit for fit in fits if fit.other == getattr(fit, side)]
        others = {fit.pairing: fit.other for fit in fits}
        found |= {(pk, others[pk]): shown for pk, shown in recommending.shown_of(fits).items()}
    return found


def _waiting(organisations: set[int]) -> dict[int, list[Waiting]]:
    """organisation → the introductions in which the other side has said yes and waits for it."""
    found: dict[int, list[Waiting]] = defaultdict(list)
    rows = introductions.waiting(introductions.loaded(), organisations)
    for row in rows:
        for side in row.sides.all():
            if side.organisation_id in organisations and not side.says_yes:
                own, across = (row.need, row.offer) if side.code == row.need.kind_of.side else (row.offer, row.need)
                found[side.organisation_id].append(Waiting(row, own, across))
    return found


def _deadlines(organisations: set[int], now: datetime) -> dict[int, list[Posting]]:
    """organisation → its open postings that run out soon, the first ones first."""
    today = timezone.localdate(now)
    rows = Posting.objects.filter(
        organisation_id__in=organisations, status__in=life_cycle.OPEN, expires_on__gte=today,
        expires_on__lte=today + timedelta(days=DEADLINE_DAYS),
    )  # fmt: skip
    found: dict[int, list[Posting]] = defaultdict(list)
    for posting in rows.order_by("expires_on", "id").defer("description"):
        found[posting.organisation_id].append(posting)
    return found


def _deadline(posting: Posting) -> Entry:
    note = B("有效期至 {day}", "until {day}").format(day=posting.expires_on)
    return Entry(_title(posting), f"/postings/{posting.pk}", str(note), fresh=False)


def _in_words(
    wish: Wish, choice: Choice, views: Views, waiting: list[Waiting], deadlines: list[Posting], now: datetime
) -> Composed:
    with translation.override(wish.language):
        suggestions = [_suggestion(pick, views[pick.candidate.pairing, pick.candidate.other]) for pick in choice.picks]
        parts = (_waits(waiting, wish, now), _suggested(suggestions, choice), _running_out(deadlines))
        sections = [section for section in parts if section]
        composed = Composed(
            subject=_subject(suggestions, len(waiting)), changes=_changes(wish, choice), sections=sections, told=len(suggestions)
        )
    return settled(composed, budget_spent=wish.budget_spent and choice.left_over > 0)


def _suggestion(pick: Pick, shown: recommending.Shown) -> Suggestion:
    fit = pick.candidate
    language: Language = "en" if speaks_english() else "zh"
    where = region_of(shown.other_region or shown.other_organisation_region)
    own = public_title(kinds.of(shown.own_kind), shown.own_title, shown.own_details)
    about = B("对应您的「{title}」", "for your “{title}”").format(title=own)
    return Suggestion(
        title=public_title(kinds.of(shown.other_kind), shown.other_title, shown.other_details),
        note=" · ".join(filter(None, (shown.other_organisation, where, str(about)))), path=f"/postings/{fit.other}",
        reason=reason_of(shown.strongest or {}, shown.band, language), word=_word(shown, pick.before, language),
        forward=shown.forward, reverse=shown.reverse, mutual=shown.mutual, band=shown.band, pairing=fit.pairing,
        need=fit.need, offer=fit.offer, organisation=fit.organisation,
    )  # fmt: skip


def _word(shown: recommending.Shown, before: str, language: Language) -> str:
    """The band with its number, and the one it had before."""
    word = f"{BANDS[shown.band][language]} {shown.mutual:.2f}"
    if not before:
        return word
    return str(B("{word}（上次：{before}）", "{word} (was: {before})").format(word=word, before=BANDS[before][language]))


def _waits(waiting: list[Waiting], wish: Wish, now: datetime) -> Section | None:
    if not waiting:
        return None
    left_over = len(waiting) - MOST_WAITING
    more = B("还有 {count} 条，登录后可见。", "{count} more are shown after signing in.").format(count=left_over)
    return Section(
        "waiting", str(B("等您答复", "Waits for your answer")), [_asked(each, wish, now) for each in waiting[:MOST_WAITING]],
        more=str(more) if left_over > 0 else "",
    )  # fmt: skip


def _asked(waiting: Waiting, wish: Wish, now: datetime) -> Suggestion:
    """The other side has said yes: until when it waits. New ones and those that are nearly over are a reason to write."""
    row, own, across = waiting.introduction, waiting.own, waiting.across
    until = timezone.localtime(row.due_at).strftime("%m-%d") if row.due_at else ""
    words = B("对方有意向，请在 {day} 前答复", "They are interested; please answer by {day}").format(day=until)
    about = B("对应您的「{title}」", "for your “{title}”").format(title=_title(own))
    nearly_over = row.due_at is not None and row.due_at - now < NEARLY_OVER
    return Suggestion(
        title=_title(across), note=f"{across.organisation.name} · {about}", path=f"/postings/{across.pk}", reason=str(words),
        word="", forward=0.0, reverse=0.0, mutual=row.mutual or 0.0, band="", pairing=0, need=row.need_id,
        offer=row.offer_id, organisation=own.organisation_id,
        fresh=wish.since is None or row.state_since > wish.since or nearly_over,
    )  # fmt: skip


def _title(posting: Posting) -> str:
    """Letters go through many hands: the title of a secret problem does not, not even to its owner."""
    return public_title(posting.kind_of, posting.title, posting.details)


def _suggested(suggestions: list[Suggestion], choice: Choice) -> Section | None:
    if not suggestions:
        return None
    more = B("还有 {count} 条，登录后可见。", "{count} more are shown after signing in.").format(count=choice.left_over)
    return Section(
        SUGGESTED, str(B("看看谁合适", "Who fits")), suggestions, more=str(more) if choice.left_over else ""
    )


def _running_out(postings: list[Posting]) -> Section | None:
    if not postings:
        return None
    left_over = len(postings) - MOST_DEADLINES
    entries = [_deadline(posting) for posting in postings[:MOST_DEADLINES]]
    more = B("还有 {count} 条。", "{count} more.").format(count=left_over)
    return Section(
        "running_out", str(B("快到期的信息", "About to run out")), entries=entries,
        more=str(more) if left_over > 0 else "",
    )  # fmt: skip


def _subject(suggestions: list[Suggestion], waiting: int) -> str:
    if waiting:
        words = B("{count} 个对接等您答复", "{count} wait for your answer").format(count=waiting)
        more = B("，另有 {count} 个合适的配对", ", and {count} good fits").format(count=len(suggestions))
        return f"{words}{more if suggestions else ''}"
    if not suggestions:
        return ""
    first, count = suggestions[0], len(suggestions)
    if count == 1:
        return str(B("1 个合适的配对：{title}", "One good fit: {title}").format(title=first.title))
    words = B("{count} 个合适的配对：{title} 等", "{count} good fits: {title} and more")
    return str(words.format(count=count, title=first.title))


def _changes(wish: Wish, choice: Choice) -> str:
    """What is different from the last time; nothing the first time."""
    if wish.since is None:
        return ""
    parts = [
        (choice.new, B("新增 {count} 个合适的配对", "{count} new")),
        (choice.risen, B("{count} 个更合适了", "{count} fit better now")),
        (choice.gone, B("{count} 个已不在", "{count} are gone")),
    ]
    said = [str(words.format(count=count)) for count, words in parts if count]
    day = timezone.localtime(wish.since).strftime("%m-%d")
    comma = ", " if speaks_english() else "，"
    return str(B("自 {day} 以来：{said}。", "Since {day}: {said}.").format(day=day, said=comma.join(said))) if said else ""


PAIRINGS = DigestKind(
    "pairings",
    B("配对摘要", "Pairings"),
    B("与本单位供求信息合适的配对", "Who fits what your organisation has posted"),
    readers,
    subjects,
    compose,
)
