"""An R&D problem shows what its secrecy allows, to others, to the index, and to matching (难题分级披露)."""

import json

import pytest

from rongqiao.indexing.models import Content
from rongqiao.postings.content import public_content
from tests import world

pytestmark = pytest.mark.django_db

CANARY = "金丝雀9137"
DETAILS = {
    "field": "智能装备", "summary": f"摘要{CANARY}s", "current": f"现状{CANARY}c", "solver_requirements": f"条件{CANARY}r",
    "tried": [f"试过{CANARY}t"], "skills": [f"技术{CANARY}k"], "targets": [{"metric": f"指标{CANARY}m", "goal": "1"}],
}  # fmt: skip
SEEN = {
    "public": {"title", "description", "s", "c", "r", "t", "k", "m"},
    "summary": {"title", "s", "k"},
    "invited": {"s"},
    "secret": set(),
}


def secret_need(owner, secrecy: str):
    return world.publish(
        owner, "tech_need", f"标题{CANARY}title", f"描述{CANARY}description", **DETAILS, secrecy=secrecy
    )


def canaries(text: str) -> set[str]:
    found = {"title": f"标题{CANARY}", "description": f"描述{CANARY}"}
    seen = {name for name, words in found.items() if words in text}
    return seen | {part.split('"')[0][0] for part in text.split(CANARY)[1:] if part[0] in "scrtkm" and part[1:2] in '"；、 \n,]'}


@pytest.mark.parametrize("secrecy", SEEN)
def test_others_see_what_the_secrecy_shows_and_the_owner_everything(secrecy, enterprise, college) -> None:
    posting = secret_need(enterprise, secrecy)
    foreign = json.dumps(college.get(f"postings/{posting.pk}").json(), ensure_ascii=False)
    own = json.dumps(enterprise.get(f"postings/{posting.pk}").json(), ensure_ascii=False)
    assert canaries(foreign) == SEEN[secrecy]
    assert canaries(own) == SEEN["public"]


@pytest.mark.parametrize("secrecy", ["summary", "invited", "secret"])
def test_nothing_hidden_reaches_index_or_matching(secrecy, enterprise, college) -> None:
    posting = secret_need(enterprise, secrecy)
    hidden = SEEN["public"] - SEEN[secrecy]
    content = public_content(posting)
    world.drain()
    stored = Content.objects.get(kind="tech_need")
    for text in (repr(content), f"{stored.title} {stored.body} {stored.skills}"):
        assert not canaries(text.replace("'", '"')) & hidden
    found = college.get("search?q=智能装备").json()
    assert canaries(json.dumps(found, ensure_ascii=False)) <= SEEN[secrecy]


def test_contacts_are_the_owner_s_alone(enterprise, college, visitor) -> None:
    posting = world.publish(enterprise, "talent_need", "焊工")
    answer = enterprise.patch(
        f"postings/{posting.pk}", {"version": posting.version, "contact_phone": "13812345678"}
    )
    assert answer.json()["contact_phone"] == "13812345678"
    world.drain()
    for client in (college.client, visitor):
        for path in (f"/api/v1/postings/{posting.pk}", "/api/v1/postings", "/api/v1/search?q=焊工"):
            assert "13812345678" not in client.get(path).content.decode()
