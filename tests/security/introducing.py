"""The region's introductions: asked, in talks, signed; each private word in them a canary."""

from collections.abc import Callable

from rongqiao.introductions import selectors, services
from rongqiao.introductions.confidence import CURRENT
from rongqiao.introductions.models import Introduction
from tests.security import region as regions
from tests.security.rules import Actor, Thing

TERMS = {"title": "焊工订单班", "level": "basic", "form": "order"}
CONTACT = ("contact_name", "contact_phone", "contact_email")


def introduce(region: regions.Region) -> None:
    """One that waits for an answer, one in talks with a field unlocked, one that is signed."""
    for need, offer in (("firm", "college"), ("rival", "elsewhere")):
        _asked(region, need, offer)
    _in_talks(region)
    _signed(region)


def _asked(region: regions.Region, need: str, offer: str) -> None:
    """The need's side has asked; with which words, only its own people may read until both agree."""
    place = region.places[need]
    comment = region.plant(f"{need} introduction comment", regions.who("post", place))
    pair = int(place.postings["published"].pk), int(region.places[offer].postings["published"].pk)
    begun = services.answer(
        person=place.keeper, organisation_id=place.organisation.pk, need_id=pair[0], offer_id=pair[1],
        answer="interested", comment=comment,
    )  # fmt: skip
    region.pairs[need] = pair
    region.introductions[need] = Thing(begun.pk, None, None, "", (place.organisation.pk, region.places[offer].organisation.pk))


def _agreed(region: regions.Region, name: str, need: str, offer: str, posting: str) -> Introduction:
    """Both have said yes: who answers for one side may read the other's contact and messages."""
    both = region.places[need], region.places[offer]
    pair = both[0].postings[posting].pk, both[1].postings["expert"].pk
    for place in both:
        row = services.answer(
            person=place.keeper, organisation_id=place.organisation.pk, need_id=int(pair[0]), offer_id=int(pair[1]),
            answer="interested",
        )  # fmt: skip
    readers = _either(*(regions.who("post", place) for place in both))
    for place, label in ((both[0], posting), (both[1], "expert")):
        for part in CONTACT:
            _opened(region, f"{place.name} {label} {part}", readers)
    row = services.take_step(
        person=both[0].keeper, introduction_id=row.pk, step_code="start_talks", organisation_id=both[0].organisation.pk
    )
    word = region.plant(f"{need} message", readers)
    services.write(person=both[0].keeper, introduction_id=row.pk, text=word, organisation_id=both[0].organisation.pk)
    region.introductions[name] = Thing(row.pk, None, None, "", tuple(place.organisation.pk for place in both))
    return row


def _in_talks(region: regions.Region) -> None:
    row = _agreed(region, "talks", "firm", "college", "secret")
    firm, college = region.places["firm"], region.places["college"]
    services.accept_note(person=college.keeper, introduction_id=row.pk, version=CURRENT.version)
    services.unlock(person=firm.keeper, introduction_id=row.pk, fields=["current"])
    _opened(region, "firm secret current", regions.who("post", college))
    title = region.plant("terms title", _either(regions.who("post", firm), regions.who("post", college)))
    services.propose(person=firm.keeper, introduction_id=row.pk, terms={**TERMS, "title": title}, signatory="演示")
    agreement = selectors.agreement_of(row.pk)
    assert agreement is not None
    region.numbers["terms"] = str(agreement.number)


def _signed(region: regions.Region) -> None:
    row = _agreed(region, "signed", "rival", "elsewhere", "public")
    rival, elsewhere = region.places["rival"], region.places["elsewhere"]
    made = services.propose(person=rival.keeper, introduction_id=row.pk, terms=TERMS, signatory="演示")
    services.sign(person=elsewhere.keeper, introduction_id=row.pk, number=str(made.number), signatory="演示")
    region.numbers["signed"] = str(made.number)


def _opened(region: regions.Region, label: str, further: Callable[[Actor], bool]) -> None:
    """A word that these may read too."""
    word = regions.canary(label)
    known, may_see = region.canaries[word]
    region.canaries[word] = (known, _either(may_see, further))


def _either(*rules: Callable[[Actor], bool]) -> Callable[[Actor], bool]:
    return lambda actor: any(rule(actor) for rule in rules)
