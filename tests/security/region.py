"""A small region with one of everything, each private word in it a canary of its own, and one person of every role."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.test import Client

from rongqiao.codes.models import CodeEntry
from rongqiao.common import clock
from rongqiao.digests.composing import Composed
from rongqiao.digests.models import Digest, Preference
from rongqiao.files import store
from rongqiao.files.models import StoredFile
from rongqiao.importing.models import Batch, RowError
from rongqiao.mailing import services as mailing
from rongqiao.outbox import services as outbox
from rongqiao.parties import services as parties
from rongqiao.parties.models import CreditFlag, Invitation, Organisation, Person, PriorityTag
from rongqiao.parties.privacy import CURRENT
from rongqiao.postings import life_cycle
from rongqiao.postings.models import Posting
from rongqiao.postings.services import POSTING_CHANGED
from rongqiao.recommending.models import Pairing
from rongqiao.reviewing.models import Case
from rongqiao.searching import services as searching
from tests import world
from tests.importing.samples import uploaded
from tests.security.rules import Actor, Aim, Thing

HIDDEN_BY = {
    "public": (),
    "summary": ("description", "current", "targets", "tried", "solver_requirements"),
    "invited": ("title", "description", "current", "targets", "tried", "solver_requirements", "skills", "mode"),
    "secret": ("title", "description", "summary", "current", "targets", "tried", "solver_requirements", "skills"),
}
WORDS = ("title", "description", "summary", "current", "tried", "solver_requirements", "skills")
# role → the kind of organisation it is held in here.
HELD_IN = {
    "administrator": "firm", "enterprise_clerk": "firm", "enterprise_mentor": "firm",
    "department_clerk": "college", "employment_office": "college", "planning_office": "college", "teacher": "college",
    "association": "association", "broker": "broker", "evaluator": "evaluator",
    "officer": "office", "officer_development": "office", "officer_education": "office", "officer_labour": "office",
    "officer_finance": "office", "officer_industry": "office",
    "reviewer": "platform", "auditor": "platform", "operator": "platform",
}  # fmt: skip
PLACES = {
    "firm": "enterprise", "college": "college", "association": "association", "broker": "broker", "evaluator": "evaluator",
    "office": "government", "platform": "broker", "rival": "enterprise", "elsewhere": "college", "closed": "enterprise",
}  # fmt: skip
SCHOOLS = ("college", "elsewhere")
ABSENT = 999_999_999
NO_FILE = "00000000-0000-4000-8000-000000000000"


def canary(label: str) -> str:
    """A word of letters that nothing else holds, the same each time for the same label."""
    digest = hashlib.sha256(label.encode()).digest()
    return "cnry" + "".join(chr(97 + byte % 26) for byte in digest[:16])


@dataclass
class Place:
    """An organisation with one of everything that belongs to it."""

    name: str
    organisation: Organisation
    keeper: Person
    postings: dict[str, Thing] = field(default_factory=dict)
    things: dict[str, Thing] = field(default_factory=dict)


@dataclass
class Region:
    """Places, one actor for each role, and what each canary is: word → (label, who may see it).

    `once_public` are the words of what was open, that of the suspended organisation too: contents stay in the tables.
    """

    places: dict[str, Place] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    own: dict[str, dict[str, Thing]] = field(default_factory=dict)
    pairings: dict[str, Thing] = field(default_factory=dict)
    introductions: dict[str, Thing] = field(default_factory=dict)
    pairs: dict[str, tuple[int, int]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    canaries: dict[str, tuple[str, Callable[[Actor], bool]]] = field(default_factory=dict)
    once_public: set[str] = field(default_factory=set)

    def plant(self, label: str, seen_by: Callable[[Actor], bool]) -> str:
        """A new canary."""
        word = canary(label)
        self.canaries[word] = (label, seen_by)
        return word


def nobody(actor: Actor) -> bool:
    """What no answer may hold."""
    return False


def everybody(actor: Actor) -> bool:
    """What is public: the proof that the search for canaries finds them."""
    return True


def who(capability: str, place: Place, *further: str) -> Callable[[Actor], bool]:
    """Those with a capability in the place's organisation, and those with one of the further ones anywhere."""
    return lambda actor: actor.can_for(capability, place.organisation.pk) or any(actor.can(each) for each in further)


