"""Reading introductions: the inbox of an organisation, one for those it concerns, what waits for an answer."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, When

from rongqiao.common.capabilities import POST
from rongqiao.common.errors import missing
from rongqiao.common.language import Bilingual
from rongqiao.parties.models import Person
from rongqiao.postings.models import Posting

from . import confidence, states
from .models import Agreement, Introduction, Message, Passage, Side, Signature, Undertaking
from .vocabulary import REASONS, Answer


def loaded() -> QuerySet[Introduction]:
    """Introductions with what a list shows of them (four queries, whatever their number)."""
    rows = Introduction.objects.select_related("need__organisation", "need__unit", "offer__organisation", "offer__unit")
    return rows.prefetch_related("sides__organisation", "sides__broker")


def of_organisations(organisation_ids: Iterable[int]) -> QuerySet[Introduction]:
    """Those in which these take part, or act as brokers, the last changed first."""
    mine = sides_spoken_for(organisation_ids).values("introduction_id")
    return loaded().filter(pk__in=mine).order_by("-state_since", "-id")


def sides_spoken_for(organisation_ids: Iterable[int]) -> QuerySet[Side]:
    """The sides that these organisations are, or act for as brokers."""
    ids = list(organisation_ids)
    return Side.objects.filter(Q(organisation_id__in=ids) | Q(broker_id__in=ids))


def inbox(person: Person) -> QuerySet[Introduction]:
    """Those of the organisations for which the person answers, in whatever state."""
    return of_organisations(spoken_for(person))


def spoken_for(person: Person) -> list[int]:
    """The organisations in whose name the person answers."""
    return [each.organisation_id for each in person.active_memberships if POST in each.capabilities]


def waiting_for(organisation_id: int) -> QuerySet[Introduction]:
    """What waits for an answer of an organisation, the soonest deadline first."""
    return waiting(loaded(), [organisation_id])


def waiting(rows: QuerySet[Introduction], organisation_ids: Iterable[int]) -> QuerySet[Introduction]:
    """Of these rows, those that wait for an answer of one of these organisations, the soonest deadline first."""
    return rows.filter(_wait_for(organisation_ids)).order_by("due_at", "id")


def waiting_first(rows: QuerySet[Introduction], organisation_ids: Iterable[int]) -> QuerySet[Introduction]:
    """These rows: first those that wait for an answer of one of these organisations, the soonest deadline first, then the
    others, the last changed first."""
    waits = _wait_for(organisation_ids)
    rows = rows.annotate(waits=Case(When(waits, then=True), default=False), until=Case(When(waits, then="due_at")))
    return rows.order_by("-waits", "until", "-state_since", "-id")


def _wait_for(organisation_ids: Iterable[int]) -> Q:
    silent = sides_spoken_for(organisation_ids).exclude(answer=Answer.INTERESTED)
    return Q(state="interested", pk__in=silent.values("introduction_id"))


def of_posting(rows: QuerySet[Introduction], posting_id: int) -> QuerySet[Introduction]:
    """Of these rows, those of one posting."""
    return rows.filter(Q(need_id=posting_id) | Q(offer_id=posting_id))


def told(rows: QuerySet[Introduction]) -> QuerySet[Introduction]:
    """Without those that nobody has answered yet: what a person's inbox holds."""
    return rows.exclude(state__in=("recommended", "seen"))


def one_for(person: Person, introduction_id: int) -> Introduction:
    """An introduction of an organisation for which the person answers; otherwise it looks missing."""
    found = loaded().filter(pk=introduction_id).first()
    if found is None or not sides_of(person, found):
        raise missing()
    return found


def sides_of(person: Person, introduction: Introduction) -> list[Side]:
    """The sides for which the person answers (both, for an operator); those of their own organisation come first."""
    own = set(person.organisation_ids())
    mine = [side for side in introduction.sides.all() if answers_for(person, side)]
    return sorted(mine, key=lambda side: side.organisation_id not in own and side.broker_id not in own)


def answers_for(person: Person, side: Side) -> bool:
    """Whether the person answers for the side: in its organisation, or in the broker that it has named."""
    if person.can_for(POST, side.organisation_id):
        return True
    return side.broker_id is not None and side.broker_id in spoken_for(person)


def acting_organisation(person: Person, side: Side) -> int:
    """In whose name the person acts for the side: its organisation, or its broker."""
    return side.organisation_id if person.can_for(POST, side.organisation_id) else side.broker_id or side.organisation_id


def between(need_id: int, offer_id: int) -> Introduction | None:
    """The introduction of a need and an offer, when there is one."""
    return loaded().filter(need_id=need_id, offer_id=offer_id).first()


def standing_of(introduction: Introduction, side: Side) -> frozenset[str]:
    """Who the side is in the table of states."""
    across = introduction.side(side.other_code)
    who = {states.standing(side.says_yes, across.says_yes)}
    if introduction.closed_by == side.code:
        who.add(states.CLOSER)
    return frozenset(who)


def possible(introduction: Introduction, side: Side) -> list[states.Step]:
    """The steps that the side may take now."""
    return states.possible(introduction.state, standing_of(introduction, side))


def talking_about(posting: Posting) -> QuerySet[Introduction]:
    """The introductions that hold places of a posting."""
    return of_posting(Introduction.objects.filter(state__in=states.AGREED), posting.pk)


