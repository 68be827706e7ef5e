"""Still valid? (A5: 专人维护) Before a posting's date comes its steward is asked by letter; one link confirms."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.capabilities import POST
from rongqiao.common.errors import Problem
from rongqiao.common.language import Bilingual, both
from rongqiao.mailing import links
from rongqiao.mailing import services as mailing
from rongqiao.mailing.content import Action, Content, Item, Items, Paragraph
from rongqiao.mailing.models import Link
from rongqiao.mailing.registry import LetterKind
from rongqiao.mailing.registry import register as register_letter
from rongqiao.outbox import services as outbox
from rongqiao.parties import selectors as parties
from rongqiao.parties.models import Person

from . import actions, history, life_cycle, selectors
from .models import Posting
from .services import POSTING_CHANGED, renew

FRESHNESS = "freshness"
CLOSED = "postings_closed"
ASKED_DAYS_BEFORE = 14
MOST_LISTED = 30
# A browser sends a field for each that is ticked, and Django reads at most 1,000.
MOST_IN_A_LETTER = 500
MOST_LETTERS = 500
B = Bilingual
LOG = logging.getLogger(__name__)


def ask() -> int:
    """Ask about the postings whose date comes soon: one letter for an organisation, once for each confirmation.
    Returns how many postings were asked about. What is left over by MOST_LETTERS has its turn the next time."""
    due = selectors.nearly_outdated(ASKED_DAYS_BEFORE)
    organisations = list(due.order_by("organisation_id").values_list("organisation_id", flat=True).distinct()[:MOST_LETTERS])
    rows = due.filter(organisation_id__in=organisations).defer("description", "details")
    by_organisation = _by_organisation(rows.order_by("organisation_id", "expires_on", "id"))
    return sum(_ask_one(organisation_id, rows) for organisation_id, rows in by_organisation.items())


def _by_organisation(postings: Iterable[Posting]) -> dict[int, list[Posting]]:
    found: dict[int, list[Posting]] = {}
    for posting in postings:
        found.setdefault(posting.organisation_id, []).append(posting)
    return found


@transaction.atomic
def _ask_one(organisation_id: int, postings: Sequence[Posting]) -> int:
    asked = postings[:MOST_IN_A_LETTER]
    for person in parties.stewards_or_managers(organisation_id):
        url = links.make(
            purpose=FRESHNESS, person_id=person.pk, email=person.email,
            payload={"organisation": organisation_id, "postings": [posting.pk for posting in asked]},
            days=ASKED_DAYS_BEFORE + 1,
        )  # fmt: skip
        _send(FRESHNESS, person, organisation_id, {**_listed(asked), "url": url})
    Posting.objects.filter(pk__in=[posting.pk for posting in asked]).update(asked_on=clock.today())
    return len(asked)


def _send(kind: str, person: Person, organisation_id: int, context: Mapping[str, Any]) -> None:
    """A letter; an address that no letter can go to holds up nobody else."""
    try:
        mailing.send(
            kind=kind, to=person.email, language=person.language, person_id=person.pk,
            organisation_id=organisation_id, context=context,
        )  # fmt: skip
    except Problem as problem:
        LOG.warning("no %s letter to person %s: %s", kind, person.pk, problem)


def _listed(postings: Sequence[Posting]) -> dict[str, Any]:
    """What a letter says of them: the first MOST_LISTED by name, and how many there are."""
    return {"postings": [_told(each) for each in postings[:MOST_LISTED]], "count": len(postings)}


def _told(posting: Posting) -> dict[str, str]:
    return {"title": posting.title, "expires_on": posting.expires_on.isoformat() if posting.expires_on else ""}


def tell_closed(postings: Sequence[Posting]) -> None:
    """Tell the stewards which of their postings were closed because nobody answered (in the caller's transaction)."""
    for organisation_id, rows in _by_organisation(postings).items():
        context = _listed(rows)
        for person in parties.stewards_or_managers(organisation_id):
            _send(CLOSED, person, organisation_id, context)


@transaction.atomic
def expire_stale() -> int:
    """Close the open postings whose date has passed (A5), and say so. Returns how many."""
    stale = Posting.objects.filter(status__in=life_cycle.OPEN, expires_on__lt=clock.today())
    rows = list(stale.select_for_update(of=("self",)).order_by("id")[:2_000])
    each: dict[int, dict[str, Any]] = {}
    for posting in rows:
        each[posting.pk] = {history.VERSION: posting.version + 1, history.STATUS: [posting.status, "expired"]}
        posting.status = "expired"
        posting.version += 1
    Posting.objects.bulk_update(rows, ["status", "version"], batch_size=500)
    audit.record_many(action=actions.STEPS["expire"], subjects=rows, by=None, each=each)
    outbox.record(POSTING_CHANGED, [row.pk for row in rows], bulk=True)
    tell_closed(rows)
    return len(rows)


class StillValid(forms.MultipleChoiceField):
    """What is ticked; one that has closed since the page was drawn does not spoil the others."""

    def valid_value(self, value: Any) -> bool:
        return True


def form_of(link: Link) -> type[forms.Form]:
    """The link's postings that are still open, all ticked."""
    choices = [(str(posting.pk), posting.title) for posting in _open_of(link)]
    field = StillValid(
        label=both("仍然有效的", "Still valid"), widget=forms.CheckboxSelectMultiple, required=False, choices=choices,
        initial=[value for value, _ in choices],
    )  # fmt: skip
    return type("StillValidForm", (forms.Form,), {"still_valid": field})


def _open_of(link: Link) -> list[Posting]:
    """The link's postings that are open, while its person still posts for the organisation."""
    person = Person.objects.filter(pk=link.person_id, is_active=True).first() if link.person_id else None
    organisation_id = link.payload["organisation"]
    if person is None or not person.can_for(POST, organisation_id):
        raise links.gone()
    found = selectors.in_order(link.payload["postings"])
    return [each for each in found if each.is_open and each.organisation_id == organisation_id]


def describe(link: Link) -> Content:
    """What is asked."""
    organisation = parties.one_organisation(link.payload["organisation"])
    _open_of(link)
    return Content(
        B("这些信息还有效吗？", "Are these still valid?"),
        (
            Paragraph(
                B(
                    "{name} 的下列信息快到期了。勾选仍然有效的，点“确认”；没有勾选的到期后自动关闭。",
                    "These postings of {name} are about to run out. Tick those that are still valid and confirm; the others "
                    "close by themselves on their date.",
                ).format(name=organisation.name)
            ),
        ),
    )


def act(link: Link, cleaned: Mapping[str, Any], request: HttpRequest) -> Content:
    """Renew those that were ticked and are still open."""
    ticked = [posting.pk for posting in _open_of(link) if str(posting.pk) in cleaned["still_valid"]]
    person = Person.objects.get(pk=link.person_id or 0)
    renewed = renew(posting_ids=ticked, by=person)
    return Content(
        B("已确认 {count} 条", "{count} confirmed").format(count=len(renewed)),
        (Items([Item(posting.title) for posting in renewed]),) if renewed else (),
    )


def write_question(context: Mapping[str, Any]) -> Content:
    """The letter that asks."""
    until = B("有效期至 {day}", "until {day}")
    items = [Item(each["title"], note=until.format(day=each["expires_on"])) for each in context["postings"]]
    count = context["count"]
    return Content(
        B("{count} 条信息快到期了，还有效吗？", "{count} postings are about to run out: still valid?").format(count=count),
        (
            Paragraph(
                B(
                    "仍然有效的，点下面的按钮一次确认；不再有效的，不必做什么，到期后自动关闭。",
                    "If they are, one button confirms them; if not, do nothing, and they close by themselves.",
                )
            ),
            Items(items),
            *_and_more(count - len(items)),
            Action(B("确认仍有效", "Still valid"), context["url"]),
        ),
    )


def _and_more(count: int) -> list[Paragraph]:
    return [Paragraph(B("……以及另外 {count} 条。", "… and {count} more.").format(count=count))] if count > 0 else []


def write_closed(context: Mapping[str, Any]) -> Content:
    """The letter that says what was closed."""
    items = [Item(each["title"]) for each in context["postings"]]
    return Content(
        B("{count} 条信息已到期关闭", "{count} postings were closed on their date").format(count=context["count"]),
        (
            Items(items),
            *_and_more(context["count"] - len(items)),
            Paragraph(B("还需要的话，登录后可以重新发布。", "If they are still needed, sign in and publish them again.")),
        ),
    )


_SAMPLE = [{"title": "数控车工", "expires_on": "2026-12-15"}, {"title": "焊工", "expires_on": "2026-12-18"}]


def register_all() -> None:
    """Make the letters and the link known."""
    register_letter(
        LetterKind(
            FRESHNESS, "是否仍有效", "Still valid?", write_question, notice=False, secret=True,
            sample={"postings": _SAMPLE, "count": 2, "url": "https://rongqiao.example/l/sample"},
        )
    )  # fmt: skip
    register_letter(
        LetterKind(
            CLOSED, "到期关闭", "Closed on date", write_closed, notice=True, secret=False,
            sample={"postings": _SAMPLE, "count": 2},
        )
    )  # fmt: skip
    links.register(links.LinkPurpose(FRESHNESS, describe, form_of, act, both("确认", "Confirm")))