def build() -> Region:
    """The whole region, indexed and paired."""
    region = Region()
    CodeEntry.objects.create(system="region", code="500101", edition="GB/T 2260", name="万州区")
    for name, party_type in PLACES.items():
        _place(region, name, party_type)
    for role, name in HELD_IN.items():
        _actor(region, role, region.places[name], role)
    _actor(region, "nobody", None, "")
    _actor(region, "ended", region.places["firm"], "administrator", ended=True)
    _actor(region, "closed_administrator", region.places["closed"], "administrator")
    region.actors["visitor"] = Actor("visitor", "", None, None, frozenset(), Client())
    world.drain()
    closed = region.places["closed"].organisation
    parties.set_verification(organisation=closed, by=None, status="suspended", reason="测试")
    world.drain()
    _name_cases_and_pairings(region)
    return region


def _place(region: Region, name: str, party_type: str) -> None:
    keeper = _person(region, f"keeper.{name}", lambda actor: False)
    fields: dict[str, Any] = {"name": f"演示{name}", "party_type": party_type, "region_code": "500101", **world.TRUSTED}
    organisation = parties.add_organisation(fields=fields, profile={})
    place = region.places[name] = Place(name, organisation, keeper)
    contact = {part: region.plant(f"{name} contact {part}", who("post", place, "review")) for part in ("name", "phone", "email")}
    organisation.contact_name, organisation.contact_phone = contact["name"], contact["phone"]
    organisation.contact_email = f"{contact['email']}@x.example"
    organisation.save()
    region.canaries[canary(f"address keeper.{name}")] = (f"address of {name}'s keeper", who("manage", place))
    membership = parties.add_member(organisation=organisation, person=keeper, role="administrator")
    place.things["membership"] = Thing(membership.pk, organisation.pk, keeper.pk)
    _postings(region, place)
    _belongings(region, place)


def _person(region: Region, label: str, seen_by: Callable[[Actor], bool]) -> Person:
    """Somebody without a name: then their address is what people would be shown."""
    address = canary(f"address {label}")
    person = Person.objects.create_user(f"{address}@x.example", world.PASSWORD)
    parties.consent(person=person, version=CURRENT.version, language="zh-hans")
    return person


def _postings(region: Region, place: Place) -> None:
    """One in every state; R&D problems of every level of 密级; an expert with what only its owner may see."""
    offering = place.name in SCHOOLS
    rows = {
        state: _posting(region, place, state, "major" if offering else "talent_need", state, _plain(offering))
        for state in life_cycle.STATES
    }
    for secrecy in HIDDEN_BY if not offering else ():
        rows[secrecy] = _posting(region, place, secrecy, "tech_need", "published", _problem(region, place, secrecy))
    conflicts = [region.plant(f"{place.name} expert conflicts", who("post", place, "review"))]
    rows["expert"] = _posting(region, place, "expert", "expert", "published", {"skills": ["焊接"], "conflicts": conflicts})
    Posting.objects.bulk_create(rows.values())
    for name, row in rows.items():
        place.postings[name] = Thing(row.pk, row.organisation_id, None, row.status)
    outbox.record(POSTING_CHANGED, [row.pk for row in rows.values()])


def _plain(offering: bool) -> dict[str, Any]:
    return {"major_code": "460110", "skills": ["焊接"]} if offering else {"headcount": 3, "skills": ["焊接"]}


def _problem(region: Region, place: Place, secrecy: str) -> dict[str, Any]:
    words = {name: _word(region, place, secrecy, name) for name in WORDS if name not in ("title", "description")}
    return {
        **words, "field": "智能装备", "secrecy": secrecy, "tried": [words["tried"]], "skills": [words["skills"]],
        "targets": [{"metric": _word(region, place, secrecy, "targets")}],
    }  # fmt: skip


def _word(region: Region, place: Place, secrecy: str, name: str) -> str:
    word = region.plant(f"{place.name} {secrecy} {name}", _readers(place, secrecy, name))
    if name not in HIDDEN_BY[secrecy]:
        region.once_public.add(word)
    return word


def _readers(place: Place, secrecy: str, name: str) -> Callable[[Actor], bool]:
    """Who reads a field of an R&D problem: everybody what its 密级 shows, its owner and reviewers the rest."""
    if place.name != "closed" and name not in HIDDEN_BY[secrecy]:
        return everybody
    return who("post", place, "review")