def overdue(now: object) -> QuerySet[Introduction]:
    """Those whose deadline has passed."""
    return Introduction.objects.filter(state="interested", due_at__lt=now).order_by("due_at", "id")


def last_passage(introduction: Introduction) -> Passage | None:
    """The last step that stands."""
    return introduction.passages.filter(undone_at=None).order_by("-pk").first()


def open_of(posting_id: int) -> QuerySet[Introduction]:
    """Of what something can still come, of one posting."""
    return of_posting(Introduction.objects.filter(state__in=states.PENDING | states.TALKING), posting_id)


def postings_of(introduction_ids: Iterable[int]) -> set[int]:
    """The postings of these introductions."""
    rows = Introduction.objects.filter(pk__in=list(introduction_ids)).values_list("need_id", "offer_id")
    return {posting_id for pair in rows for posting_id in pair}


def passages(introduction: Introduction) -> list[Passage]:
    """Every step, the first one first."""
    return list(introduction.passages.select_related("person").order_by("pk"))


def pending_of(posting_id: int) -> QuerySet[Introduction]:
    """Those about a posting in which not both have said yes."""
    return of_posting(Introduction.objects.filter(state__in=states.PENDING), posting_id)


def secrets(introduction: Introduction, posting: Posting, side: str) -> list[dict[str, Any]]:
    """The secret fields of a posting with when each was unlocked, and the values of those that were."""
    unlocked = dict(introduction.unlocks.filter(side=side).values_list("field", "unlocked_at"))
    return [
        {
            "field": secret.name, "label": secret.label, "unlocked_at": unlocked.get(secret.name),
            "value": secret.value if secret.name in unlocked else None,
        }
        for secret in confidence.secrets_of(posting)
    ]  # fmt: skip


def messages(introduction: Introduction) -> QuerySet[Message]:
    """What was written, the first one first, with who wrote it and its files (two queries)."""
    return introduction.messages.select_related("organisation", "person").prefetch_related("files").order_by("pk")


def reason_told(reason: str, mine: bool) -> dict[str, str]:
    """The reason: to whose it is as it was chosen, to the other side in its civil form alone."""
    known = REASONS.get(reason)
    if known is None:
        return {"reason": "", "reason_words": ""}
    return {"reason": reason if mine else "", "reason_words": str(known.label if mine else known.civil)}


def passage_told(row: Passage, introduction: Introduction, side: Side) -> dict[str, Any]:
    """A step as a side may read it: who of the other side, and with which words, is told when both have agreed."""
    told = row.side == side.code or introduction.is_agreed
    step = states.STEPS.get(row.step)
    return {
        "step": row.step,
        "label": str(Bilingual(step.zh, step.en) if step else Bilingual("推荐", "Recommended")),
        "at": row.at,
        "side": row.side,
        "by": (row.person.name if row.person else "") if told else "",
        "state": row.target,
        "reason_words": reason_told(row.reason, row.side == side.code)["reason_words"],
        "comment": row.comment if told else "",
        "undone": row.undone_at is not None,
    }


def has_attachment(organisation_ids: Iterable[int], file_id: int) -> bool:
    """Whether a file goes with a message to one of these organisations, in an introduction that is open to both."""
    mine = sides_spoken_for(organisation_ids).filter(introduction__state__in=states.AGREED)
    return Message.objects.filter(files=file_id, introduction__in=mine.values("introduction_id")).exists()


def is_sent(file_id: int) -> bool:
    """Whether a file goes with any message."""
    return Message.objects.filter(files=file_id).exists()


def agreement_of(introduction_id: int) -> Agreement | None:
    """What was put down, with its signatures."""
    found = Agreement.objects.filter(introduction_id=introduction_id)
    return found.select_related("introduction").prefetch_related("signatures").first()


def signed_record(number: UUID) -> Agreement:
    """The agreement of that number, signed by both; otherwise it looks missing."""
    rows = Agreement.objects.filter(number=number, introduction__state="signed")
    found = rows.select_related("introduction").prefetch_related("signatures").first()
    if found is None:
        raise missing()
    return found


def funnel() -> dict[str, int]:
    """How many introductions ever came to each state, in the order of the table; steps taken back do not count."""
    reached = Passage.objects.filter(undone_at=None).values_list("target")
    counts = dict(reached.annotate(count=Count("introduction", distinct=True)).order_by())
    return {code: counts.get(code, 0) for code in states.STATES}


def funnel_rows(state: str) -> QuerySet[Passage]:
    """The rows behind a figure of the funnel: who, when, why, under which version."""
    rows = Passage.objects.filter(undone_at=None, target=state).exclude(source=state)
    return rows.select_related("introduction", "organisation", "person").order_by("pk")


def personal_data_of(person: Person) -> dict[str, Any]:
    """What a person has said, written, accepted and signed, as plain values."""
    by = {"person": person}
    return {
        "steps": list(Passage.objects.filter(**by).values("introduction_id", "step", "at", "reason", "comment")),
        "messages": list(Message.objects.filter(**by).values("introduction_id", "at", "text")),
        "undertakings": list(Undertaking.objects.filter(**by).values("introduction_id", "version", "accepted_at")),
        "signatures": list(Signature.objects.filter(**by).values("agreement_id", "signatory", "position", "signed_at")),
    }
