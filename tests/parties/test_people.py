"""People in organisations: invited by letter, joining by its link, with the rights of their role and no more."""

import pytest
from django.test import Client

from rongqiao.audit.models import Entry
from rongqiao.parties import links, services
from rongqiao.parties.models import Consent, Invitation, Membership, Person
from tests import world

pytestmark = pytest.mark.django_db
NEW = {"name": "新同事", "password": "Bridge-over-water-7", "again": "Bridge-over-water-7", "consent": "on"}


def invite(party: world.Party, email: str, role: str = "enterprise_clerk", expect: int = 201) -> dict:
    answer = party.post(f"organisations/{party.organisation.pk}/invitations", {"email": email, "role": role})
    assert answer.status_code == expect, answer.content.decode()
    return answer.json()


def sign_in(email: str, password: str) -> Client:
    client = Client()
    answer = client.post(
        "/api/auth/browser/v1/auth/login", {"email": email, "password": password}, content_type="application/json"
    )
    assert answer.status_code == 200, answer.content.decode()
    return client


def test_a_colleague_is_invited_and_joins_by_the_letter_s_link(enterprise, letters, stranger) -> None:
    invite(enterprise, "New@Firm.example")
    path = letters.link("new@firm.example")
    page = stranger.get(path).content.decode()
    assert "演示机电有限公司" in page
    assert Membership.objects.filter(person__email="new@firm.example").count() == 0, "a scanner's look changes nothing"
    assert stranger.post(path, {**NEW, "again": "other"}).status_code == 400
    assert stranger.post(path, {**NEW, "password": "12345678", "again": "12345678"}).status_code == 400
    assert stranger.post(path, {**NEW, "consent": ""}).status_code == 400
    assert stranger.post(path, NEW).status_code == 200
    assert stranger.post(path, NEW).status_code == 410
    me = sign_in("new@firm.example", NEW["password"]).get("/api/v1/me").json()
    assert [row["role"] for row in me["memberships"]] == ["enterprise_clerk"]
    assert me["consent_due"] == ""
    assert Consent.objects.filter(person__email="new@firm.example").count() == 1
    assert Entry.objects.filter(action="member.joined", organisation=enterprise.organisation).count() == 1


def test_somebody_with_an_account_joins_with_one_button(enterprise, college, letters, stranger) -> None:
    links.confirm(college.person.email)
    invite(enterprise, college.person.email)
    path = letters.link(college.person.email)
    assert "password" not in stranger.get(path).content.decode()
    assert stranger.post(path).status_code == 200
    own = {row["organisation"] for row in college.get("me").json()["memberships"]}
    assert own == {college.organisation.pk, enterprise.organisation.pk}


def test_inviting_again_makes_the_old_link_void_and_revoking_both(enterprise, letters, stranger) -> None:
    invite(enterprise, "new@firm.example")
    old = letters.link("new@firm.example")
    again = invite(enterprise, "new@firm.example")
    new = letters.link("new@firm.example")
    assert stranger.post(old, NEW).status_code == 410
    address = f"/api/v1/organisations/{enterprise.organisation.pk}/invitations/{again['id']}"
    assert enterprise.client.delete(address).status_code == 204
    assert stranger.post(new, NEW).status_code == 410
    assert enterprise.client.delete(address).status_code == 409
    assert Invitation.objects.count() == 1
    assert not Person.objects.filter(email="new@firm.example").exists()


def test_a_letter_s_link_is_shown_nowhere_else(enterprise, letters) -> None:
    shown = invite(enterprise, "new@firm.example")
    token = letters.link("new@firm.example").rpartition("/")[2]
    listed = enterprise.get(f"organisations/{enterprise.organisation.pk}/invitations")
    assert token not in str(shown) + listed.content.decode()
    assert "link" not in shown


@pytest.mark.parametrize("role", ["operator", "reviewer", "auditor", "officer", "department_clerk", "nonsense"])
def test_an_enterprise_gives_no_role_that_is_not_for_it(enterprise, role: str) -> None:
    answer = invite(enterprise, "new@firm.example", role, expect=400)
    assert answer["errors"][0]["code"] == "role_not_here"
    offered = enterprise.get(f"organisations/{enterprise.organisation.pk}/roles").json()["results"]
    assert role not in {each["code"] for each in offered}