def _posting(region: Region, place: Place, label: str, kind: str, state: str, details: dict[str, Any]) -> Posting:
    owners = who("post", place) if state == "draft" else who("post", place, "review")
    shown = everybody if life_cycle.STATES[state].open and place.name != "closed" else owners
    if label in HIDDEN_BY:
        title, description = (_word(region, place, label, name) for name in ("title", "description"))
    else:
        title, description = (region.plant(f"{place.name} {label} {name}", shown) for name in ("title", "description"))
    if life_cycle.STATES[state].open and label not in HIDDEN_BY:
        region.once_public |= {title, description}
    contacts = {part: region.plant(f"{place.name} {label} {part}", owners) for part in ("contact_name", "contact_phone")}
    mail = region.plant(f"{place.name} {label} contact_email", owners)
    return Posting(
        kind=kind, organisation=place.organisation, title=title, description=description, details=details, status=state,
        region_code="500101", contact_email=f"{mail}@x.example", published_at=clock.now(), confirmed_on=clock.today(),
        expires_on=date(2099, 1, 1), created_by=place.keeper, **contacts,
    )  # fmt: skip


def _belongings(region: Region, place: Place) -> None:
    organisation, keeper, things = place.organisation, place.keeper, place.things
    managers, importers = who("manage", place), who("import", place)
    unit = parties.add_unit(organisation=organisation, by=keeper, name="二级单位", unit_type="school", partners=[])
    things["unit"] = Thing(unit.pk, organisation.pk)
    things["file"] = _file(region, place, keeper, who("manage", place, "review"))
    things["application"] = _application(region, place, keeper, things["file"], who("manage", place, "review"))
    invited = region.plant(f"{place.name} invited address", managers)
    invitation = parties.invite(
        organisation=organisation, by=keeper, email=f"{invited}@x.example", role="administrator"
    )
    things["invitation"] = Thing(invitation.pk, organisation.pk)
    tag = PriorityTag.objects.create(
        organisation=organisation, kind="listed", proof="公告", granted_by=keeper, expires_on=date(2099, 1, 1)
    )
    things["tag"] = Thing(tag.pk, organisation.pk)
    flag = CreditFlag.objects.create(
        organisation=organisation, kind="labour", source="公告", dated=date(2020, 1, 1), recorded_by=keeper
    )
    things["flag"] = Thing(flag.pk, organisation.pk)
    things["batch"] = _batch(region, place, importers)
    things["notice"] = _notice(region, keeper, f"{place.name} notice", nobody)
    things["search"] = _search(region, keeper, f"{place.name} search", nobody)
    things["digest"] = _digest(region, keeper, f"{place.name} digest", nobody)


def _file(region: Region, place: Place, person: Person, readers: Callable[[Actor], bool]) -> Thing:
    words = [region.plant(f"{place.name} {person.pk} file {part}", readers) for part in ("name", "bytes")]
    file = StoredFile.objects.create(
        purpose="evidence", organisation=place.organisation, uploaded_by=person, name=f"{words[0]}.pdf",
        media_type="application/pdf", size=len(words[1]), sha256="0" * 64,
    )  # fmt: skip
    path = store.path_of(file.uuid)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ContentFile(words[1].encode()).read())
    return Thing(str(file.uuid), place.organisation.pk, person.pk)


def _application(region: Region, place: Place, person: Person, file: Thing, readers: Callable[[Actor], bool]) -> Thing:
    note = region.plant(f"{place.name} {person.pk} application note", readers)
    made = parties.apply(
        organisation=place.organisation, by=person, purpose="verification", note=note, evidence=[str(file.pk)]
    )
    return Thing(made.pk, place.organisation.pk, person.pk)


def _batch(region: Region, place: Place, readers: Callable[[Actor], bool]) -> Thing:
    """A table with something wrong in it; a place that may post no such thing has the row of one alone."""
    name, sample, wrong = (region.plant(f"{place.name} batch {part}", readers) for part in ("name", "sample", "value"))
    common = {"organisation": place.organisation, "by": place.keeper, "label": "样本"}
    if PLACES[place.name] in ("enterprise", "association", "broker"):
        table = f"岗位名称,人数\n{sample},3\n焊工,{wrong}\n".encode()
        batch = uploaded(table, f"{name}.csv", kind_code="talent_need", **common)
    else:
        batch = Batch.objects.create(kind="major", file_name=f"{name}.csv", header=["专业"], samples=[[sample]], **common)
    RowError.objects.create(batch=batch, row=2, column="人数", value=wrong, code="not_number")
    return Thing(batch.pk, place.organisation.pk, place.keeper.pk)


def _notice(region: Region, person: Person, label: str, readers: Callable[[Actor], bool]) -> Thing:
    """A letter that stays as a notice too: its subject holds the canary."""
    word = region.plant(label, _or(readers, lambda actor: actor.can("operate")))  # the list of letters has its subject
    context = {"occasion": "publication", "approved": True, "title": word, "remark": "", "reasons": []}
    mailing.send(
        kind="review_answer", to=person.email, person_id=person.pk, context={**context, "remark": canary(f"{label} body")}
    )
    region.canaries[canary(f"{label} body")] = (f"{label} body", readers)
    notice = person_notice(person)
    return Thing(notice, None, person.pk)


