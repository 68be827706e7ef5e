"""Attempts to have more rights than one was given. Each is something somebody would try."""

from io import BytesIO
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from rongqiao.audit.models import Entry
from rongqiao.mailing.models import Notice
from rongqiao.parties import links, services
from rongqiao.parties.models import Invitation, Membership, Organisation, Person
from rongqiao.postings.models import Posting
from rongqiao.recommending.models import Pairing
from tests import world
from tests.parties.conftest import Reader

pytestmark = pytest.mark.django_db
AUTH = "/api/auth/browser/v1"
ABSENT = 999_999_999
JOINING = {"name": "新同事", "password": "Bridge-over-water-7", "again": "Bridge-over-water-7", "consent": "on"}


@pytest.fixture
def letters(mailoutbox: list[Any]) -> Reader:
    return Reader()


@pytest.fixture
def reviewer(db: None) -> world.Party:
    return world.party("演示审核中心", "broker", "500101", "review@platform.example", role="reviewer")


@pytest.fixture
def platform(operator: world.Party) -> world.Party:
    """An administrator of the platform's own organisation, who does not operate it."""
    return joined(operator.organisation, "office@platform.example", "administrator")


def joined(organisation: Organisation, email: str, role: str) -> world.Party:
    """Another person of an organisation."""
    person = Person.objects.create_user(email, world.PASSWORD)
    services.add_member(organisation=organisation, person=person, role=role)
    client = Client()
    client.force_login(person, backend=world.BACKEND)
    return world.Party(organisation, person, client)


def own(party: world.Party, path: str = "") -> str:
    return f"organisations/{party.organisation.pk}{path}"


def code_of(answer: Any) -> str:
    return str(answer.json()["errors"][0]["code"])


def looks_missing(answer: Any, absent: Any) -> None:
    assert (answer.status_code, answer.content) == (404, absent.content)
    assert absent.status_code == 404


@pytest.mark.parametrize("role", ["operator", "reviewer", "auditor"])
def test_an_administrator_gives_nobody_the_platform_s_roles(role: str, platform: world.Party, enterprise: world.Party) -> None:
    for party in (platform, enterprise):
        refused = party.post(own(party, "/invitations"), {"email": "friend@x.example", "role": role})
        assert (refused.status_code, code_of(refused)) == (400, "role_not_here")
        oneself = Membership.objects.get(person=party.person)
        refused = party.patch(own(party, f"/members/{oneself.pk}"), {"role": role})
        assert (refused.status_code, code_of(refused)) == (400, "role_not_here")
    assert not Invitation.objects.exists()
    assert {each.role for each in Membership.objects.filter(person__in=[platform.person, enterprise.person])} == {"administrator"}


def test_an_administrator_takes_no_operator_s_role_away(platform: world.Party, operator: world.Party) -> None:
    theirs = Membership.objects.get(person=operator.person)
    for answer in (
        platform.patch(own(platform, f"/members/{theirs.pk}"), {"role": "administrator"}),
        platform.client.delete(f"/api/v1/{own(platform, f'/members/{theirs.pk}')}"),
    ):
        assert (answer.status_code, code_of(answer)) == (403, "permission_denied")
    assert operator.get("health").status_code == 200


def test_registering_as_government_opens_no_figures(visitor: Client) -> None:
    office = world.party("演示发改委", "government", "500000", "x@x.example")
    services.set_verification(organisation=office.organisation, by=None, status="unverified", reason="测试")
    oneself = Membership.objects.get(person=office.person)
    services.add_member(organisation=office.organisation, person=office.person, role="officer")
    assert office.patch(own(office, f"/members/{oneself.pk}"), {"role": "officer_finance"}).status_code == 409
    capabilities = {each for row in office.get("me").json()["memberships"] for each in row["capabilities"]}
    assert "watch" not in capabilities