def test_an_officer_sees_nothing_until_the_office_is_verified(db) -> None:
    office = world.party("演示经信局", "government", "500101", "o@gov.example", role="officer")
    services.set_verification(organisation=office.organisation, by=None, status="unverified", reason="测试")
    assert office.get("me").json()["memberships"][0]["capabilities"] == []
    services.set_verification(organisation=office.organisation, by=None, status="authority", reason="测试")
    assert office.get("me").json()["memberships"][0]["capabilities"] == ["watch"]


def test_an_organisation_keeps_an_administrator_and_one_steward(enterprise) -> None:
    only = Membership.objects.get(person=enterprise.person)
    address = f"organisations/{enterprise.organisation.pk}/members/{only.pk}"
    assert enterprise.patch(address, {"role": "enterprise_clerk"}).json()["errors"][0]["code"] == "last_administrator"
    assert enterprise.client.delete(f"/api/v1/{address}").status_code == 409
    assert Membership.objects.get(pk=only.pk).role == "administrator"
    other = services.add_member(
        organisation=enterprise.organisation, person=Person.objects.create_user("b@firm.example"), role="administrator"
    )
    for membership in (only, other, only):
        named = enterprise.patch(
            f"organisations/{enterprise.organisation.pk}/members/{membership.pk}", {"is_steward": True}
        )
        assert named.json()["is_steward"] is True
        assert [each.pk for each in Membership.objects.filter(is_steward=True)] == [membership.pk]
    assert enterprise.get(f"organisations/{enterprise.organisation.pk}").json()["steward"]
    assert enterprise.client.delete(f"/api/v1/{address}").status_code == 204
    assert enterprise.get(f"organisations/{enterprise.organisation.pk}/members").status_code == 403


def test_members_of_others_look_missing(enterprise, other_enterprise, django_assert_num_queries) -> None:
    theirs = Membership.objects.get(person=other_enterprise.person)
    for organisation in (enterprise.organisation.pk, other_enterprise.organisation.pk):
        path = f"/api/v1/organisations/{organisation}/members/{theirs.pk}"
        absent = enterprise.client.delete(f"/api/v1/organisations/{organisation}/members/999999")
        answer = enterprise.client.delete(path)
        assert (answer.status_code, answer.content) == (404, absent.content)
    with django_assert_num_queries(5):  # session, person, memberships, organisation, rows
        rows = enterprise.get(f"organisations/{enterprise.organisation.pk}/members").json()
    assert rows["count"] == 1


def test_who_belongs_to_two_says_for_which_they_act(enterprise, other_enterprise) -> None:
    services.add_member(organisation=other_enterprise.organisation, person=enterprise.person, role="administrator")
    draft = {"kind": "talent_need", "title": "焊工"}
    assert enterprise.post("postings", draft).json()["errors"][0]["field"] == "organisation"
    assert enterprise.put("me/organisation", {"organisation": other_enterprise.organisation.pk}).status_code == 200
    assert enterprise.get("me").json()["current"] == other_enterprise.organisation.pk
    assert enterprise.post("postings", draft).json()["organisation"] == other_enterprise.organisation.pk
    assert enterprise.put("me/organisation", {"organisation": 999_999}).status_code == 404


def test_all_that_is_kept_about_a_person_is_in_their_export(enterprise, letters) -> None:
    canary = "金丝雀-姓名-7031"
    enterprise.patch("me", {"name": canary, "language": "en"})
    world.publish(enterprise, "talent_need", "焊工")
    enterprise.client.post(
        "/api/auth/browser/v1/auth/login", {"email": enterprise.person.email, "password": "wrong"},
        content_type="application/json", headers={"User-Agent": "canary-agent"},
    )  # fmt: skip
    services.tell_of_new_password(person=Person.objects.get(pk=enterprise.person.pk))
    answer = enterprise.get("me/export")
    data = answer.json()
    assert "attachment" in answer["Content-Disposition"]
    assert data["account"]["name"] == canary
    assert data["memberships"][0]["organisation__name"] == "演示机电有限公司"
    assert data["consents"][0]["version"]
    assert data["postings"][0]["title"] == "焊工"
    assert data["notices"][0]["kind"] == data["letters"][0]["kind"] == "password_changed"
    assert {row["action"] for row in data["actions"]} >= {"person.consented", "posting.drafted"}
    assert Entry.objects.filter(action="person.exported", person=enterprise.person).count() == 1