def _search(region: Region, person: Person, label: str, readers: Callable[[Actor], bool]) -> Thing:
    """A search that somebody keeps: what they look for is nobody else's business."""
    word = region.plant(label, readers)
    kept = searching.save_search(person=person, name=word, words="焊工", filters={"region": "500101"})
    return Thing(kept.pk, None, person.pk)


def _digest(region: Region, person: Person, label: str, readers: Callable[[Actor], bool]) -> Thing:
    """A digest that somebody was sent: what they are told of is theirs."""
    word = region.plant(label, readers)
    now = clock.now()
    kept = Digest.objects.create(
        person=person, kind="pairings", planned_at=now, composed_at=now, language="zh-hans", outcome="sent", subject=word,
        body=Composed(subject=word, changes=word).as_json(),
    )  # fmt: skip
    Preference.objects.create(person=person, kind="pairings", minute=497)
    return Thing(kept.pk, None, person.pk)


def person_notice(person: Person) -> int:
    """The newest notice of a person."""
    from rongqiao.mailing.models import Notice

    return int(Notice.objects.filter(person=person).latest("pk").pk)


def _actor(region: Region, name: str, place: Place | None, role: str, *, ended: bool = False) -> None:
    """Somebody in a role, with things of their own."""
    from tests.security.rules import CAPABILITIES

    person = _person(region, f"actor {name}", nobody)
    client = Client()
    client.force_login(person, backend=world.BACKEND)
    living = place is not None and place.name != "closed" and not ended
    capabilities = CAPABILITIES[role] if living else frozenset()
    actor = region.actors[name] = Actor(name, role, person.pk, place.organisation.pk if place else None, capabilities, client)
    own = region.own[name] = {"notice": _notice(region, person, f"{name} own notice", _himself(actor))}
    own["search"] = _search(region, person, f"{name} own search", _himself(actor))
    own["digest"] = _digest(region, person, f"{name} own digest", _himself(actor))
    region.canaries[canary(f"address actor {name}")] = (f"address of {name}", _known_to(actor, place if living else None))
    agent = region.plant(f"{name} agent", _himself(actor))
    parties.log_sign_in(person=person, outcome="wrong_password", address=None, agent=agent)
    if place is None:
        return
    membership = parties.add_member(organisation=place.organisation, person=person, role=role)
    own["membership"] = Thing(membership.pk, place.organisation.pk, person.pk)
    manages = "manage" in capabilities
    readers = _or(_himself(actor), who("manage", place, "review") if manages else who("review", place, "review"))
    own["file"] = _file(region, place, person, readers)
    noted = _or(_himself(actor), who("manage", place, "review"))
    own["application"] = _application(region, place, person, own["file"], noted)
    if ended:
        membership.is_active = False
        membership.save()
        own.pop("membership")


def _himself(actor: Actor) -> Callable[[Actor], bool]:
    return lambda other: other.person == actor.person


def _known_to(actor: Actor, place: Place | None) -> Callable[[Actor], bool]:
    return _or(_himself(actor), who("manage", place) if place else (lambda other: other.can("operate")))


def _or(*rules: Callable[[Actor], bool]) -> Callable[[Actor], bool]:
    return lambda actor: any(rule(actor) for rule in rules)


def _name_cases_and_pairings(region: Region) -> None:
    cases = {(case.subject_type, case.subject_id): case for case in Case.objects.filter(state="waiting")}
    for place in region.places.values():
        case = cases["posting", place.postings["in_review"].pk]
        place.things["case"] = Thing(case.pk, case.organisation_id)
        application = cases["application", place.things["application"].pk]
        place.things["application_case"] = Thing(application.pk, application.organisation_id)
    for need, offer in (("firm", "college"), ("rival", "elsewhere")):
        found = Pairing.objects.filter(
            need__organisation=region.places[need].organisation, offer__organisation=region.places[offer].organisation
        ).first()
        assert found is not None, f"{need} and {offer} are not paired"
        owners = (region.places[need].organisation.pk, region.places[offer].organisation.pk)
        region.pairings[need] = Thing(found.pk, owners[0], None, "", owners)


def invitation_of(place: Place) -> Invitation:
    """The open invitation of a place."""
    return Invitation.objects.get(pk=place.things["invitation"].pk)


__all__ = ["ABSENT", "Aim", "Region", "build", "canary"]
