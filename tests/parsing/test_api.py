"""A pasted text over the API: the fields, both languages, refusals, and that every draft can be posted."""

import json
import logging

import pytest

from tests.parsing.texts import CASES

pytestmark = pytest.mark.django_db
OFFERS = ("major", "training_base", "expert")
AD = (
    "招聘电焊工5名\n任职要求：中专及以上学历，3年以上焊接工作经验。\n薪资：月薪6000-9000元\n工作地点：重庆市万州区\n"
    "联系人：王经理 电话：13800001234（微信同号），微信：weld_2026，邮箱：hr@firm.example"
)


def parse(party, text, kind=None, english=False):
    body = {"text": text} | ({"kind": kind} if kind else {})
    headers = {"Accept-Language": "en"} if english else {}
    return party.client.post(
        "/api/v1/parse", json.dumps(body), content_type="application/json", headers=headers
    )


def test_a_visitor_is_asked_to_sign_in(visitor) -> None:
    assert visitor.post("/api/v1/parse", "{}", content_type="application/json").status_code == 401


@pytest.mark.parametrize("number", range(len(CASES)))
def test_every_draft_can_be_posted(number: int, enterprise, college) -> None:
    kind, text, expected = CASES[number]
    party = college if kind in OFFERS else enterprise
    said = parse(party, text, kind).json()
    asked = {field["field"] for field in said["fields"] if field["ask"]}
    draft = {**({"title": "演示"} if "title" in asked else {}), **said["draft"]}
    posted = party.post("postings", draft)
    assert posted.status_code == 201, (draft, posted.json())
    kept = posted.json()
    for name, value in expected.items():
        stored = kept[name] if name in ("title", "region_code") else kept["details"].get(name)
        assert stored == value, (name, stored, value, said["fields"])


def test_spans_are_places_in_the_text(enterprise) -> None:
    said = parse(enterprise, AD).json()
    for field in said["fields"]:
        for span in field["spans"]:
            assert AD[span["start"] : span["end"]] == span["text"]
    assert said["kind"]["value"] == "talent_need"
    assert not said["kind"]["ask"]
    assert {field["field"]: field["label"] for field in said["fields"]}["details.degree"] == "最低学历"


def test_contacts_go_to_the_private_fields_only(enterprise) -> None:
    said = parse(enterprise, AD).json()
    draft = said["draft"]
    assert (draft["contact_phone"], draft["contact_email"], draft["contact_name"]) == (
        "13800001234",
        "hr@firm.example",
        "王经理",
    )
    public = json.dumps([draft["title"], draft["description"], draft["details"]], ensure_ascii=False)
    for secret in ("13800001234", "hr@firm.example", "weld_2026", "王经理"):
        assert secret not in public
    assert len(said["notes"]) == 2


def test_the_reader_is_asked_in_their_language(enterprise) -> None:
    text = "招聘车工：中专以上学历。招聘工程师：本科以上学历。"
    for english, words in ((False, "几种说法"), (True, "several different things")):
        said = parse(enterprise, text, english=english).json()
        doubted = next(field for field in said["fields"] if field["field"] == "details.degree")
        assert doubted["ask"]
        assert words in doubted["why"]
        assert "degree" not in said["draft"]["details"]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"text": ""}, "text", "blank"),
        ({"text": "   \n"}, "text", "no_words"),
        ({"text": "👩‍👩‍👧‍👦🔥🔥"}, "text", "no_words"),
        ({"text": "abc " * 10}, "kind", "kind_unknown"),
        ({"text": "招聘", "kind": "no_such"}, "kind", "invalid_choice"),
        ({}, "text", "required"),
        ({"text": "焊" * 20_001}, "text", "max_length"),
        ({"text": "焊工", "more": 1}, "more", "unknown_field"),
        ({"text": None}, "text", "null"),
        ({"text": "a" * 1_000_000}, "text", "max_length"),
        ({"text": ["a"]}, "text", "invalid"),
    ],
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_cannot_be_read_is_refused_with_a_remedy(body, field, code, language, enterprise) -> None:
    answer = enterprise.client.post(
        "/api/v1/parse",
        json.dumps(body),
        content_type="application/json",
        headers={"Accept-Language": language},
    )
    assert answer.status_code == 400, answer.content[:300]
    errors = answer.json()["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [(field, code)]
    assert errors[0]["remedy"].isascii() is (language == "en")


def test_odd_characters_are_read_past(enterprise) -> None:
    said = parse(enterprise, "招聘焊工５名\u200b\x07，\ufeff大专以上学历\x1b[31m", "talent_need").json()
    assert said["draft"]["details"]["headcount"] == 5
    assert enterprise.post("postings", said["draft"]).status_code == 201


def test_nothing_is_stored_or_logged(enterprise, caplog, django_assert_num_queries) -> None:
    parse(enterprise, AD)
    with caplog.at_level(logging.DEBUG), django_assert_num_queries(2):
        parse(enterprise, AD)
    assert "13800001234" not in caplog.text
