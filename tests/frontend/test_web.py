"""The built pages, served: what is cached, what is compressed, what is refused."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from rongqiao.config import web
from rongqiao.postings import services as postings
from rongqiao.postings.models import Posting
from tests import world

PAGE = b"<!doctype html><title>page</title>"
SCRIPT = b"export const bridge = 'two banks';" * 20
READER = {"accept": "text/html,application/xhtml+xml"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "assets" / "index-0a1b2c3d.js").write_bytes(SCRIPT)
    (tmp_path.parent / "secret.txt").write_text("not for the web")
    monkeypatch.setattr(web, "BUILT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("path", ["/", "/home", "/postings", "/publish?draft=3"])
def test_every_place_of_the_application_is_the_one_page(built: Path, path: str, client: Client) -> None:
    answer = client.get(path, headers=READER)
    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer["Cache-Control"] == "no-cache"
    assert "csrftoken" in answer.cookies


@pytest.mark.parametrize(("path", "accept", "status"), [("/", "*/*", 200), ("/", "application/json", 404), ("/home", "*/*", 404)])
def test_who_takes_anything_gets_the_front_page_and_no_other(
    built: Path, client: Client, path: str, accept: str, status: int
) -> None:
    assert client.get(path, headers={"accept": accept}).status_code == status


def draft_of(owner: world.Party, base: dict[str, Any]) -> Posting:
    return postings.create_draft(
        organisation=owner.organisation, by=owner.person, kind_code="talent_need", base=base, details={"headcount": 2}
    )


HEAD = b'<!doctype html><title>page</title><meta name="description" content="all of it" />'
CANARY = "13800009999"


def test_a_shared_link_shows_the_public_fields_and_nothing_else(built: Path, client: Client, enterprise: world.Party) -> None:
    (built / "index.html").write_bytes(HEAD)
    words = '</title><script>alert(1)</script>" onload="x\n二保焊'
    base = {"title": "焊工<b>", "description": words, "contact_phone": CANARY}
    need = world.step(draft_of(enterprise, base), "publish")
    page = client.get(f"/postings/{need.pk}", headers=READER)
    said = page.content.decode()
    assert page.status_code == 200
    assert "<title>焊工&lt;b&gt; · 融桥</title>" in said
    assert 'property="og:title"' in said
    assert "演示机电有限公司" in said
    assert "&lt;script&gt;" in said
    assert "<script" not in said
    assert '" onload' not in said
    assert CANARY not in said


def test_a_link_to_what_not_everybody_may_see_is_missing_and_says_nothing(
    built: Path, client: Client, enterprise: world.Party
) -> None:
    (built / "index.html").write_bytes(HEAD)
    draft = draft_of(enterprise, {"title": "只给自己看的标题"})
    for path in (f"/postings/{draft.pk}", "/postings/999999", "/postings/999999999999999"):
        answer = client.get(path, headers=READER)
        assert (answer.status_code, answer.content) == (404, HEAD), path
    assert enterprise.client.get(f"/postings/{draft.pk}", headers=READER).content == HEAD


def test_the_policy_allows_no_inline_script_and_no_other_source(built: Path, client: Client) -> None:
    policy = client.get("/home", headers=READER)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_the_real_page_has_no_inline_script_or_style() -> None:
    page = (Path(__file__).parents[2] / "frontend" / "index.html").read_text(encoding="utf-8")
    assert page.count("<script") == page.count("<script src=") + page.count('<script type="module" src=')
    assert "style=" not in page
    assert " on" not in page.replace(" on ", "").partition("<body>")[2]


def test_an_unknown_place_is_missing_but_shows_the_page(built: Path, client: Client) -> None:
    answer = client.get("/no-such-place", headers=READER)
    assert (answer.status_code, answer.content) == (404, PAGE)


def test_a_program_gets_the_api_s_own_answer(built: Path, client: Client) -> None:
    for path in ("/no-such-place", "/home"):
        answer = client.get(path, headers={"accept": "application/json"})
        assert answer.status_code == 404
        assert answer.json()["errors"][0]["code"] == "not_found"
    assert client.get("/api/v1/nothing", headers=READER)["Content-Type"].startswith("application/json")
    assert client.post("/home", headers=READER).status_code == 404


def test_assets_are_kept_for_ever_and_packed_for_who_unpacks(built: Path, client: Client) -> None:
    plain = client.get("/assets/index-0a1b2c3d.js")
    assert plain.content == SCRIPT
    assert plain["Content-Type"] in ("text/javascript", "application/javascript")
    assert "immutable" in plain["Cache-Control"]
    packed = client.get("/assets/index-0a1b2c3d.js", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == SCRIPT
    assert "Accept-Encoding" in packed["Vary"]


ESCAPES = ("/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/assets/%2e%2e%2f%2e%2e%2fsecret.txt")


@pytest.mark.parametrize("path", ESCAPES)
def test_nothing_outside_the_build_can_be_had(built: Path, path: str, client: Client) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"not for the web" not in answer.content


def test_without_a_build_a_plain_page_says_how_to_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr(web, "BUILT", tmp_path / "nothing")
    answer = client.get("/home", headers=READER)
    assert answer.status_code == 404
    assert "npm run build" in answer.content.decode()
    assert answer["Content-Security-Policy"] == web.POLICY
    assert client.get("/home", headers={"accept": "application/json"}).json()["errors"][0]["code"] == "not_found"
