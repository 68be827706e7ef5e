"""Who may do what to which object, said by hand: what the product must answer, not what it does answer.

The door (visitor, signed in, a capability anywhere) stands in tests/api/test_access.py; here is what comes after it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

# As the roles are meant (parties.roles must say the same).
CAPABILITIES: dict[str, frozenset[str]] = {
    "": frozenset(),
    "administrator": frozenset({"post", "import", "manage"}),
    "enterprise_clerk": frozenset({"post", "import"}),
    "enterprise_mentor": frozenset(),
    "department_clerk": frozenset({"post", "import"}),
    "employment_office": frozenset({"post", "import"}),
    "planning_office": frozenset({"post", "import", "manage"}),
    "teacher": frozenset({"post"}),
    "association": frozenset({"post", "watch"}),
    "broker": frozenset({"post"}),
    "evaluator": frozenset(),
    **{
        f"officer{office}": frozenset({"watch"})
        for office in ("", "_development", "_education", "_labour", "_finance", "_industry")
    },
    "reviewer": frozenset({"review"}),
    "auditor": frozenset({"audit"}),
    "operator": frozenset({"post", "import", "manage", "review", "operate", "watch"}),
}


@dataclass(frozen=True)
class Actor:
    """Somebody who calls, with what they may do in the organisation they belong to."""

    name: str
    role: str
    person: int | None
    organisation: int | None
    capabilities: frozenset[str]
    client: Client

    def can(self, capability: str) -> bool:
        """Whether they have the capability anywhere."""
        return capability in self.capabilities

    def can_for(self, capability: str, organisation: int | None) -> bool:
        """Whether they have it in this organisation; an operator has his in all."""
        return self.can(capability) and (organisation == self.organisation or self.can("operate"))


@dataclass(frozen=True)
class Thing:
    """An object that an address can name."""

    pk: int | str
    organisation: int | None = None
    person: int | None = None
    state: str = ""
    owners: tuple[int, ...] = ()
    keeper_manages: bool = True


@dataclass(frozen=True)
class Aim:
    """What a call is about: the parts of its address, the organisation in it, the thing in it.

    `organisation` is None when there is none of that number; `thing` is None when there is none in that place.
    """

    label: str
    parts: dict[str, Any]
    organisation: int | None = None
    thing: Thing | None = None
    suspended: bool = False


YES, MISSING, REFUSED = "yes", "missing", "refused"
Rule = Callable[[Actor, Aim], str]
OPEN = {"published", "in_talks", "partly_met"}


def _when(holds: bool) -> str:
    return YES if holds else MISSING


def free(actor: Actor, aim: Aim) -> str:
    """There is no object: the door alone decides."""
    return YES


def known(actor: Actor, aim: Aim) -> str:
    """A code, a kind: there or not."""
    return _when(aim.thing is not None)


def absent(actor: Actor, aim: Aim) -> str:
    """Nobody in the region has one of these."""
    return MISSING


def shown(actor: Actor, aim: Aim) -> str:
    """An organisation that everybody may see."""
    return _when(aim.organisation is not None and not aim.suspended)


def in_own(capability: str) -> Rule:
    """In an organisation in which the actor has the capability."""
    return lambda actor, aim: _when(shown(actor, aim) == YES and actor.can_for(capability, aim.organisation))


def in_own_of(capability: str) -> Rule:
    """A thing of such an organisation."""
    return lambda actor, aim: _when(in_own(capability)(actor, aim) == YES and aim.thing is not None)


def trail(actor: Actor, aim: Aim) -> str:
    """An organisation's audit trail; an operator may ask for any number."""
    return _when(actor.can("operate") or (aim.organisation is not None and actor.can_for("manage", aim.organisation)))


def judged(actor: Actor, aim: Aim) -> str:
    """Any organisation but one's own: nobody judges themselves."""
    if aim.organisation is None:
        return MISSING
    return REFUSED if aim.organisation == actor.organisation else YES


def judged_thing(actor: Actor, aim: Aim) -> str:
    """A thing of an organisation that is not one's own."""
    answer = judged(actor, aim)
    return MISSING if answer == YES and aim.thing is None else answer


def leaving(actor: Actor, aim: Aim) -> str:
    """A membership: one's own, or in an organisation that one manages."""
    thing = aim.thing
    return _when(thing is not None and (thing.person == actor.person or actor.can_for("manage", thing.organisation)))


