"""From an address to the calls that are made of it: whose object, in which state, with which body."""

import re
from collections.abc import Iterator
from typing import Any

from rongqiao.digests.models import Preference
from rongqiao.introductions.confidence import CURRENT as NOTE
from rongqiao.mailing.models import Letter
from rongqiao.parties.privacy import CURRENT
from tests.security.region import ABSENT, NO_FILE, Region
from tests.security.rules import Actor, Aim, Thing

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# The description is long and the same for everybody: two ask for it.
ASKED_BY_TWO = {"api/v1/schema": ("visitor", "operator")}
PARAMETER = re.compile(r"<\w+:(\w+)>")
# The thing that a part of an address names, in `Place.things`.
THINGS = {
    "membership_id": "membership", "invitation_id": "invitation", "application_id": "application", "tag_id": "tag",
    "flag_id": "flag", "file_id": "file", "batch_id": "batch", "notice_id": "notice", "case_id": "case",
    "search_id": "search", "digest_id": "digest",
}  # fmt: skip
ANSWERED = ("POST", "api/v1/introductions")
BODY_NAMES_ORGANISATION = {("POST", "api/v1/postings"), ("PUT", "api/v1/me/organisation")}


def path_of(address: str, aim: Aim) -> str:
    """The address with the aim's parts."""
    return "/" + PARAMETER.sub(lambda found: str(aim.parts[found.group(1)]), address)


def aims(region: Region, actor: Actor, address: str, method: str) -> list[Aim]:
    """What the actor may aim at there; the absent one comes first."""
    names = PARAMETER.findall(address)
    if (method, address) in BODY_NAMES_ORGANISATION or names == ["organisation_id"]:
        return list(_organisations(region, actor))
    if (method, address) == ANSWERED:
        return list(_pairs(region))
    if not names:
        return [Aim("", {})]
    if names[0] == "organisation_id":
        return list(_within(region, actor, names[1]))
    if names[0] == "posting_id":
        return list(_postings(region, actor))
    if names[0] in THINGS:
        return list(_things(region, actor, names[0]))
    return list(_others(region, actor, names))


def _organisations(region: Region, actor: Actor) -> Iterator[Aim]:
    yield Aim("absent", {"organisation_id": ABSENT})
    for place in {_home(region, actor), "rival", "closed"} - {""}:
        pk = region.places[place].organisation.pk
        yield Aim(_whose(region, actor, place), {"organisation_id": pk}, pk, None, place == "closed")


def _within(region: Region, actor: Actor, name: str) -> Iterator[Aim]:
    """A thing in its organisation, and each in the other's."""
    home = _home(region, actor)
    places = [place for place in (home, "rival", "closed") if place]
    for place in places:
        yield _at(region, place, name, None, f"{place}/absent")
    for place in places:
        for thing_place in places:
            thing = region.places[thing_place].things[THINGS[name]]
            yield _at(region, place, name, thing, f"{place}/{thing_place}")
        thing = region.own[actor.name].get(THINGS[name]) if actor.name in region.own else None
        if thing:
            yield _at(region, place, name, thing, f"{place}/mine")


def _at(region: Region, place: str, name: str, thing: Thing | None, label: str) -> Aim:
    pk = region.places[place].organisation.pk
    parts = {"organisation_id": pk, name: thing.pk if thing else ABSENT}
    there = thing if thing and thing.organisation == pk else None
    return Aim(label, parts, pk, there, place == "closed")


def _postings(region: Region, actor: Actor) -> Iterator[Aim]:
    yield Aim("absent", {"posting_id": ABSENT, "step": "withdraw"})
    home = _home(region, actor)
    for place in [place for place in (home, "rival") if place]:
        for state, thing in region.places[place].postings.items():
            yield _posting(f"{place} {state}", thing, suspended=place == "closed")
    yield _posting("closed published", region.places["closed"].postings["published"], suspended=True)


def _posting(label: str, thing: Thing, *, suspended: bool = False) -> Aim:
    return Aim(label, {"posting_id": thing.pk, "step": "withdraw"}, thing.organisation, thing, suspended)