@pytest.mark.parametrize(
    "field", ["verify_status", "verified_at", "trusted_at", "trusted", "claimable", "source", "source_key", "steward", "id"]
)
def test_an_organisation_s_standing_cannot_be_written(field: str, enterprise: world.Party) -> None:
    value = {"claimable": True, "trusted": True, "verify_status": "authority"}.get(field, "2020-01-01T00:00:00Z")
    Organisation.objects.filter(pk=enterprise.organisation.pk).update(verify_status="unverified", trusted_at=None)
    before = Organisation.objects.values().get(pk=enterprise.organisation.pk)
    enterprise.patch(own(enterprise), {field: value})
    after = Organisation.objects.values().get(pk=enterprise.organisation.pk)
    moved = {name for name in before if before[name] != after[name]}
    assert moved <= {"updated_at", "last_confirmed_at"}
    made = enterprise.post("organisations", {"name": "演示又一厂", "party_type": "enterprise", field: value})
    if made.status_code == 201:
        fresh = Organisation.objects.get(pk=made.json()["id"])
        assert (fresh.verify_status, fresh.trusted_at, fresh.claimable, fresh.source) == ("unverified", None, False, "")


@pytest.mark.parametrize(
    "field", ["status", "organisation_id", "created_by", "published_at", "source", "batch_id", "taken_back", "expires_on"]
)
def test_a_posting_s_standing_cannot_be_written(field: str, enterprise: world.Party, college: world.Party) -> None:
    draft = enterprise.post("postings", {"kind": "talent_need", "title": "焊工"}).json()
    value = {"status": "published", "organisation_id": college.organisation.pk}.get(field, 1)
    refused = enterprise.patch(f"postings/{draft['id']}", {"version": 1, field: value})
    assert (refused.status_code, code_of(refused)) == (400, "unknown_field")
    assert enterprise.patch(f"postings/{draft['id']}", {"version": 1, "organisation": college.organisation.pk}).status_code == 400
    assert enterprise.post("postings", {"kind": "talent_need", "title": "焊工", field: value}).status_code == 400
    assert Posting.objects.get(pk=draft["id"]).organisation_id == enterprise.organisation.pk


@pytest.mark.parametrize("field", ["email", "is_staff", "is_superuser", "is_active", "memberships", "password"])
def test_one_does_not_write_one_s_own_account(field: str, enterprise: world.Party) -> None:
    before = Person.objects.values().get(pk=enterprise.person.pk)
    assert enterprise.patch("me", {field: True}).status_code == 400
    assert Person.objects.values().get(pk=enterprise.person.pk) == before


def test_nothing_is_done_in_a_foreign_organisation_s_name(enterprise: world.Party, other_enterprise: world.Party) -> None:
    theirs = other_enterprise.organisation.pk
    draft = {"kind": "talent_need", "title": "焊工"}
    foreign, absent = ({**draft, "organisation": number} for number in (theirs, ABSENT))
    looks_missing(enterprise.post("postings", foreign), enterprise.post("postings", absent))
    looks_missing(
        enterprise.put("me/organisation", {"organisation": theirs}), enterprise.put("me/organisation", {"organisation": ABSENT})
    )
    looks_missing(imported(enterprise, theirs), imported(enterprise, ABSENT))
    looks_missing(sent_in(enterprise, theirs), sent_in(enterprise, ABSENT))
    assert not Posting.objects.exists()


def imported(party: world.Party, organisation: int) -> Any:
    table = SimpleUploadedFile("a.csv", "岗位名称,人数\n焊工,3\n".encode())
    return party.client.post(
        "/api/v1/imports", {"file": table, "kind": "talent_need", "source": "表", "organisation": organisation}
    )


def sent_in(party: world.Party, organisation: int) -> Any:
    content = BytesIO()
    Image.new("RGB", (60, 40), "white").save(content, "PNG")
    picture = SimpleUploadedFile("licence.png", content.getvalue())
    return party.client.post("/api/v1/files", {"purpose": "evidence", "organisation": organisation, "file": picture})


