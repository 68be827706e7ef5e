"""A seventh kind of posting is one file: a throw-away kind goes through publishing, index, search and pairing."""

import pytest

from rongqiao.parties.vocabulary import PartyType
from rongqiao.postings import kinds
from rongqiao.postings.field_types import Many, Number, Words
from rongqiao.postings.kind import Field, Kind, number
from rongqiao.recommending.models import Pairing
from tests import world

pytestmark = pytest.mark.django_db

TRAINING_NEED = Kind(
    code="training_need",
    zh="培训需求",
    en="Training need",
    side="need",
    parties=frozenset({PartyType.ENTERPRISE}),
    pairs_with=("training_base", "expert"),
    fields=(
        Field("trainees", "人数", "Trainees", Number(1, 1_000), required=True),
        Field("skills", "培训内容", "Subjects", Many(Words(60))),
    ),
    capacity=number("trainees"),
    skills="skills",
    body=("skills",),
)


@pytest.fixture
def seventh_kind():
    kinds.register(TRAINING_NEED)
    yield
    kinds.unregister("training_need")


def test_it_is_published_found_and_paired_like_the_others(seventh_kind, enterprise, college) -> None:
    base = world.publish(college, "training_base", "焊接实训基地", skills=["二氧化碳气体保护焊", "氩弧焊"], stations=40)
    answer = enterprise.post(
        "postings",
        {"kind": "training_need", "title": "员工焊接培训", "details": {"trainees": 20, "skills": ["氩弧焊"]}},
    )
    assert answer.status_code == 201, answer.content
    need = answer.json()
    published = enterprise.post(f"postings/{need['id']}/steps/publish", {"version": need["version"]})
    assert published.json()["status"] == "published"
    world.drain()
    found = enterprise.get("search?q=焊接培训&kind=training_need").json()
    assert [row["id"] for row in found["results"]] == [need["id"]]
    pairings = enterprise.get(f"postings/{need['id']}/pairings").json()["results"]
    assert [row["offer"] for row in pairings] == [base.pk]
    assert pairings[0]["reasons"]
    seen_from_there = college.get(f"postings/{base.pk}/pairings").json()["results"]
    assert [row["need"] for row in seen_from_there] == [need["id"]]
    assert Pairing.objects.get().need_kind == "training_need"


def test_its_form_is_described(seventh_kind, visitor) -> None:
    listed = {kind["code"]: kind for kind in visitor.get("/api/v1/kinds").json()["results"]}
    assert [field["name"] for field in listed["training_need"]["fields"]] == ["trainees", "skills"]


def test_it_is_unknown_when_its_file_is_gone(enterprise) -> None:
    answer = enterprise.post("postings", {"kind": "training_need", "title": "x"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "kind"
