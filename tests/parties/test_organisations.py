"""Organisations: registered with a checked code, shown without contacts, changed by their own people only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongqiao.parties import services as parties
from rongqiao.parties import uscc
from rongqiao.parties.models import Membership, Organisation, Person
from rongqiao.parties.privacy import CURRENT
from tests import world

# Codes of well-known firms, as their own sites print them: facts the formula must agree with.
REAL = ["91110000802100433B", "914403001922038216", "91330100799655058B", "9144030071526726XG", "91110108551385082Q"]


@pytest.mark.parametrize("code", REAL)
def test_real_codes_pass(code: str) -> None:
    assert uscc.is_valid(code)


@given(st.text(uscc.ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(uscc.ALPHABET))
def test_one_wrong_character_is_always_noticed(first17: str, place: int, other: str) -> None:
    code = first17 + uscc.check_digit(first17)
    assert uscc.is_valid(code)
    wrong = code[:place] + other + code[place + 1 :]
    assert uscc.is_valid(wrong) == (wrong == code)


@pytest.mark.parametrize("code", ["", "1", "I" * 18, "9" * 19, "91110000600007156q", "９" * 18])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert not uscc.is_valid(code)


@pytest.fixture
def newcomer(db: None) -> world.Party:
    person = Person.objects.create_user("new@x.example", world.PASSWORD)
    parties.consent(person=person, version=CURRENT.version, language="zh-hans")
    from django.test import Client

    client = Client()
    client.force_login(person, backend=world.BACKEND)
    return world.Party(Organisation(), person, client)


def registration(**fields: object) -> dict[str, object]:
    return {"name": "演示新企业", "party_type": "enterprise", "region_code": "开州区", **fields}


def test_who_registers_becomes_administrator_and_steward(newcomer) -> None:
    code = "9150015400000000X"
    code += uscc.check_digit(code)
    answer = newcomer.post("organisations", registration(uscc=code.lower(), profile={"industry_code": "C34"}))
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["uscc"], made["region"], made["verify_status"]) == (code, "重庆市开州区", "unverified")
    membership = Membership.objects.get(person=newcomer.person)
    assert (membership.role, membership.is_steward) == ("administrator", True)
    assert newcomer.get("me").json()["memberships"][0]["capabilities"] == ["import", "manage", "post"]
    again = newcomer.post("organisations", registration(name="另一家", uscc=code))
    assert again.json()["errors"][0]["code"] == "taken"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"uscc": "911100006000071560"}, "uscc"),
        ({"region_code": "没有这个地方"}, "region_code"),
        ({"party_type": "bank"}, "party_type"),
        ({"profile": {"industry_code": "ZZ"}}, "profile.industry_code"),
        ({"profile": {"staff_total": -1}}, "profile.staff_total"),
        ({"nonsense": 1}, "nonsense"),
        ({"latitude": 91}, "latitude"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(newcomer, fields, field) -> None:
    answer = newcomer.post("organisations", registration(**fields))
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Organisation.objects.exists()


def test_contacts_and_code_are_for_its_own_people(enterprise, college, visitor) -> None:
    path = f"organisations/{enterprise.organisation.pk}"
    assert enterprise.patch(path, {"contact_phone": "13812345678"}).status_code == 200
    assert enterprise.get(path).json()["contact_phone"] == "13812345678"
    for other in (college.get(path), visitor.get(f"/api/v1/{path}")):
        assert "13812345678" not in other.content.decode()
        assert "uscc" not in other.json()


def test_a_foreign_organisation_looks_missing_to_who_would_change_it(enterprise, college) -> None:
    foreign = college.patch(f"organisations/{enterprise.organisation.pk}", {"address": "x"})
    absent = college.patch("organisations/999999", {"address": "x"})
    assert foreign.status_code == absent.status_code == 404
    assert foreign.content == absent.content


def test_names_are_found_by_pinyin_initials_too(enterprise, college, visitor) -> None:
    for words in ("演示职业", "yszyjsxy", "yanshizhiye"):
        found = visitor.get(f"/api/v1/organisations?q={words}").json()["results"]
        assert [row["name"] for row in found] == ["演示职业技术学院"]


def test_labels_come_in_the_reader_s_language(enterprise, visitor) -> None:
    path = f"/api/v1/organisations/{enterprise.organisation.pk}"
    assert visitor.get(path).json()["party_type_label"] == "企业"
    assert visitor.get(path, headers={"accept-language": "en"}).json()["party_type_label"] == "Enterprise"


@pytest.mark.parametrize("path", ["organisations", "postings", "organisations/{college}/units", "postings?mine=1", "me"])
def test_a_list_costs_the_same_for_one_row_and_for_twenty(
    path, enterprise, college, django_assert_max_num_queries
) -> None:
    path = path.format(college=college.organisation.pk)
    for number in range(20):
        world.party(f"演示企业{number}", "enterprise", "500101", f"e{number}@x.example")
        world.publish(enterprise, "talent_need", f"焊工{number}")
        college.post(f"organisations/{college.organisation.pk}/units", {"name": f"二级学院{number}"})
    with django_assert_max_num_queries(6):
        answer = enterprise.get(path + ("&" if "?" in path else "?") + "page_size=20" if path != "me" else path)
    assert answer.status_code == 200