def test_an_organisation_is_claimed_once_and_on_one_s_own_evidence(
    enterprise: world.Party, other_enterprise: world.Party, reviewer: world.Party
) -> None:
    waiting = Organisation.objects.create(name="演示待认领公司", party_type="enterprise", claimable=True)
    path = f"organisations/{waiting.pk}/applications"
    theirs = sent_in(other_enterprise, waiting.pk).json()["uuid"]
    stolen = enterprise.post(path, {"purpose": "claim", "evidence": [theirs]})
    unknown = enterprise.post(path, {"purpose": "claim", "evidence": ["00000000-0000-4000-8000-000000000000"]})
    assert (stolen.status_code, stolen.content) == (400, unknown.content)
    mine = sent_in(enterprise, waiting.pk).json()["uuid"]
    looks_missing(enterprise.get(f"files/{theirs}"), enterprise.get("files/00000000-0000-4000-8000-000000000000"))
    claims = [
        party.post(path, {"purpose": "claim", "evidence": [evidence]})
        for party, evidence in ((enterprise, mine), (enterprise, mine), (other_enterprise, theirs))
    ]
    assert [claim.status_code for claim in claims] == [201, 409, 201]
    world.drain()
    cases = {row["subject_id"]: row["id"] for row in reviewer.get("reviews?occasion=claim").json()["results"]}
    first, second = cases[claims[0].json()["id"]], cases[claims[2].json()["id"]]
    outcomes = reviewer.post("reviews/approve", {"cases": [first, second]}).json()
    assert [each["done"] for each in outcomes] == [True, False]
    assert [each.person for each in Membership.objects.filter(organisation=waiting)] == [enterprise.person]
    assert other_enterprise.get(f"organisations/{waiting.pk}/members").status_code == 404
    late = other_enterprise.post(path, {"purpose": "claim", "evidence": [theirs]})
    assert (late.status_code, code_of(late)) == (409, "not_claimable")
    assert enterprise.get(f"files/{theirs}").status_code == 404, "the new owner does not read the other's evidence"
    assert other_enterprise.person.email not in enterprise.get(f"organisations/{waiting.pk}/audit").content.decode()


@pytest.mark.parametrize("role", ["administrator", "auditor"])
def test_who_does_not_review_decides_nothing(role: str, enterprise: world.Party, other_enterprise: world.Party) -> None:
    party = world.party("演示中心", "broker", "500101", "c@c.example", role=role)
    world.step(drafted(other_enterprise), "submit")
    world.drain()
    for path, body in (
        ("reviews/approve", {"cases": [1]}), ("reviews/decline", {"cases": [1], "reasons": ["unclear"]}), ("reviews/1/undo", {}),
        (own(other_enterprise, "/credit-flags"), {}), (own(other_enterprise, "/priority-tags"), {}),
    ):  # fmt: skip
        assert party.post(path, body).status_code == 403
    assert party.put(own(party, "/trust"), {"on": True}).status_code == 403
    assert party.put(own(party, "/verification"), {"status": "authority", "reason": "x"}).status_code == 403


def drafted(party: world.Party) -> Posting:
    made = party.post("postings", {"kind": "talent_need", "title": "焊工"}).json()
    return Posting.objects.get(pk=made["id"])


def test_nobody_reviews_their_own(reviewer: world.Party, enterprise: world.Party) -> None:
    """Somebody who reviews for the platform and posts for a firm that is not trusted."""
    services.add_member(organisation=enterprise.organisation, person=reviewer.person, role="administrator")
    Organisation.objects.filter(pk=enterprise.organisation.pk).update(trusted_at=None)
    posting = drafted(enterprise)
    published = reviewer.post(f"postings/{posting.pk}/steps/publish", {"version": 1})
    assert published.json()["status"] == "in_review"
    refused = reviewer.post(f"postings/{posting.pk}/steps/approve", {"version": 2})
    assert (refused.status_code, code_of(refused)) == (409, "wrong_state")
    for answer in (
        reviewer.put(own(enterprise, "/trust"), {"on": True}),
        reviewer.put(own(enterprise, "/verification"), {"status": "authority", "reason": "本单位"}),
        reviewer.post(own(enterprise, "/priority-tags"), {"kind": "listed", "proof": "公告", "expires_on": "2099-01-01"}),
        reviewer.post(own(enterprise, "/credit-flags"), {"kind": "labour", "source": "公告", "dated": "2020-01-01"}),
    ):
        assert (answer.status_code, code_of(answer)) == (403, "conflict_of_interest")
    assert not Organisation.objects.get(pk=enterprise.organisation.pk).is_trusted


