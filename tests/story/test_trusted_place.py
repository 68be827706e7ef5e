"""A place that can be trusted, at the level of its requests: a company registers, hands in its licence and is verified;
a colleague is invited; an advertisement is pasted, corrected, reviewed, published; a college is claimed and publishes;
both read their pairings and why."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from rongqiao.parties import services as parties
from rongqiao.parties.colleges import College, import_colleges
from rongqiao.parties.models import Organisation
from tests import world

from .browser import PASSWORD, Browser, letter_to, link_in, signed_in, signed_up

pytestmark = [pytest.mark.django_db, pytest.mark.server_side, pytest.mark.usefixtures("mailoutbox")]

ADVERTISEMENT = """【急招】数控车工5名，演示机械制造有限公司直招！
岗位职责：操作数控车床加工齿轮轴，会看图纸，能自己调刀补。
任职要求：中专及以上学历，数控技术、机械制造等相关专业，1年以上经验，有车工证优先。
薪资待遇：5500-8000元/月，五险一金，包吃住。
工作地点：重庆市万州区
联系电话：13800001234（王女士）"""


@pytest.fixture
def reviewer_page() -> Browser:
    """The reviewer, whom the operator has invited into the platform's own organisation."""
    parties.create_operator(email="ops@platform.example", password=PASSWORD, name="平台运营")
    operator = signed_in("ops@platform.example", PASSWORD)
    platform = operator.get("v1/me")["memberships"][0]["organisation"]
    invitation = {"email": "review@platform.example", "role": "reviewer"}
    operator.send("POST", f"v1/organisations/{platform}/invitations", invitation, expect=201)
    Browser().follow(
        link_in(letter_to("review@platform.example")), name="审核员", password=PASSWORD, again=PASSWORD, consent="on"
    )
    return signed_in("review@platform.example", PASSWORD)


def licence() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (600, 420), "white").save(content, "JPEG")
    return SimpleUploadedFile("营业执照.jpg", content.getvalue())


def hand_in(browser: Browser, organisation: int, purpose: str) -> None:
    """Upload the licence and apply with it."""
    file = browser.upload("v1/files", purpose="evidence", organisation=organisation, file=licence())
    application = {"purpose": purpose, "evidence": [file["uuid"]], "note": "请核对"}
    browser.send("POST", f"v1/organisations/{organisation}/applications", application, expect=201)


def approve_next(reviewer: Browser, occasion: str, **more: Any) -> dict[str, Any]:
    """Look at the oldest case of an occasion and say yes."""
    world.drain()
    row = reviewer.get(f"v1/reviews?occasion={occasion}")["results"][0]
    page = reviewer.get(f"v1/reviews/{row['id']}")
    (done,) = reviewer.send("POST", "v1/reviews/approve", {"cases": [row["id"]], **more})
    assert done["done"], done
    return dict(page)


def test_a_place_that_can_be_trusted(reviewer_page: Browser) -> None:
    # A company registers, hands in its licence, is verified.
    boss = signed_up("boss@works.example")
    about = {"name": "演示机械制造有限公司", "party_type": "enterprise", "region_code": "500101"}
    firm = boss.send("POST", "v1/organisations", about, expect=201)["id"]
    hand_in(boss, firm, "verification")
    page = approve_next(reviewer_page, "verification", status="documents", remark="执照清楚")
    assert page["evidence"][0]["name"] == "营业执照.jpg"
    assert "已通过核验" in letter_to("boss@works.example").subject
    assert boss.get("v1/notices?unread=1")["count"] == 1
    assert boss.get(f"v1/organisations/{firm}")["verify_status"] == "documents"

    # A colleague is invited and joins by the letter's link.
    boss.send(
        "POST", f"v1/organisations/{firm}/invitations", {"email": "hr@works.example", "role": "enterprise_clerk"}, expect=201
    )
    said = Browser().follow(
        link_in(letter_to("hr@works.example")), name="王女士", password=PASSWORD, again=PASSWORD, consent="on"
    )
    assert "已加入" in said
    clerk = signed_in("hr@works.example", PASSWORD)

    # An advertisement is pasted; what is doubtful is asked; the contact goes where nobody reads it.
    parsed = clerk.send("POST", "v1/parse", {"text": ADVERTISEMENT})
    draft = parsed["draft"]
    assert draft["kind"] == "talent_need"
    assert draft["details"]["degree"] == "secondary"
    assert "13800001234" not in str({name: draft[name] for name in ("title", "description", "details")})
    draft["title"] = "数控车工"
    draft["details"] = {**draft["details"], "headcount": 5, "majors": ["数控技术"], "skills": ["数控车床"]}
    need = clerk.send("POST", "v1/postings", draft, expect=201)
    clerk.send("PATCH", f"v1/postings/{need['id']}", {"version": need["version"], "details": {"headcount": 6}})

    # It is reviewed before it is shown, because nobody knows the firm yet.
    version = clerk.get(f"v1/postings/{need['id']}")["version"]
    waiting = clerk.send("POST", f"v1/postings/{need['id']}/steps/publish", {"version": version})
    assert waiting["status"] == "in_review"
    Browser().get(f"v1/postings/{need['id']}", expect=404)
    approve_next(reviewer_page, "publication")
    assert "已通过审核" in letter_to("hr@works.example").subject
    assert "13800001234" not in str(Browser().get(f"v1/postings/{need['id']}"))

    # A college that a list brought in is claimed, and publishes.
    import_colleges(colleges=[College(name="演示职业技术学院", code="4150012345", region_code="500101")], source="高校名单")
    college = Organisation.objects.get(name="演示职业技术学院").pk
    dean = signed_up("dean@school.example")
    assert dean.get(f"v1/organisations/{college}")["claimable"] is True
    hand_in(dean, college, "claim")
    approve_next(reviewer_page, "claim", status="authority", trust=True)
    assert [row["role"] for row in dean.get("v1/me")["memberships"]] == ["administrator"]
    offer = dean.send(
        "POST", "v1/postings",
        {"kind": "major", "title": "数控技术", "details": {"major_code": "460103", "skills": ["数控车床"]}}, expect=201,
    )  # fmt: skip
    shown = dean.send("POST", f"v1/postings/{offer['id']}/steps/publish", {"version": offer["version"]})
    assert shown["status"] == "published"

    # Both read their pairings, and why.
    world.drain()
    mine = clerk.get(f"v1/postings/{need['id']}/pairings")["results"]
    theirs = dean.get(f"v1/postings/{offer['id']}/pairings")["results"]
    assert [row["other"]["id"] for row in mine] == [offer["id"]]
    assert mine[0]["id"] == theirs[0]["id"]
    assert any("数控" in reason for reason in mine[0]["reasons"])
    assert "13800001234" not in str(theirs)

    # Who did what stands in the firm's own trail, and nowhere in another's.
    trail = [row["action"] for row in boss.get(f"v1/organisations/{firm}/audit?page_size=100")["results"]]
    assert {"organisation.registered", "organisation.verified", "member.joined", "posting.publish"} <= set(trail)
    dean.get(f"v1/organisations/{firm}/audit", expect=404)
