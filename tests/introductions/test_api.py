"""The inbox, one introduction, answers and steps over the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongqiao.introductions.models import Introduction
from tests import world
from tests.introductions.telling import says

pytestmark = pytest.mark.django_db


def test_from_an_answer_to_talks(enterprise, college, need, offer) -> None:
    answer = enterprise.post("introductions", {"need": need.pk, "offer": offer.pk, "answer": "interested", "days": 5})
    assert answer.status_code == 200, answer.json()
    mine = answer.json()
    assert (mine["state"], mine["side"], mine["your_answer"]) == ("interested", "need", "interested")
    assert not mine["waits_for_you"]
    assert [each["code"] for each in mine["steps"]] == ["withdraw"]
    assert mine["undo_until"]
    (waiting,) = college.get("introductions?waiting=1").json()["results"]
    assert (waiting["id"], waiting["waits_for_you"], waiting["other"]["title"]) == (mine["id"], True, "焊工")
    assert {each["code"] for each in waiting["steps"]} == {"confirm", "shelve", "decline"}
    seen = college.get(f"introductions/{mine['id']}").json()
    assert seen["other_posting"]["details"]["headcount"] == 3
    assert "contact_phone" not in seen["other_posting"]
    both = college.post(f"introductions/{mine['id']}/steps/confirm", {}).json()
    assert (both["state"], both["agreed"], both["undo_until"]) == ("confirmed", True, None)
    assert college.get("introductions?waiting=1").json()["count"] == 0
    talks = enterprise.post(f"introductions/{mine['id']}/steps/start_talks", {}).json()
    assert [each["step"] for each in talks["passages"]] == ["recommend", "show_interest", "confirm", "start_talks"]


def test_a_no_reaches_the_other_side_in_its_civil_form(enterprise, college, need, offer) -> None:
    made = says(enterprise, "interested", need, offer)
    said = {"reason": "no_advantage", "comment": "他们的设备太旧"}
    mine = college.post(f"introductions/{made.pk}/steps/decline", said).json()
    assert (mine["reason"], mine["reason_words"]) == ("no_advantage", "优势不明")
    answer = enterprise.get(f"introductions/{made.pk}")
    theirs = answer.json()
    assert (theirs["reason"], theirs["reason_words"]) == ("", "对方这次有别的考虑，感谢您的意向")
    assert "设备太旧" not in answer.content.decode()
    assert "no_advantage" not in answer.content.decode()


def test_what_waits_for_an_answer_stands_first_though_another_moved_later(enterprise, college, need, offer) -> None:
    asked = says(enterprise, "interested", need, offer)
    own = world.publish(college, "major", "焊接自动化", "焊接", major_code="460110", skills=["焊接"])
    said = says(college, "interested", need, own)
    assert [row["id"] for row in college.get("introductions").json()["results"]] == [asked.pk, said.pk]
    assert [row["id"] for row in enterprise.get("introductions").json()["results"]] == [said.pk, asked.pk]


def test_the_inbox_shows_what_is_asked_for(enterprise, college, need, offer) -> None:
    made = says(enterprise, "interested", need, offer)
    second = world.party("演示第二学院", "college", "500101", "office@second.example")
    other = world.publish(second, "major", "焊接自动化", "焊接", major_code="460110", skills=["焊接"])
    says(second, "declined", need, other, reason="distance")

    def ids(query: str) -> set[int]:
        return {row["id"] for row in enterprise.get(f"introductions?{query}").json()["results"]}

    assert len(ids("")) == 2
    assert ids("state=interested") == ids(f"posting={offer.pk}") == {made.pk}
    assert ids(f"organisation={college.organisation.pk}") == ids("waiting=1") == set()
    assert enterprise.get("introductions?colour=red").json()["errors"][0]["code"] == "unknown_filter"
    assert {row["id"] for row in second.get("introductions").json()["results"]}.isdisjoint({made.pk})


def test_what_is_foreign_looks_missing(enterprise, college, other_enterprise, need, offer) -> None:
    made = says(enterprise, "interested", need, offer)
    for path in (f"introductions/{made.pk}", "introductions/999999"):
        answer = other_enterprise.get(path)
        assert answer.status_code == 404
        assert answer.content == other_enterprise.get("introductions/999998").content
    assert other_enterprise.post(f"introductions/{made.pk}/steps/withdraw", {}).status_code == 404
    assert other_enterprise.post(f"introductions/{made.pk}/undo", {}).status_code == 404


def test_who_may_act_for_both_says_for_whom(enterprise, college, operator, need, offer) -> None:
    made = says(enterprise, "interested", need, offer)
    unclear = operator.post(f"introductions/{made.pk}/steps/withdraw", {})
    assert (unclear.status_code, unclear.json()["errors"][0]["field"]) == (400, "organisation")
    own = {"organisation": enterprise.organisation.pk}
    assert operator.post(f"introductions/{made.pk}/steps/withdraw", own).json()["state"] == "withdrawn"


def test_a_list_asks_as_much_for_many_as_for_few(enterprise, need) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert enterprise.get("introductions?page_size=100").json()["count"] == Introduction.objects.count()
        return len(queries)

    for number in range(2):
        _another(enterprise, need, number)
    few = asked()
    for number in range(2, 14):
        _another(enterprise, need, number)
    assert asked() == few <= 9


def _another(enterprise: world.Party, need, number: int) -> None:
    college = world.party(f"演示{number}学院", "college", "500101", f"o{number}@c.example")
    offer = world.publish(college, "major", "焊接技术", "焊接", major_code="460110", skills=["焊接"])
    says(enterprise, "interested", need, offer)


def test_met_elsewhere_over_the_api(enterprise, college, need, offer) -> None:
    says(college, "interested", need, offer)
    assert college.post(f"postings/{need.pk}/met-elsewhere").status_code == 404
    assert enterprise.post(f"postings/{need.pk}/met-elsewhere").json() == {"closed": 1}
    row = college.get("introductions").json()["results"][0]
    assert (row["state"], row["reason_words"]) == ("declined", "对方的需要已通过其他途径解决")


def test_the_words_for_forms(visitor) -> None:
    words = visitor.get("/api/v1/introductions/vocabulary").json()
    assert {"code": "distance", "label": "距离过远"} in words["reasons"]
    assert "no_response" not in {each["code"] for each in words["reasons"]}
    assert [each["label"] for each in words["states"]] == [
        "已推荐", "已查看", "单方意向", "双向确认", "洽谈中", "已签约", "已谢绝", "超时关闭", "撤回", "搁置",
    ]  # fmt: skip