def test_others_notices_sign_ins_exports_and_letters_are_not_to_be_guessed(
    enterprise: world.Party, other_enterprise: world.Party, operator: world.Party
) -> None:
    services.tell_of_new_password(person=other_enterprise.person)
    services.log_sign_in(person=other_enterprise.person, outcome="done", address=None, agent="canary-agent")
    notice = Notice.objects.get(person=other_enterprise.person)
    looks_missing(enterprise.post(f"notices/{notice.pk}/read"), enterprise.post(f"notices/{ABSENT}/read"))
    assert Notice.objects.get(pk=notice.pk).read_at is None
    assert enterprise.get("notices").json()["count"] == enterprise.get("me/sign-ins").json()["count"] == 0
    for query in (f"person={other_enterprise.person.pk}", f"id={other_enterprise.person.pk}"):
        assert enterprise.get(f"me/export?{query}").content.find(other_enterprise.person.email.encode()) == -1
        assert enterprise.get(f"me/sign-ins?{query}").status_code == 400
    assert enterprise.get("letters").status_code == 403
    assert operator.get("letters").status_code == 200


def found(party: world.Party, words: str) -> set[int]:
    """What a search finds."""
    return {row["id"] for row in party.get(f"search?q={words}").json()["results"]}


def test_who_is_suspended_acts_no_more(enterprise: world.Party, college: world.Party, reviewer: world.Party) -> None:
    posting = world.publish(enterprise, "talent_need", "焊工")
    fits = world.publish(college, "major", "焊接", major_code="460110")
    world.drain()
    pairing = Pairing.objects.get()
    answer = reviewer.put(own(enterprise, "/verification"), {"status": "suspended", "reason": "冒用他人执照"})
    assert answer.status_code == 200
    # Nothing has been drained: the index and the pairings still hold what is no longer shown.
    for party in (enterprise, college):
        assert party.get(f"pairings/{pairing.pk}").status_code in (403, 404)
    assert college.get(f"postings/{fits.pk}/pairings").json()["results"] == []
    assert found(college, "焊工") == {fits.pk}
    preview = college.post("match-preview", {"kind": "major", "title": "焊接", "details": {"major_code": "460110"}})
    assert preview.json()["results"] == []
    assert enterprise.post(f"postings/{posting.pk}/steps/confirm", {"version": posting.version}).status_code == 403
    assert enterprise.post("postings", {"kind": "talent_need", "title": "焊工"}).status_code == 403
    assert enterprise.patch(f"postings/{posting.pk}", {"version": posting.version, "title": "改名"}).status_code == 403
    for path in ("imports", own(enterprise, "/members"), own(enterprise, "/audit")):
        assert enterprise.get(path).status_code == 403
    assert enterprise.get("me/export").status_code == 200, "what is kept about oneself is one's own"


def test_a_closed_posting_leaves_every_list_before_the_worker_has_heard(enterprise: world.Party, college: world.Party) -> None:
    need = world.publish(enterprise, "talent_need", "焊工")
    fits = world.publish(college, "major", "焊接", major_code="460110")
    world.drain()
    assert college.get(f"postings/{fits.pk}/pairings").json()["count"] == 1
    assert found(college, "焊工") == {need.pk, fits.pk}
    pairing = Pairing.objects.get()
    world.step(need, "withdraw")
    assert college.get(f"postings/{fits.pk}/pairings").json()["count"] == 0
    assert college.get(f"pairings/{pairing.pk}").status_code == 404
    assert found(college, "焊工") == {fits.pk}


def test_an_ended_membership_ends_every_right_at_once(enterprise: world.Party, operator: world.Party) -> None:
    colleague = joined(enterprise.organisation, "second@firm.example", "administrator")
    draft = drafted(enterprise)
    assert colleague.get(f"postings/{draft.pk}").status_code == 200
    assert colleague.put("me/organisation", {"organisation": enterprise.organisation.pk}).status_code == 200
    membership = Membership.objects.get(person=colleague.person)
    assert enterprise.client.delete(f"/api/v1/{own(enterprise, f'/members/{membership.pk}')}").status_code == 204
    looks_missing(colleague.get(f"postings/{draft.pk}"), colleague.get(f"postings/{ABSENT}"))
    assert colleague.get("postings?mine=1").json()["count"] == 0
    assert colleague.get("me").json()["current"] is None
    for path in ("/members", "/invitations", "/audit", "/roles"):
        assert colleague.get(own(enterprise, path)).status_code == 403
    assert colleague.post("postings", {"kind": "talent_need", "title": "焊工"}).status_code == 403
    assert "contact_phone" not in colleague.get(own(enterprise)).json()