def _things(region: Region, actor: Actor, name: str) -> Iterator[Aim]:
    yield Aim("absent", {name: NO_FILE if name == "file_id" else ABSENT})
    own = region.own.get(actor.name, {}).get(THINGS[name])
    if own:
        manages = actor.can_for("manage", own.organisation)
        thing = Thing(own.pk, own.organisation, own.person, keeper_manages=manages)
        yield Aim("mine", {name: own.pk}, own.organisation, thing)
    for place in {_home(region, actor), "rival"} - {""}:
        thing = region.places[place].things[THINGS[name]]
        yield Aim(_whose(region, actor, place), {name: thing.pk}, thing.organisation, thing)


def _pairs(region: Region) -> Iterator[Aim]:
    """A need and an offer, in the body."""
    yield Aim("absent", {"need": ABSENT, "offer": ABSENT})
    for name, (need, offer) in region.pairs.items():
        yield Aim(f"of {name}", {"need": need, "offer": offer}, None, region.introductions[name])


def _others(region: Region, actor: Actor, names: list[str]) -> Iterator[Aim]:
    """Codes, kinds, pairings and letters."""
    if names == ["pairing_id"]:
        yield Aim("absent", {"pairing_id": ABSENT})
        for need, thing in region.pairings.items():
            yield Aim(f"of {need}", {"pairing_id": thing.pk}, None, thing)
    elif names[0] == "introduction_id":
        broker = region.places["broker"].organisation.pk
        yield Aim("absent", {"introduction_id": ABSENT, "step": "confirm", "number": NO_FILE, "broker": broker})
        for need, thing in region.introductions.items():
            parts = {"introduction_id": thing.pk, "step": "confirm", "number": region.numbers["terms"], "broker": broker}
            yield Aim(f"of {need}", parts, None, thing)
    elif names == ["number"]:
        yield Aim("absent", {"number": NO_FILE})
        yield Aim("signed", {"number": region.numbers["signed"]}, None, Thing(0))
    elif names == ["letter_id"]:
        yield Aim("absent", {"letter_id": ABSENT})
        letter = Letter.objects.earliest("pk")
        yield Aim("a letter", {"letter_id": letter.pk}, None, Thing(letter.pk))
    elif names == ["preference_id"]:
        yield Aim("absent", {"preference_id": ABSENT})
        preference = Preference.objects.earliest("pk")
        yield Aim("a preference", {"preference_id": preference.pk}, None, Thing(preference.pk))
    else:
        there = {"system": "region", "code": "500101", "kind_code": "major", "digest_kind": "pairings"}
        yield Aim("absent", {**there, names[-1]: "none-such"})
        yield Aim("known", there, None, Thing(0))


def _home(region: Region, actor: Actor) -> str:
    """The place the actor belongs to, or belonged to."""
    found = [name for name, place in region.places.items() if place.organisation.pk == actor.organisation]
    return found[0] if found else ""


def _whose(region: Region, actor: Actor, place: str) -> str:
    return "own" if place == _home(region, actor) else place


def call(actor: Actor, method: str, address: str, aim: Aim, query: str = "") -> Any:
    """One call, with a body that would do."""
    body = BODIES.get((method, address), {})
    if (method, address) in BODY_NAMES_ORGANISATION:
        body = {**body, "organisation": aim.parts["organisation_id"]}
    if (method, address) == ANSWERED:
        owners = aim.thing.owners if aim.thing else ()
        own = actor.organisation if actor.organisation in owners else (*owners, ABSENT)[0]
        body = {**aim.parts, "answer": "interested", "organisation": own}
    if (method, address) == ("PUT", f"{INTRODUCTION}/broker"):
        body = {**body, "broker": aim.parts["broker"]}
    if address == f"{INTRODUCTION}/sign":
        body = {**body, "number": aim.parts["number"]}
    if method == "GET":
        return actor.client.get(path_of(address, aim) + query)
    if address in ("api/v1/files", "api/v1/imports"):
        return getattr(actor.client, method.lower())(path_of(address, aim), {} if method == "POST" else "{}", **_typed(method))
    return getattr(actor.client, method.lower())(path_of(address, aim), body, content_type="application/json")


