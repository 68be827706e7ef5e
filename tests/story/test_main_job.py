"""The README's first page at the level of its requests: a browser's cookies, CSRF enforced, nothing done behind the API
but the worker's draining."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from rongqiao.parties import services as parties
from rongqiao.parties.models import Organisation
from tests import world

from .browser import Browser, signed_up

pytestmark = [pytest.mark.django_db, pytest.mark.server_side]

TABLE = (
    "岗位名称,专业要求,人数,最低学历,技能要求,岗位描述\n"
    "焊工,智能焊接技术,6,中职,氩弧焊、看图,结构件焊接，三班倒\n"
    "质检员,工业产品质量检测技术,二十,高职专科,卡尺、三坐标,来料与首件检验\n"
)


def publish(browser: Browser, kind: str, title: str, **details: Any) -> int:
    """A draft, then the step that publishes it."""
    draft = browser.send("POST", "v1/postings", {"kind": kind, "title": title, "details": details}, expect=201)
    step = {"version": draft["version"]}
    shown = browser.send("POST", f"v1/postings/{draft['id']}/steps/publish", step)
    assert shown["status"] == "published"
    return int(draft["id"])


def believed(organisation_id: int) -> None:
    """What a reviewer has done before this story begins (see test_trusted_place.py)."""
    organisation = Organisation.objects.get(pk=organisation_id)
    parties.set_verification(organisation=organisation, by=None, status="documents", reason="执照已核对")
    parties.set_trust(organisation=organisation, by=None, on=True)


@pytest.fixture
def enterprise_page() -> Browser:
    browser = signed_up("hr@works.example")
    about = {"name": "演示机械制造有限公司", "party_type": "enterprise", "region_code": "500101"}
    believed(browser.send("POST", "v1/organisations", about, expect=201)["id"])
    return browser


@pytest.fixture
def college_page() -> Browser:
    browser = signed_up("office@school.example")
    about = {"name": "演示工业职业学院", "party_type": "college", "region_code": "500101"}
    believed(browser.send("POST", "v1/organisations", about, expect=201)["id"])
    return browser


def test_from_signing_up_to_pairings_with_reasons_and_back(enterprise_page: Browser, college_page: Browser) -> None:
    need = publish(enterprise_page, "talent_need", "数控车工", majors=["数控技术"], headcount=5, skills=["数控车床"])
    offer = publish(college_page, "major", "数控技术", major_code="460103", skills=["数控车床"])
    world.drain()

    mine = enterprise_page.get(f"v1/postings/{need}/pairings")["results"]
    theirs = college_page.get(f"v1/postings/{offer}/pairings")["results"]
    assert [row["other"]["id"] for row in mine] == [offer]
    assert [row["other"]["id"] for row in theirs] == [need]
    assert mine[0]["id"] == theirs[0]["id"]
    assert mine[0]["reasons"]
    assert any("数控" in reason for reason in mine[0]["reasons"])

    bills = [page.get(f"v1/pairings/{mine[0]['id']}")["bill"] for page in (enterprise_page, college_page)]
    assert bills[0] == bills[1]
    assert bills[0]["scores"]["mutual"] == mine[0]["mutual"]

    found = Browser().get("v1/search?q=数控车工")
    assert need in [row["id"] for row in found["results"]]

    version = enterprise_page.get(f"v1/postings/{need}")["version"]
    enterprise_page.send("POST", f"v1/postings/{need}/steps/withdraw", {"version": version})
    world.drain()
    assert college_page.get(f"v1/postings/{offer}/pairings")["count"] == 0
    assert need not in [row["id"] for row in Browser().get("v1/search?q=数控车工")["results"]]
    Browser().get(f"v1/postings/{need}", expect=404)
    college_page.get(f"v1/pairings/{mine[0]['id']}", expect=404)


def test_a_table_becomes_postings_that_are_paired(enterprise_page: Browser, college_page: Browser) -> None:
    offer = publish(college_page, "major", "智能焊接技术", major_code="智能焊接技术", skills=["氩弧焊"])
    file = SimpleUploadedFile("needs.csv", TABLE.encode())
    batch = enterprise_page.upload("v1/imports", file=file, kind="talent_need", source="招聘表")
    mapping = {column["column"]: column["target"] or "" for column in batch["columns"]}
    enterprise_page.send("PUT", f"v1/imports/{batch['id']}/mapping", {"mapping": mapping})
    enterprise_page.send("POST", f"v1/imports/{batch['id']}/run", {})
    world.drain()

    done = enterprise_page.get(f"v1/imports/{batch['id']}")
    assert (done["state"], done["done"], done["new"] + done["refused"]) == ("done", 2, 2)
    errors = enterprise_page.get(f"v1/imports/{batch['id']}/errors")["results"]
    assert done["refused"] == len({error["row"] for error in errors if error["refused"]})
    (welder,) = [row for row in enterprise_page.get("v1/postings?mine=1")["results"] if row["title"] == "焊工"]
    pairings = enterprise_page.get(f"v1/postings/{welder['id']}/pairings")["results"]
    assert [row["other"]["id"] for row in pairings] == [offer]

    enterprise_page.send("POST", f"v1/imports/{batch['id']}/undo", {})
    world.drain()
    assert college_page.get(f"v1/postings/{offer}/pairings")["count"] == 0


def test_a_write_without_the_token_is_refused(enterprise_page: Browser) -> None:
    client = enterprise_page.client
    body = {"kind": "talent_need", "title": "焊工"}
    answer = client.post("/api/v1/postings", json.dumps(body), content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["errors"][0]["remedy"]
    assert enterprise_page.get("v1/postings?mine=1")["count"] == 0