def posting_seen(actor: Actor, aim: Aim) -> str:
    """Open ones are everybody's; reviewers see what was handed in, owners all of theirs."""
    thing = aim.thing
    if thing is None:
        return MISSING
    owner = actor.can_for("post", thing.organisation)
    reviewer = actor.can("review") and thing.state != "draft"
    return _when(owner or reviewer or (thing.state in OPEN and not aim.suspended))


def posting_own(actor: Actor, aim: Aim) -> str:
    """A posting that one may change."""
    return _when(aim.thing is not None and actor.can_for("post", aim.thing.organisation))


def pairing(actor: Actor, aim: Aim) -> str:
    """One of the two it concerns."""
    return _when(aim.thing is not None and any(actor.can_for("post", owner) for owner in aim.thing.owners))


def file_read(actor: Actor, aim: Aim) -> str:
    """Who handed it in, who reviews, who manages the organisation that a manager handed it in for."""
    thing = aim.thing
    if thing is None:
        return MISSING
    managed = thing.keeper_manages and actor.can_for("manage", thing.organisation)
    return _when(thing.person == actor.person or actor.can("review") or managed)


def file_removed(actor: Actor, aim: Aim) -> str:
    """Of those who read it, who manages the organisation."""
    if file_read(actor, aim) == MISSING:
        return MISSING
    return YES if aim.thing and actor.can_for("manage", aim.thing.organisation) else REFUSED


def batch(actor: Actor, aim: Aim) -> str:
    """An import of one's own organisation."""
    return _when(aim.thing is not None and actor.can_for("import", aim.thing.organisation))


def mine(actor: Actor, aim: Aim) -> str:
    """A thing of one's own, whatever organisation one is in."""
    return _when(aim.thing is not None and aim.thing.person == actor.person)


def body_own(capability: str) -> Rule:
    """The organisation is named in the body: as in the address."""
    return in_own(capability)


def member_of(actor: Actor, aim: Aim) -> str:
    """One of the organisations one belongs to."""
    return _when(aim.organisation is not None and aim.organisation == actor.organisation and actor.name != "ended")