def _typed(method: str) -> dict[str, str]:
    return {} if method == "POST" else {"content_type": "application/json"}


ORGANISATION = "api/v1/organisations/<int:organisation_id>"
INTRODUCTION = "api/v1/introductions/<int:introduction_id>"
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "api/v1/reviews/approve"): {"cases": [ABSENT]},
    ("POST", "api/v1/reviews/decline"): {"cases": [ABSENT], "reasons": ["unclear"]},
    ("PATCH", "api/v1/me"): {"language": "en"},
    ("POST", "api/v1/me/consents"): {"version": CURRENT.version},
    ("PATCH", f"{ORGANISATION}/members/<int:membership_id>"): {"is_steward": True},
    ("POST", f"{ORGANISATION}/invitations"): {"email": "more@x.example", "role": "administrator"},
    ("PUT", f"{ORGANISATION}/verification"): {"status": "doubted", "reason": "核实中"},
    ("PUT", f"{ORGANISATION}/trust"): {"on": False},
    ("POST", f"{ORGANISATION}/priority-tags"): {"kind": "alumni", "proof": "公告", "expires_on": "2099-01-01"},
    ("POST", f"{ORGANISATION}/credit-flags"): {"kind": "labour", "source": "公告", "dated": "2020-01-01"},
    ("POST", f"{ORGANISATION}/credit-flags/<int:flag_id>/clear"): {"reason": "已更正"},
    ("POST", "api/v1/organisations"): {"name": "演示新厂", "party_type": "enterprise"},
    ("PATCH", ORGANISATION): {"introduction": "简介"},
    ("PUT", f"{ORGANISATION}/recommendations"): {"on": False},
    ("POST", f"{ORGANISATION}/units"): {"name": "又一个"},
    ("POST", "api/v1/postings"): {"kind": "expert", "title": "专家"},
    ("PATCH", "api/v1/postings/<int:posting_id>"): {"version": 1, "description": "改过"},
    ("POST", "api/v1/postings/<int:posting_id>/steps/<slug:step>"): {"version": 1},
    ("POST", "api/v1/match-preview"): {"kind": "talent_need", "title": "焊工"},
    ("POST", "api/v1/match-advice"): {"kind": "talent_need", "title": "焊工"},
    ("PUT", f"{INTRODUCTION}/broker"): {"fee": "free"},
    ("POST", f"{INTRODUCTION}/note"): {"version": NOTE.version},
    ("POST", f"{INTRODUCTION}/secrets"): {"fields_to_open": ["current"]},
    ("POST", f"{INTRODUCTION}/messages"): {"text": "您好"},
    ("PUT", f"{INTRODUCTION}/terms"): {"title": "焊工订单班", "level": "basic", "form": "order", "signatory": "演示"},
    ("POST", f"{INTRODUCTION}/sign"): {"number": NO_FILE, "signatory": "演示"},
    ("POST", "api/v1/saved-searches"): {"name": "焊工", "q": "焊工"},
    ("PATCH", "api/v1/saved-searches/<int:search_id>"): {"name": "另一个名称"},
    ("PATCH", "api/v1/digests/preferences/<slug:digest_kind>"): {"rhythm": "off"},
    ("PUT", "api/v1/digests/groups/<slug:digest_kind>"): {
        "chat": "dingtalk", "name": "群", "address": "https://oapi.dingtalk.com/robot/send?access_token=" + "a" * 64,
    },
    ("POST", "api/v1/digests/preview/<slug:digest_kind>"): {"most": 3},
    ("POST", "api/v1/parse"): {"text": "招聘焊工3名", "kind": "talent_need"},
}


def body_of(answer: Any) -> bytes:
    """An answer's bytes, read to the end, which closes a file."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)
