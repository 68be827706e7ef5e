"""From handing in to the answer, and back: through the API, with real files, letters and the outbox."""

import pytest
from django.core import mail

from rongqiao.parties import services as parties
from rongqiao.parties.models import Organisation
from rongqiao.postings import kinds
from rongqiao.postings.models import Posting
from rongqiao.postings.services import Incoming, bring_in, take_back
from tests import world

from .conftest import apply, queue, untrusted

pytestmark = pytest.mark.django_db


def submit(party: world.Party, title: str = "数控车工", description: str = "两班倒，会看图纸，能自己调刀补。") -> Posting:
    return world.publish(party, "talent_need", title, description, headcount=3)


def decide(reviewer: world.Party, what: str, *cases: int, **more: object) -> list[dict]:
    answer = reviewer.post(f"reviews/{what}", {"cases": list(cases), **more})
    assert answer.status_code == 200, answer.content.decode()
    return list(answer.json())


def test_an_organisation_is_verified_on_its_evidence(new_firm, reviewer, mailoutbox) -> None:
    apply(new_firm, new_firm.organisation.pk, uscc="")
    (row,) = queue(reviewer)
    assert (row["occasion"], row["organisation_name"], row["own"]) == ("verification", "演示新来机械有限公司", False)
    page = reviewer.get(f"reviews/{row['id']}").json()
    assert page["evidence"][0]["name"] == "licence.png"
    assert page["organisation_record"]["name"] == "演示新来机械有限公司"
    assert [remark["code"] for remark in page["remarks"]] == ["no_code"]
    (done,) = decide(reviewer, "approve", row["id"], status="authority", remark="已在登记系统核对")
    assert done == {"case": row["id"], "done": True, "faults": []}
    assert Organisation.objects.get(pk=new_firm.organisation.pk).verify_status == "authority"
    world.drain()
    assert [letter.subject for letter in mail.outbox] == ["演示新来机械有限公司 已通过核验"]
    assert new_firm.get("notices").json()["results"][0]["title"] == "演示新来机械有限公司 已通过核验"
    assert queue(reviewer) == []


def test_what_an_untrusted_organisation_publishes_waits_and_is_shown_after_approval(new_firm, reviewer, visitor) -> None:
    posting = submit(new_firm)
    assert posting.status == "in_review"
    (row,) = queue(reviewer, occasion="publication", kind="talent_need")
    assert row["title"] == "数控车工"
    assert visitor.get(f"/api/v1/postings/{posting.pk}").status_code == 404
    decide(reviewer, "approve", row["id"])
    world.drain()
    assert visitor.get(f"/api/v1/postings/{posting.pk}").status_code == 200
    assert visitor.get("/api/v1/search?q=数控车工").json()["count"] == 1


def test_what_was_edited_after_it_was_read_is_not_approved(new_firm, reviewer, visitor) -> None:
    posting = submit(new_firm)
    (row,) = queue(reviewer)
    read = reviewer.get(f"reviews/{row['id']}").json()["subject"]["version"]
    change = {"version": read, "description": "每天刷单，押金二百。"}
    assert new_firm.patch(f"postings/{posting.pk}", change).status_code == 200
    (refused,) = decide(reviewer, "approve", row["id"], versions={row["id"]: read})
    assert [fault["code"] for fault in refused["faults"]] == ["edited_meanwhile"]
    assert Posting.objects.get(pk=posting.pk).status == "in_review"
    newest = reviewer.get(f"reviews/{row['id']}").json()["subject"]["version"]
    (done,) = decide(reviewer, "approve", row["id"], versions={row["id"]: newest})
    assert done["done"]


def test_a_returned_posting_says_why_and_comes_back(new_firm, reviewer, mailoutbox) -> None:
    posting = submit(new_firm, description="限男性，35岁以下，电话13800000000，押金二百。")
    (row,) = queue(reviewer)
    page = reviewer.get(f"reviews/{row['id']}").json()
    assert {each["code"] for each in page["remarks"]} == {"contact_in_text", "discriminates", "charges_fee"}
    refused = reviewer.post("reviews/decline", {"cases": [row["id"]], "reasons": ["other"]})
    assert refused.json()["errors"][0]["field"] == "remark"
    (odd,) = decide(reviewer, "decline", row["id"], reasons=["unreadable"])
    assert odd["faults"][0]["code"] == "invalid_choice"
    decide(reviewer, "decline", row["id"], reasons=["discriminates", "contact_in_text"], remark="请修改")
    world.drain()
    body = mail.outbox[-1].body
    assert "与岗位无关的限制" in body
    assert "请修改" in body
    posting.refresh_from_db()
    assert posting.status == "draft"
    new_firm.patch(f"postings/{posting.pk}", {"version": posting.version, "description": "会看图纸。"})
    posting.refresh_from_db()
    again = new_firm.post(f"postings/{posting.pk}/steps/publish", {"version": posting.version})
    assert again.json()["status"] == "in_review"
    assert len(queue(reviewer)) == 1