ORGANISATION = "api/v1/organisations/<int:organisation_id>"
RULES: dict[str, dict[str, Rule]] = {
    "api/v1/health": {"GET": free},
    "api/v1/schema": {"GET": free},
    "api/v1/codes": {"GET": free},
    "api/v1/codes/<str:system>": {"GET": known},
    "api/v1/codes/<str:system>/<str:code>": {"GET": known},
    "api/v1/audit": {"GET": free},
    f"{ORGANISATION}/audit": {"GET": trail},
    "api/v1/files": {"POST": free},
    "api/v1/files/purposes": {"GET": free},
    "api/v1/files/<uuid:file_id>": {"GET": file_read, "DELETE": file_removed},
    "api/v1/files/<uuid:file_id>/content": {"GET": file_read},
    "api/v1/reviews": {"GET": free},
    "api/v1/reviews/approve": {"POST": free},
    "api/v1/reviews/decline": {"POST": free},
    "api/v1/reviews/reasons": {"GET": free},
    "api/v1/reviews/summary": {"GET": free},
    "api/v1/reviews/<int:case_id>": {"GET": known},
    "api/v1/reviews/<int:case_id>/undo": {"POST": judged_thing},
    "api/v1/privacy": {"GET": free},
    "api/v1/me": {"GET": free, "PATCH": free},
    "api/v1/me/organisation": {"PUT": member_of},
    "api/v1/me/consents": {"POST": free},
    "api/v1/me/sign-ins": {"GET": free},
    "api/v1/me/export": {"GET": free},
    f"{ORGANISATION}/roles": {"GET": in_own("manage")},
    f"{ORGANISATION}/members": {"GET": in_own("manage")},
    f"{ORGANISATION}/members/<int:membership_id>": {"PATCH": in_own_of("manage"), "DELETE": leaving},
    f"{ORGANISATION}/invitations": {"GET": in_own("manage"), "POST": in_own("manage")},
    f"{ORGANISATION}/invitations/<int:invitation_id>": {"DELETE": in_own_of("manage")},
    f"{ORGANISATION}/applications": {"GET": shown, "POST": shown},
    f"{ORGANISATION}/applications/<int:application_id>": {"DELETE": mine},
    f"{ORGANISATION}/verification": {"PUT": judged},
    f"{ORGANISATION}/trust": {"PUT": judged},
    f"{ORGANISATION}/priority-tags": {"POST": judged},
    f"{ORGANISATION}/priority-tags/<int:tag_id>": {"DELETE": judged_thing},
    f"{ORGANISATION}/credit-flags": {"POST": judged},
    f"{ORGANISATION}/credit-flags/<int:flag_id>/clear": {"POST": judged_thing},
    "api/v1/organisations": {"GET": free, "POST": free},
    ORGANISATION: {"GET": shown, "PATCH": in_own("manage")},
    f"{ORGANISATION}/recommendations": {"PUT": in_own("manage")},
    f"{ORGANISATION}/units": {"GET": shown, "POST": in_own("manage")},
    "api/v1/kinds": {"GET": free},
    "api/v1/postings": {"GET": free, "POST": body_own("post")},
    "api/v1/postings/<int:posting_id>": {"GET": posting_seen, "PATCH": posting_own},
    "api/v1/postings/<int:posting_id>/steps/<slug:step>": {"POST": posting_own},
    "api/v1/postings/<int:posting_id>/pairings": {"GET": posting_own},
    "api/v1/pairings": {"GET": free},
    "api/v1/pairings/<int:pairing_id>": {"GET": pairing},
    "api/v1/introductions": {"GET": free, "POST": pairing},
    "api/v1/introductions/vocabulary": {"GET": free},
    "api/v1/introductions/<int:introduction_id>": {"GET": pairing},
    "api/v1/introductions/<int:introduction_id>/steps/<slug:step>": {"POST": pairing},
    "api/v1/introductions/<int:introduction_id>/undo": {"POST": pairing},
    "api/v1/introductions/<int:introduction_id>/broker": {"PUT": pairing, "DELETE": pairing},
    "api/v1/introductions/<int:introduction_id>/contacts": {"GET": pairing},
    "api/v1/introductions/<int:introduction_id>/secrets": {"GET": pairing, "POST": pairing},
    "api/v1/introductions/<int:introduction_id>/note": {"POST": pairing},
    "api/v1/introductions/<int:introduction_id>/messages": {"GET": pairing, "POST": pairing},
    "api/v1/introductions/<int:introduction_id>/export": {"GET": pairing},
    "api/v1/introductions/<int:introduction_id>/terms": {"PUT": pairing},
    "api/v1/introductions/<int:introduction_id>/sign": {"POST": pairing},
    "api/v1/introductions/<int:introduction_id>/record": {"GET": pairing},
    "api/v1/records/<uuid:number>": {"GET": known},
    f"{ORGANISATION}/responses": {"GET": shown},
    "api/v1/postings/<int:posting_id>/met-elsewhere": {"POST": posting_own},
    "api/v1/match-preview": {"POST": free},
    "api/v1/match-advice": {"POST": free},
    "api/v1/parse": {"POST": free},
    "api/v1/search": {"GET": free},
    "api/v1/search/complete": {"GET": free},
    "api/v1/saved-searches": {"GET": free, "POST": free},
    "api/v1/saved-searches/<int:search_id>": {"GET": mine, "PATCH": mine, "DELETE": mine},
    "api/v1/saved-searches/<int:search_id>/seen": {"POST": mine},
    "api/v1/digests": {"GET": free},
    "api/v1/digests/<int:digest_id>": {"GET": mine},
    "api/v1/digests/outcomes": {"GET": free},
    "api/v1/digests/planned": {"GET": free},
    "api/v1/digests/planned/<int:preference_id>": {"GET": known},
    "api/v1/digests/preferences": {"GET": free},
    "api/v1/digests/preferences/<slug:digest_kind>": {"PATCH": known},
    "api/v1/digests/groups/<slug:digest_kind>": {"PUT": known, "DELETE": absent},
    "api/v1/digests/preview/<slug:digest_kind>": {"POST": known},
    "api/v1/notices": {"GET": free},
    "api/v1/notices/read": {"POST": free},
    "api/v1/notices/<int:notice_id>/read": {"POST": mine},
    "api/v1/letters": {"GET": free},
    "api/v1/letters/<int:letter_id>/retry": {"POST": known},
    "api/v1/imports": {"GET": free, "POST": free},
    "api/v1/imports/templates/<slug:kind_code>.xlsx": {"GET": known},
    "api/v1/imports/<int:batch_id>": {"GET": batch},
    "api/v1/imports/<int:batch_id>/mapping": {"PUT": batch},
    "api/v1/imports/<int:batch_id>/run": {"POST": batch},
    "api/v1/imports/<int:batch_id>/cancel": {"POST": batch},
    "api/v1/imports/<int:batch_id>/undo": {"POST": batch},
    "api/v1/imports/<int:batch_id>/errors": {"GET": batch},
    "api/v1/imports/<int:batch_id>/errors.xlsx": {"GET": batch},
}