def test_members_who_may_not_post_are_listed_no_drafts(enterprise: world.Party) -> None:
    mentor = joined(enterprise.organisation, "mentor@firm.example", "enterprise_mentor")
    drafted(enterprise)
    assert enterprise.get("postings?mine=1").json()["count"] == 1
    assert mentor.get("postings?mine=1").json()["count"] == 0


def test_opening_a_secret_keeps_its_old_words_out_of_the_trail(enterprise: world.Party) -> None:
    secret = world.publish(enterprise, "tech_need", "难题", field="智能装备", current="金丝雀旧词", secrecy="secret")
    answer = enterprise.patch(
        f"postings/{secret.pk}", {"version": secret.version, "details": {"secrecy": "public", "current": "新词"}}
    )
    assert answer.json()["details"]["current"] == "新词"
    entry = Entry.objects.filter(action="posting.edited").latest("pk")
    assert entry.changes["details.current"] == "…"
    assert "金丝雀旧词" not in str(entry.changes)


def test_an_account_in_another_s_name_gets_nothing_of_theirs(
    enterprise: world.Party, letters: Reader
) -> None:
    """Somebody signs up with the address of a person who will be invited, and waits."""
    victim, squatter, stranger = "new.hand@firm.example", Client(), Client()
    taken = squatter.post(f"{AUTH}/auth/signup", {"email": victim, "password": world.PASSWORD}, content_type="application/json")
    assert taken.status_code == 200, taken.content
    squatter.post(f"{AUTH}/account/email", {"email": "squatter@evil.example"}, content_type="application/json")
    enterprise.post(own(enterprise, "/invitations"), {"email": victim, "role": "administrator"})
    path = letters.link(victim)
    assert "演示机电" not in squatter.get("/api/v1/me/export").content.decode()
    assert "password" in stranger.get(path).content.decode(), "nobody has shown that the account is theirs"
    assert stranger.post(path).status_code == 400
    assert stranger.post(path, JOINING).status_code == 200
    assert squatter.get("/api/v1/me").status_code == 401
    assert login(Client(), victim, world.PASSWORD).status_code == 400
    rightful = Client()
    assert login(rightful, victim, JOINING["password"]).status_code == 200
    assert [each["role"] for each in rightful.get("/api/v1/me").json()["memberships"]] == ["administrator"]
    assert list(EmailAddress.objects.filter(user__email=victim).values_list("email", "verified")) == [(victim, True)]


def test_taking_another_s_address_as_one_s_own_opens_nothing_of_theirs(
    college: world.Party, enterprise: world.Party, letters: Reader
) -> None:
    """An unconfirmed address can be made the main one; it is nobody's until it is confirmed."""
    thief, victim = Client(), "invited@firm.example"
    thief.post(f"{AUTH}/auth/signup", {"email": "t@evil.example", "password": world.PASSWORD}, content_type="application/json")
    enterprise.post(own(enterprise, "/invitations"), {"email": victim, "role": "administrator"})
    for send in (thief.post, thief.patch):
        send(f"{AUTH}/account/email", {"email": victim, "primary": True}, content_type="application/json")
    export = thief.get("/api/v1/me/export").json()
    assert export["invitations"] == []
    assert "邀请" not in str(export["letters"])
    taken = thief.patch(
        f"{AUTH}/account/email", {"email": enterprise.person.email, "primary": True}, content_type="application/json"
    )
    assert taken.status_code == 400
    Client().post(letters.link(victim), JOINING)
    assert thief.get("/api/v1/me").status_code == 401 or thief.get("/api/v1/me").json()["memberships"] == []


def login(client: Client, email: str, password: str) -> Any:
    return client.post(f"{AUTH}/auth/login", {"email": email, "password": password}, content_type="application/json")


def test_whose_address_is_confirmed_joins_with_one_button(enterprise: world.Party, college: world.Party, letters: Reader) -> None:
    links.confirm(college.person.email)
    enterprise.post(own(enterprise, "/invitations"), {"email": college.person.email, "role": "administrator"})
    assert Client().post(letters.link(college.person.email)).status_code == 200
    assert college.get("me").status_code == 200, "and stays signed in"