def test_several_at_once_and_one_that_moved_on(new_firm, reviewer) -> None:
    postings = [submit(new_firm, f"数控车工{number}") for number in range(3)]
    rows = queue(reviewer)
    gone = postings[1]
    new_firm.post(f"postings/{gone.pk}/steps/withdraw", {"version": gone.version})
    done = decide(reviewer, "approve", *(row["id"] for row in rows), 999_999)
    assert [each["done"] for each in done] == [True, False, True, False]
    assert done[1]["faults"][0]["code"] in ("wrong_state", "conflict")
    assert done[3]["faults"][0]["code"] == "not_found"
    states = [Posting.objects.get(pk=each.pk).status for each in postings]
    assert states == ["published", "withdrawn", "published"]
    assert queue(reviewer) == []


def test_trust_is_earned_by_approvals_in_a_row_and_lost_by_a_declined_sample(new_firm, reviewer, settings) -> None:
    settings.RONGQIAO_REVIEW_SAMPLE = 1.0
    untrusted(new_firm, "documents")
    for number in range(3):
        assert submit(new_firm, f"数控车工{number}").status == "in_review"
        decide(reviewer, "approve", queue(reviewer)[0]["id"])
    assert Organisation.objects.get(pk=new_firm.organisation.pk).is_trusted
    posting = submit(new_firm, "数控铣工")
    assert posting.status == "published"
    (sample,) = queue(reviewer, occasion="sample")
    decide(reviewer, "decline", sample["id"], reasons=["doubtful"])
    posting.refresh_from_db()
    assert posting.status == "withdrawn"
    assert not Organisation.objects.get(pk=new_firm.organisation.pk).is_trusted
    assert reviewer.post(f"reviews/{sample['id']}/undo").status_code == 200
    posting.refresh_from_db()
    assert (posting.status, Organisation.objects.get(pk=new_firm.organisation.pk).is_trusted) == ("published", True)


def test_nobody_decides_on_their_own_organisation(reviewer) -> None:
    untrusted(reviewer)
    parties.add_member(organisation=reviewer.organisation, person=reviewer.person, role="administrator")
    posting = submit(world.Party(reviewer.organisation, reviewer.person, reviewer.client))
    (row,) = queue(reviewer)
    assert row["own"] is True
    (refused,) = decide(reviewer, "approve", row["id"])
    assert refused["faults"][0]["code"] == "conflict_of_interest"
    posting.refresh_from_db()
    assert posting.status == "in_review"


def test_the_queue_costs_the_same_for_one_and_for_twenty(new_firm, reviewer, django_assert_max_num_queries) -> None:
    for number in range(20):
        submit(new_firm, f"数控车工{number}")
    world.drain()
    with django_assert_max_num_queries(7):
        assert reviewer.get("reviews").json()["count"] == 20
    summary = reviewer.get("reviews/summary").json()["results"]
    assert summary[0]["waiting"] == 20


def test_nobody_passes_their_own_organisation_s_posting_by_the_steps_of_its_owner(operator) -> None:
    """An operator owns and reviews everything; of their own organisation they are the owner only."""
    untrusted(operator)
    Organisation.objects.filter(pk=operator.organisation.pk).update(party_type="industrial_park")
    operator.organisation.refresh_from_db()
    posting = world.publish(operator, "training_base", "演示实训基地", "数控车间，三十个工位。")
    assert posting.status == "in_review"
    refused = operator.post(f"postings/{posting.pk}/steps/approve", {"version": posting.version})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "wrong_state")
    withdrawn = operator.post(f"postings/{posting.pk}/steps/withdraw", {"version": posting.version}).json()
    again = operator.post(f"postings/{posting.pk}/steps/reopen", {"version": withdrawn["version"]}).json()
    assert again["status"] == "in_review"


def test_a_table_taken_back_leaves_nothing_in_the_queue_and_comes_back_to_it(new_firm, reviewer) -> None:
    kind = kinds.of("talent_need")
    row = Incoming(kind, new_firm.organisation.pk, "row 1", {"title": "焊工"}, {"headcount": 2})
    bring_in(rows=[row], source="表", batch_id=1, by=new_firm.person)
    assert [case["title"] for case in queue(reviewer)] == ["焊工"]
    assert take_back(batch_id=1) == 1
    assert queue(reviewer) == []
    bring_in(rows=[row], source="表", batch_id=2, by=new_firm.person)
    assert Posting.objects.get().status == "in_review"
    (case,) = queue(reviewer)
    decide(reviewer, "approve", case["id"])
    take_back(batch_id=2)
    bring_in(rows=[row], source="表", batch_id=3, by=new_firm.person)
    assert Posting.objects.get().status == "in_review"
