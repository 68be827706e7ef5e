"""Why an organisation may be believed: evidence, the answer, claims, priority tags that are capped, credit flags."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rongqiao.audit.models import Entry
from rongqiao.parties import selectors, services
from rongqiao.parties.models import Application, Membership, Organisation
from rongqiao.recommending.models import Pairing
from tests import world

pytestmark = pytest.mark.django_db
SOON = (date.today() + timedelta(days=90)).isoformat()


def picture() -> SimpleUploadedFile:
    """A photograph of a licence, as far as a test needs one."""
    content = BytesIO()
    Image.new("RGB", (60, 40), "white").save(content, "PNG")
    return SimpleUploadedFile("licence.png", content.getvalue())


def upload(party: world.Party, organisation_id: int, expect: int = 201) -> str:
    body = {"purpose": "evidence", "organisation": organisation_id, "file": picture()}
    answer = party.client.post("/api/v1/files", body)
    assert answer.status_code == expect, answer.content.decode()
    return answer.json().get("uuid", "")


def apply(party: world.Party, organisation_id: int, expect: int = 201, **more: Any) -> dict[str, Any]:
    body = {"purpose": "verification", "evidence": [upload(party, organisation_id)], **more}
    answer = party.post(f"organisations/{organisation_id}/applications", body)
    assert answer.status_code == expect, answer.content.decode()
    return answer.json()


@pytest.fixture
def reviewer(db: None) -> world.Party:
    return world.party("演示审核中心", "broker", "500101", "review@platform.example", role="reviewer")


@pytest.fixture
def claimable(db: None) -> Organisation:
    return Organisation.objects.create(name="演示待认领公司", party_type="enterprise", claimable=True)


def test_an_application_needs_evidence_of_one_s_own(enterprise, other_enterprise) -> None:
    own = enterprise.organisation.pk
    path = f"organisations/{own}/applications"
    empty = enterprise.post(path, {"purpose": "verification", "evidence": []})
    assert empty.json()["errors"][0]["code"] == "evidence_required"
    theirs = upload(other_enterprise, other_enterprise.organisation.pk)
    strange = enterprise.post(path, {"purpose": "verification", "evidence": [theirs]})
    assert strange.json()["errors"][0] == {**strange.json()["errors"][0], "field": "evidence.0", "code": "not_found"}
    foreign = enterprise.post(
        f"organisations/{other_enterprise.organisation.pk}/applications", {"purpose": "verification", "evidence": [theirs]}
    )
    assert foreign.status_code == 404
    assert apply(enterprise, own)["state"] == "waiting"
    assert apply(enterprise, own, expect=409)["errors"][0]["code"] == "already_done"
    assert Application.objects.count() == 1


def test_evidence_is_read_by_who_handed_it_in_and_who_reviews(enterprise, other_enterprise, reviewer, visitor) -> None:
    file = upload(enterprise, enterprise.organisation.pk)
    path = f"/api/v1/files/{file}/content"
    absent = other_enterprise.client.get("/api/v1/files/00000000-0000-4000-8000-000000000000/content")
    for reader in (enterprise, reviewer):
        answer = reader.client.get(path)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content).startswith(b"\x89PNG")  # type: ignore[arg-type]
    refused = other_enterprise.client.get(path)
    assert (refused.status_code, refused.content) == (404, absent.content)
    assert visitor.get(path).status_code == 401
    upload(other_enterprise, enterprise.organisation.pk, expect=404)


def test_the_answer_changes_the_verification_and_says_who_when_why(enterprise, reviewer) -> None:
    services.set_verification(organisation=enterprise.organisation, by=None, status="unverified", reason="")
    made = Application.objects.get(pk=apply(enterprise, enterprise.organisation.pk)["id"])
    services.answer_application(application=made, by=reviewer.person, approved=True, status="documents", remark="执照清晰")
    organisation = Organisation.objects.get(pk=enterprise.organisation.pk)
    assert (organisation.verify_status, organisation.verified_by, organisation.verify_reason) == (
        "documents", reviewer.person, "执照清晰",
    )  # fmt: skip
    assert organisation.verified_at is not None
    entry = Entry.objects.filter(action="organisation.verified").latest("pk")
    assert entry.changes["verify_status"] == ["unverified", "documents"]


def test_a_changed_name_is_no_longer_what_was_verified(enterprise) -> None:
    path = f"organisations/{enterprise.organisation.pk}"
    assert enterprise.patch(path, {"introduction": "做减速机"}).json()["verify_status"] == "documents"
    changed = enterprise.patch(path, {"name": "演示另一个名字"}).json()
    assert (changed["verify_status"], changed["trusted"]) == ("unverified", False)


def test_a_claim_makes_its_person_the_administrator_and_declines_the_others(
    enterprise, other_enterprise, reviewer, claimable
) -> None:
    code = "91500154000000001"
    claims = [apply(party, claimable.pk, purpose="claim", note="本单位") for party in (enterprise, other_enterprise)]
    assert enterprise.get(f"organisations/{claimable.pk}/applications").json()["count"] == 1
    first = Application.objects.get(pk=claims[0]["id"])
    services.answer_application(application=first, by=reviewer.person, approved=True)
    claimable.refresh_from_db()
    assert (claimable.claimable, claimable.verify_status) == (False, "documents")
    (membership,) = Membership.objects.filter(organisation=claimable)
    assert (membership.person, membership.role, membership.is_steward) == (enterprise.person, "administrator", True)
    assert Application.objects.get(pk=claims[1]["id"]).state == "declined"
    late = other_enterprise.post(f"organisations/{claimable.pk}/applications", {"purpose": "claim", "evidence": []})
    assert late.json()["errors"][0]["code"] == "not_claimable"
    assert code


def test_only_reviewers_say_how_far_somebody_may_be_believed(enterprise, reviewer, visitor) -> None:
    own = enterprise.organisation.pk
    for path, body in (
        ("verification", {"status": "authority", "reason": "x"}),
        ("trust", {"on": True}),
        ("priority-tags", {"kind": "listed", "proof": "x", "expires_on": SOON}),
        ("credit-flags", {"kind": "labour", "source": "x", "dated": "2026-01-01"}),
    ):
        send = enterprise.post if path.endswith("s") else enterprise.put
        assert send(f"organisations/{own}/{path}", body).status_code == 403
    suspended = reviewer.put(f"organisations/{own}/verification", {"status": "suspended", "reason": "冒用他人执照"})
    assert suspended.json()["verify_status"] == "suspended"
    assert visitor.get(f"/api/v1/organisations/{own}").status_code == 404
    assert reviewer.put(f"organisations/{own}/trust", {"on": True}).json()["errors"][0]["code"] == "not_verified"
    back = reviewer.put(f"organisations/{own}/verification", {"status": "documents", "reason": "已澄清"})
    assert back.status_code == 200
    assert visitor.get(f"/api/v1/organisations/{own}").status_code == 200


def test_a_tag_is_shown_until_its_date_and_a_flag_takes_it_away(enterprise, reviewer, visitor, time_machine) -> None:
    own = enterprise.organisation.pk
    shown = f"/api/v1/organisations/{own}"
    past = {"kind": "listed", "proof": "x", "expires_on": "2020-01-01"}
    assert reviewer.post(f"organisations/{own}/priority-tags", past).json()["errors"][0]["code"] == "in_the_past"
    for proof in ("第一份", "第二份"):
        body = {"kind": "chain_leader", "proof": proof, "expires_on": SOON}
        assert reviewer.post(f"organisations/{own}/priority-tags", body).status_code == 201
    (tag,) = visitor.get(shown).json()["priority_tags"]
    assert (tag["label"], tag["proof"], tag["expires_on"]) == ("链主企业", "第二份", SOON)
    flag = {"kind": "training_fund", "source": "演示区人社局通报", "dated": "2026-03-01"}
    made = reviewer.post(f"organisations/{own}/credit-flags", flag).json()
    face = visitor.get(shown).json()
    assert (face["priority_tags"], face["credit_flags"][0]["source"]) == ([], "演示区人社局通报")
    assert own not in selectors.tags_in_force([own])
    reviewer.post(f"organisations/{own}/credit-flags/{made['id']}/clear", {"reason": "已补提"})
    assert len(visitor.get(shown).json()["priority_tags"]) == 1
    time_machine.move_to(date.today() + timedelta(days=91))
    assert visitor.get(shown).json()["priority_tags"] == []


def test_a_priority_comes_first_among_equals_and_never_over_a_better_score(
    enterprise, other_enterprise, college, reviewer
) -> None:
    offer = world.publish(college, "major", "焊接技术应用", major_code="660104", skills=["氩弧焊"])
    for party in (enterprise, other_enterprise):
        world.publish(party, "talent_need", "焊工", majors=["焊接技术应用"], skills=["氩弧焊"])
    world.drain()
    second = Pairing.objects.filter(need__organisation=other_enterprise.organisation)
    first = Pairing.objects.filter(need__organisation=enterprise.organisation)
    services.grant_tag(
        organisation=other_enterprise.organisation, by=reviewer.person, kind="listed", proof="证券代码", expires_on=date.max
    )

    def names() -> list[tuple[str, bool]]:
        rows = college.get(f"postings/{offer.pk}/pairings").json()["results"]
        return [(row["other"]["organisation_name"], row["priority"]) for row in rows]

    first.update(mutual=0.712)
    second.update(mutual=0.708)
    assert names() == [("演示食品有限公司", True), ("演示机电有限公司", False)]
    second.update(mutual=0.702)
    assert names() == [("演示机电有限公司", False), ("演示食品有限公司", True)]


def test_the_same_firm_under_a_nearly_equal_name_is_noticed(enterprise) -> None:
    twin = Organisation.objects.create(name="演示机电有限责任公司", party_type="enterprise")
    Organisation.objects.create(name="演示水产养殖场", party_type="enterprise")
    found = selectors.similar_organisations(enterprise.organisation)
    assert [(each.organisation, each.by) for each in found] == [(twin, "name")]
