"""Messages with attachments, the conversation as a file, the terms and who signed them."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rongqiao.common.errors import Problem
from rongqiao.introductions import selectors, services
from rongqiao.mailing.models import Letter
from tests import world
from tests.files import samples
from tests.introductions.telling import agree, code_of, step

pytestmark = pytest.mark.django_db
TERMS = {"title": "焊工订单班", "level": "basic", "form": "order", "items": ["interns"], "signatory": "演示王厂长"}


@pytest.fixture(autouse=True)
def own_files(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "RONGQIAO_FILES", tmp_path / "files")


@pytest.fixture
def both(enterprise, college, need, offer) -> Any:
    return agree(enterprise, college, need, offer, places=2)


def uploaded(party: world.Party, name: str = "图纸.png") -> str:
    file = SimpleUploadedFile(name, samples.picture("PNG"), "image/png")
    fields = {"file": file, "purpose": "introduction", "organisation": party.organisation.pk}
    answer = party.client.post("/api/v1/files", fields)
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.json()["uuid"])


def test_the_two_write_and_nobody_else_reads(enterprise, college, other_enterprise, both) -> None:
    path = f"introductions/{both.pk}/messages"
    file = uploaded(enterprise)
    sent = enterprise.post(path, {"text": "图纸见附件", "attachments": [file]})
    assert sent.status_code == 201, sent.json()
    (row,) = college.get(path).json()["results"]
    assert (row["text"], row["side"], row["files"][0]["name"]) == ("图纸见附件", "need", "图纸.png")
    read = college.client.get(f"/api/v1/files/{file}/content")
    assert (read.status_code, len(b"".join(read.streaming_content))) == (200, row["files"][0]["size"])
    assert other_enterprise.client.get(f"/api/v1/files/{file}/content").status_code == 404
    assert other_enterprise.get(path).status_code == other_enterprise.post(path, {"text": "a"}).status_code == 404
    assert enterprise.client.delete(f"/api/v1/files/{file}").status_code == 403, "what was sent stays"
    world.drain()
    services.follow_messages([row["id"]])
    assert [letter.to for letter in Letter.objects.filter(kind="introduction_message")] == [college.person.email]
    assert "图纸见附件" not in Letter.objects.get(kind="introduction_message").text
    step(college, "decline", both, reason="time")
    assert college.get(path).status_code == 409
    assert college.client.get(f"/api/v1/files/{file}/content").status_code == 404


def test_what_cannot_be_sent_is_refused(enterprise, college, both) -> None:
    path = f"introductions/{both.pk}/messages"
    foreign = uploaded(college)
    for body, field in (
        ({"text": "  "}, "text"), ({"text": "a", "attachments": [foreign]}, "attachments"),
        ({"text": "a" * 5_001}, "text"), ({"text": "a", "attachments": ["x"]}, "attachments.0"),
    ):  # fmt: skip
        answer = enterprise.post(path, body)
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"].startswith(field.split(".")[0])
    wrong = SimpleUploadedFile("a.exe", b"MZ", "application/octet-stream")
    fields = {"file": wrong, "purpose": "introduction", "organisation": enterprise.organisation.pk}
    assert enterprise.client.post("/api/v1/files", fields).status_code == 400


def test_messages_are_listed_with_as_many_queries_for_many(enterprise, both) -> None:
    counts = []
    for _ in range(2):
        for number in range(3):
            services.write(person=enterprise.person, introduction_id=both.pk, text=f"第{number}条")
        with CaptureQueriesContext(connection) as queries:
            enterprise.get(f"introductions/{both.pk}/messages")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_conversation_is_a_file(enterprise, college, both) -> None:
    services.write(person=enterprise.person, introduction_id=both.pk, text="第一行\n第二行")
    told = college.get(f"introductions/{both.pk}/export").json()
    assert [each["text"] for each in told["messages"]] == ["第一行\n第二行"]
    assert [each["step"] for each in told["steps"]] == ["recommend", "show_interest", "confirm"]
    answer = college.get(f"introductions/{both.pk}/export?as=text")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "  第二行" in answer.content.decode()


def test_both_put_their_names_to_the_same_words(enterprise, college, need, both) -> None:
    path = f"introductions/{both.pk}"
    assert enterprise.put(f"{path}/terms", TERMS).json()["errors"][0]["code"] == "wrong_state"
    assert enterprise.get(f"{path}/record").json()["errors"][0]["code"] == "not_signed"
    step(enterprise, "start_talks", both)
    first = enterprise.put(f"{path}/terms", TERMS).json()
    assert not first["signed"]
    assert enterprise.post(f"{path}/sign", {"number": first["number"], "signatory": "甲"}).status_code == 409, "once a side"
    changed = college.put(f"{path}/terms", {**TERMS, "title": "焊工订单班（秋季）", "signatory": "演示李院长"}).json()
    old = enterprise.post(f"{path}/sign", {"number": first["number"], "signatory": "演示王厂长"})
    assert old.json()["errors"][0]["code"] == "edited_meanwhile"
    signed = enterprise.post(f"{path}/sign", {"number": changed["number"], "signatory": "演示王厂长", "position": "厂长"}).json()
    assert (signed["signed"], signed["level_label"], signed["form_label"]) == (True, "基础层", "订单培养")
    assert [each["signatory"] for each in signed["signatures"]] == ["演示李院长", "演示王厂长"]
    assert signed["items"] == ["学生实习实训"]
    need.refresh_from_db()
    assert (need.status, need.taken) == ("partly_met", 2)
    world.drain()
    assert [letter.to for letter in Letter.objects.filter(kind="introduction_signed")] == [college.person.email]


def test_all_places_signed_for_is_met(enterprise, college, need, offer) -> None:
    row = step(enterprise, "start_talks", agree(enterprise, college, need, offer, places=3))
    sign(enterprise, college, row.pk)
    need.refresh_from_db()
    assert (need.status, need.places_left) == ("met", 0)


def sign(enterprise: world.Party, college: world.Party, introduction_id: int) -> str:
    terms = {name: value for name, value in TERMS.items() if name != "signatory"}
    made = services.propose(person=enterprise.person, introduction_id=introduction_id, terms=terms, signatory="甲")
    services.sign(person=college.person, introduction_id=introduction_id, number=str(made.number), signatory="乙")
    return str(made.number)


def test_a_paper_can_be_checked_by_its_number(enterprise, college, both, visitor) -> None:
    step(enterprise, "start_talks", both)
    terms = {name: value for name, value in TERMS.items() if name != "signatory"}
    made = services.propose(person=enterprise.person, introduction_id=both.pk, terms=terms, signatory="甲")
    assert visitor.get(f"/api/v1/records/{made.number}").status_code == 404, "not before both have signed"
    services.sign(person=college.person, introduction_id=both.pk, number=str(made.number), signatory="乙")
    told = visitor.get(f"/api/v1/records/{made.number}").json()
    own = enterprise.get(f"introductions/{both.pk}/record").json()
    assert (told["digest"], told["signed"]) == (own["digest"], True)
    assert "title" not in told
    agreement = selectors.agreement_of(both.pk)
    assert agreement is not None
    agreement.summary = "改过"
    agreement.save()
    assert visitor.get(f"/api/v1/records/{made.number}").json()["digest"] != own["digest"]


@pytest.mark.parametrize(
    "terms, code",
    [
        ({"form": "order", "level": "integrated"}, "level_of_form"),
        ({"form": "consortium", "level": "basic"}, "level_of_form"),
        ({"starts_on": "2027-01-01", "ends_on": "2026-12-31"}, "ends_before_start"),
        ({"form": "none"}, "invalid_choice"),
    ],
)
def test_terms_that_contradict_the_policy_are_refused(terms: dict, code: str, enterprise, both) -> None:
    step(enterprise, "start_talks", both)
    answer = enterprise.put(f"introductions/{both.pk}/terms", {**TERMS, **terms})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, code), json.dumps(answer.json())


def test_who_has_not_agreed_can_sign_nothing(enterprise, other_enterprise, both) -> None:
    with pytest.raises(Problem) as refused:
        services.propose(person=other_enterprise.person, introduction_id=both.pk, terms={}, signatory="丙")
    assert refused.value.status == 404
    step(enterprise, "decline", both, reason="time")
    with pytest.raises(Problem) as refused:
        services.sign(person=enterprise.person, introduction_id=both.pk, number="x", signatory="甲")
    assert code_of(refused) == "contacts_closed"
