"""Whatever is sent: never a 5xx, always an error that names field, fault and remedy, and nothing half-written."""

import json
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from rongqiao.introductions import services as introductions
from rongqiao.introductions.confidence import CURRENT as NOTE
from rongqiao.parties import services as parties
from rongqiao.parties.models import Person
from rongqiao.parties.privacy import CURRENT
from rongqiao.postings import kinds
from rongqiao.postings.field_types import Rows
from tests import world
from tests.api import hostile
from tests.api.test_access import SIGN_IN, TABLE
from tests.forms import form

pytestmark = pytest.mark.django_db

Case = TypeVar("Case")
CHINESE = re.compile("[\u4e00-\u9fff]")
LANGUAGES = ("zh-CN,zh;q=0.9", "en-GB,en;q=0.9")
JSON = "application/json"
ROOMS = (
    "mailing", "parties", "postings", "importing", "indexing", "searching", "recommending", "introductions", "digests",
    "outbox", "sessions",
)  # fmt: skip


@pytest.fixture(scope="module")
def built(keep) -> Any:
    return keep(one_of_each)


@pytest.fixture
def everything(built, db) -> dict[str, Any]:
    """One of each thing that can be written to, built once for the module."""
    return built.again()


def one_of_each() -> dict[str, Any]:
    """What can be written to, by the enterprise's person, who operates the platform too."""
    enterprise, college = world.enterprise(), world.college()
    for party in (enterprise, college):
        party.client.raise_request_exception = False
    need = world.publish(enterprise, "talent_need", "焊工", skills=["焊接"])
    offer = world.publish(college, "major", "焊接技术", major_code="460110", skills=["焊接"])
    asked = introduced(college, enterprise, college, need)
    answered = introduced(enterprise, enterprise, college, need)
    talks = talking(enterprise, college)
    world.drain()
    need.refresh_from_db()
    unit = enterprise.post(f"organisations/{enterprise.organisation.pk}/units", {"name": "一车间"}).json()["id"]
    table = SimpleUploadedFile("a.csv", "岗位名称,人数\n焊工,3\n".encode())
    upload = {"file": table, "kind": "talent_need", "source": "表"}
    batch = enterprise.client.post("/api/v1/imports", upload).json()["id"]
    platform = world.party("演示平台", "broker", "500101", "ops@platform.example", role="operator")
    parties.add_member(organisation=platform.organisation, person=enterprise.person, role="operator")
    other = world.party("演示另一厂", "enterprise", "500101", "hr@another.example").organisation
    flag = parties.record_flag(
        organisation=other, by=platform.person, kind="labour", source="s", dated=date(2026, 1, 1)
    )
    member = enterprise.organisation.memberships.get(person=enterprise.person).pk
    search = enterprise.post("saved-searches", {"name": "焊工", "q": "焊工"}).json()["id"]
    return {
        "enterprise": enterprise, "college": college, "need": need, "unit": unit, "batch": batch, "flag": flag.pk,
        "member": member, "other": other.pk, "search": search, "offer": offer, "introduction": asked, "answered": answered,
        "talks": talks, "broker": platform.organisation.pk,
    }  # fmt: skip


def opened(organisation: int, talks: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """The writes that both have to have agreed for."""
    one, by = f"introductions/{talks['id']}", {"organisation": organisation}
    terms = {"title": "t", "level": "basic", "form": "order", "mode": "", "items": ["interns"], "participation": ["courses"],
             "starts_on": "2027-01-01", "ends_on": "2027-12-31", "summary": "s"}  # fmt: skip
    name = {"signatory": "n", "position": "p"}
    return {
        ("POST", f"{one}/note"): {**by, "version": NOTE.version},
        ("POST", f"{one}/secrets"): {**by, "fields_to_open": ["current"]},
        ("POST", f"{one}/messages"): {**by, "text": "t", "attachments": []},
        ("PUT", f"{one}/terms"): {**by, **terms, **name},
        ("POST", f"{one}/sign"): {**by, **name, "number": talks["number"]},
    }


def talking(enterprise: world.Party, college: world.Party) -> dict[str, Any]:
    """An introduction in talks about a secret problem, whose terms the college has put down."""
    need = world.publish(enterprise, "tech_need", "焊缝检测", field="智能装备", secrecy="secret", current="旧")
    offer = world.publish(college, "expert", "焊接专家", skills=["焊接"])
    for party in (enterprise, college):
        row = introductions.answer(
            person=party.person, organisation_id=party.organisation.pk, need_id=need.pk, offer_id=offer.pk, answer="interested"
        )
    introductions.take_step(person=college.person, introduction_id=row.pk, step_code="start_talks")
    introductions.accept_note(person=college.person, introduction_id=row.pk, version=NOTE.version)
    terms = {"title": "t", "level": "deepened", "form": "problem_solving"}
    made = introductions.propose(person=college.person, introduction_id=row.pk, terms=terms, signatory="n")
    return {"id": row.pk, "number": str(made.number)}


def introduced(first: world.Party, enterprise: world.Party, college: world.Party, need: Any) -> int:
    """An introduction in which the first one has said yes."""
    offer = world.publish(college, "major", "焊接自动化", major_code="460110", skills=["焊接"])
    begun = introductions.answer(
        person=first.person, organisation_id=first.organisation.pk, need_id=need.pk, offer_id=offer.pk, answer="interested"
    )
    return int(begun.pk)


DIGEST = {"rhythm": "daily", "time": "08:17", "weekday": 1, "language": "en", "most": 5}
NUMBERS = range(37)


def writes(everything: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """Every write of the table that takes JSON: (method, path) → a body that would do."""
    organisation, need, unit = everything["enterprise"].organisation.pk, everything["need"], everything["unit"]
    other = everything["other"]
    fields = {"title": "焊工", "description": "d", "region_code": "500101", "contact_name": "n", "contact_phone": "1",
              "contact_email": "a@b.example"}  # fmt: skip
    profile = {"industry_code": "C33", "chain_nodes": ["a"], "staff_total": 1, "size": "", "mentors": 1,
               "frontline_training_ratio": "1.00"}  # fmt: skip
    about = {"name": "演示机电", "region_code": "500101", "introduction": "i", "uscc": "", "address": "a",
             "latitude": 1.5, "longitude": 1.5, "contact_name": "n", "contact_phone": "1",
             "contact_email": "a@b.example", "profile": profile}  # fmt: skip
    return {
        ("POST", "organisations"): {**about, "party_type": "enterprise"},
        ("PATCH", f"organisations/{organisation}"): about,
        ("PUT", f"organisations/{organisation}/recommendations"): {"on": True},
        ("POST", f"organisations/{organisation}/units"): {"name": "u", "unit_type": "school", "partners": ["p"]},
        ("POST", "postings"): {"kind": "talent_need", "organisation": organisation, "unit": unit, **fields, "details": {}},
        ("PATCH", f"postings/{need.pk}"): {"version": need.version, **fields, "details": {"headcount": 1}},
        ("POST", f"postings/{need.pk}/steps/confirm"): {"version": need.version},
        ("POST", "match-preview"): {"kind": "talent_need", "organisation": 1, "title": "焊工", "description": "d",
                                    "region_code": "500101", "details": {}},
        ("POST", "parse"): {"text": "招聘焊工3名", "kind": "talent_need"},
        ("POST", "match-advice"): {"kind": "talent_need", "organisation": 1, "title": "焊工", "description": "d",
                                   "region_code": "500101", "details": {}},
        ("POST", "introductions"): {
            "need": need.pk, "offer": everything["offer"].pk, "organisation": organisation, "answer": "interested",
            "reason": "distance", "comment": "c", "days": 5, "places": 1,
        },
        ("POST", f"introductions/{everything['introduction']}/steps/confirm"): {
            "organisation": organisation, "reason": "distance", "comment": "c", "days": 5, "places": 1,
        },
        ("POST", f"introductions/{everything['answered']}/undo"): {"organisation": organisation},
        ("PUT", f"introductions/{everything['introduction']}/broker"): {
            "organisation": organisation, "broker": everything["broker"], "fee": "free",
        },
        **opened(organisation, everything["talks"]),
        ("POST", "saved-searches"): {"name": "n", "q": "焊工", "filters": {"kind": "talent_need"}},
        ("PATCH", f"saved-searches/{everything['search']}"): {"name": "m"},
        ("PATCH", "digests/preferences/pairings"): DIGEST | {"own": {str(organisation): "off"}},
        ("PUT", "digests/groups/pairings"): {
            "chat": "wecom", "name": "群", "secret": "s",
            "address": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000-4000-8000-000000000000",
        },
        ("POST", "digests/preview/searches"): DIGEST | {"own": {str(everything["search"]): "daily"}},
        ("PATCH", "me"): {"name": "n", "language": "zh-hans"},
        ("PUT", "me/organisation"): {"organisation": organisation},
        ("POST", "me/consents"): {"version": CURRENT.version},
        ("PATCH", f"organisations/{organisation}/members/{everything['member']}"): {"role": "administrator", "is_steward": True},
        ("POST", f"organisations/{organisation}/invitations"): {"email": "n@x.example", "role": "administrator", "unit": unit},
        ("PUT", f"organisations/{other}/verification"): {"status": "documents", "reason": "r"},
        ("PUT", f"organisations/{other}/trust"): {"on": True},
        ("POST", f"organisations/{other}/priority-tags"): {"kind": "listed", "proof": "p", "expires_on": "2999-01-01"},
        ("POST", f"organisations/{other}/credit-flags"): {
            "kind": "labour", "source": "s", "dated": "2026-01-01", "note": "n",
        },
        ("POST", f"organisations/{other}/credit-flags/{everything['flag']}/clear"): {"reason": "r"},
        ("POST", "reviews/approve"): {"cases": [1], "remark": "", "status": "documents", "trust": False, "versions": {"1": 1}},
        ("POST", "reviews/decline"): {"cases": [1], "reasons": ["other"], "remark": "r"},
        ("PUT", f"imports/{everything['batch']}/mapping"): {"mapping": {"岗位名称": "title"}, "doubtful": "refuse_row"},
    }  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_the_body_that_would_do_does(everything, number: int) -> None:
    (method, path), good = list(writes(everything).items())[number]
    answer = send(everything["enterprise"].client, method, f"/api/v1/{path}", json.dumps(good).encode())
    assert answer.status_code < 300, answer.json()


# An application needs a file first; its own tests try it.
WITHOUT_BODY = {
    "postings/1/met-elsewhere",
    "organisations/1/applications", "reviews/1/undo",
    "files", "imports", "imports/1/run", "imports/1/cancel", "imports/1/undo",
    "notices/read", "notices/1/read", "letters/1/retry", "saved-searches/1/seen",
}  # fmt: skip


def test_every_write_of_the_table_is_tried(everything) -> None:
    tried = {(method, _shape(path)) for method, path in writes(everything)}
    assert len(tried) == len(NUMBERS)
    tried |= {("POST", _shape(path)) for path in WITHOUT_BODY}
    listed = {
        (method, _shape(address.removeprefix("api/v1/")))
        for address, methods in TABLE.items()
        for method in methods
        if method not in ("GET", "DELETE")
    }
    assert listed - tried == set(), "add the new address to `writes`"


def some(cases: Sequence[Case], place: int) -> Sequence[Case]:
    """All in the full form; in the quick one every fourth, at each place others, so that each is tried somewhere."""
    return form(full=cases, quick=cases[place % 4 :: 4])


def _shape(path: str) -> str:
    path = re.sub(r"<int:\w+>|\d+", "N", path)
    path = re.sub(r"(digests/\w+)/.*", r"\1/K", path)
    return re.sub(r"steps/.*", "steps/S", path)


def rows() -> tuple[int, ...]:
    """How many rows each table of the product has: one query."""
    tables = [model._meta.db_table for room in ROOMS for model in apps.get_app_config(room).get_models()]
    counts = ", ".join(f"(SELECT count(*) FROM {table})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return tuple(cursor.fetchone())


def unchanged_by_a_refusal(answer: Any, before: tuple[int, ...]) -> tuple[int, ...]:
    """The rows there are now; the same as before when the request was refused."""
    after = rows()
    assert after == before or answer.status_code < 400
    return after


class Writing:
    """Sees whether statements that write were made: where none was, the rows need not be counted."""

    def __init__(self) -> None:
        self.seen = False

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.seen |= not sql.startswith(("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "DECLARE"))
        return execute(sql, *rest)


def send(client: Any, method: str, path: str, data: bytes, content_type: str = JSON, **headers: str) -> Any:
    """One request; its language is one of two, by the length of the body. `answer.wrote`: whether it tried to write."""
    headers = {"Accept-Language": LANGUAGES[len(data) % 2], **headers}
    writing = Writing()
    with transaction.atomic(), connection.execute_wrapper(writing):
        answer = client.generic(method, path, data, content_type=content_type, headers=headers)
    answer.wrote = writing.seen
    assert answer.status_code < 500, (method, path, data[:200], answer.content[:500])
    if answer.status_code >= 400 and answer.content:
        right_shape(answer, english=headers["Accept-Language"] == LANGUAGES[1])
    return answer


def right_shape(answer: Any, english: bool) -> None:
    """The one shape of errors, in the reader's language."""
    said = json.loads(answer.content)
    assert said["status"] == answer.status_code
    assert said["errors"], said
    for error in said["errors"]:
        assert set(error) == {"field", "code", "fault", "remedy"}, error
        assert all(isinstance(value, str) for value in error.values())
        assert error["code"]
        assert error["fault"]
        assert bool(CHINESE.search(error["remedy"])) is not english, error
        assert english or CHINESE.search(error["fault"]), error


@pytest.mark.parametrize("number", NUMBERS)
def test_no_body_that_is_not_ours_is_taken(everything, number: int) -> None:
    (method, path), _ = list(writes(everything).items())[number]
    before = rows()
    cases = list(hostile.bodies())
    assert len(cases) >= 50
    for name, data in cases:
        if name == "empty" and (method == "PATCH" or "/preview/" in path):  # what is left out stays
            continue
        answer = send(everything["enterprise"].client, method, f"/api/v1/{path}", data)
        assert 400 <= answer.status_code < 500, (name, method, path, answer.status_code)
    assert rows() == before


@pytest.mark.parametrize("number", NUMBERS)
def test_each_field_with_each_value(everything, number: int) -> None:
    (method, path), good = list(writes(everything).items())[number]
    client = everything["enterprise"].client
    before = rows()
    for place, field in enumerate(good, start=number):
        for _, value in some(list(hostile.values()), place):
            answer = send(client, method, f"/api/v1/{path}", json.dumps({**good, field: value}).encode())
            if answer.wrote:
                before = unchanged_by_a_refusal(answer, before)
            if answer.status_code < 400:
                json.loads(answer.content, parse_constant=pytest.fail)


def test_each_kind_with_each_value_in_all_its_fields(everything) -> None:
    before = rows()
    for place, kind in enumerate(kinds.all_kinds()):
        owner = everything["college" if kind.code in ("major", "expert", "training_base") else "enterprise"]
        for _, value in some(list(hostile.values()), place):
            for details in (_in_fields(kind, value), _in_fields(kind, [value]), _in_rows(kind, value)):
                body = {"kind": kind.code, "organisation": owner.organisation.pk, "title": "t", "details": details}
                answer = send(owner.client, "POST", "/api/v1/postings", json.dumps(body).encode())
                if answer.wrote:
                    before = unchanged_by_a_refusal(answer, before)
                if answer.status_code == 400:
                    assert all(error["field"].startswith("details") for error in answer.json()["errors"]), answer.json()


def _in_fields(kind: Any, value: Any) -> dict[str, Any]:
    return {name: value for name in kind.by_name}


def _in_rows(kind: Any, value: Any) -> dict[str, Any]:
    tables = {name: field.type for name, field in kind.by_name.items() if isinstance(field.type, Rows)}
    return {name: [{column.name: value for column in table.columns}] for name, table in tables.items()}


def test_query_strings(everything) -> None:
    reads = [address for address, methods in TABLE.items() if "GET" in methods and "xlsx" not in address]
    for place, address in enumerate(reads):
        path = re.sub(r"<int:\w+>", str(everything["need"].pk), f"/{address}").replace("<str:system>", "region")
        path = path.replace("<str:code>", "500101")
        for query in some(hostile.QUERIES, place):
            send(everything["enterprise"].client, "GET", f"{path}?{query}", b"")


def test_headers_methods_and_content_types(everything) -> None:
    client = everything["enterprise"].client
    session = client.cookies["sessionid"].value
    for path in ("/api/v1/postings", "/api/v1/me", "/api/v1/organisations", "/api/auth/browser/v1/auth/session"):
        for headers in hostile.HEADERS:
            client.cookies["sessionid"] = session
            if "Cookie" in headers:
                client.cookies.clear()
            send(client, "GET", path, b"", JSON, **headers)
        client.cookies["sessionid"] = session
        for content_type in hostile.CONTENT_TYPES:
            send(client, "POST", path, b'{"title": "a"}', content_type)
        for method in ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW", "get"):
            send(client, method, path, b"{}")


def test_multipart_that_is_broken(everything) -> None:
    client = everything["enterprise"].client
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    before = rows()
    for name, more, value in (
        (b"file", b'; filename="a.csv"', b"a,b\n1,2"),
        (b"file", b'; filename=""', b""),
        (b"file", b'; filename="../../etc/a.csv"', b"\0"),
        (b"file", b"; filename*=UTF-8''%ff%00.csv", b"a"),
        (b"kind", b"", b"\0"),
        (b"kind", b"", b"\xff\xfe"),
        (b"source", b"", b"a" * 3_000_000),
        (b"organisation", b"", b"9" * 400),
        (b"", b"", b""),
        (b"\0", b"", b"\0"),
    ):
        for end in (b"--x--\r\n", b"--x", b""):
            data = part % (name, more, value) + end
            for boundary in ("x", "y", "", "x\x00"):
                answer = send(client, "POST", "/api/v1/imports", data, f"multipart/form-data; boundary={boundary}")
                assert answer.status_code >= 400
    assert rows() == before


@pytest.mark.parametrize("address", sorted(SIGN_IN))
def test_signing_in_answers_in_our_shape_too(address: str, visitor) -> None:
    visitor.raise_request_exception = False
    path = "/" + address.replace("<client>", "browser")
    fields = ("email", "password", "key", "code", "phone", "new_password")
    before = Person.objects.count()
    bodies = list(hostile.bodies())
    for method, some in (("POST", bodies), ("PUT", bodies[:12]), ("PATCH", bodies[:12]), ("DELETE", bodies[:12])):
        for _, data in some:
            send(visitor, method, path, data)
    for _, value in hostile.values():
        body = {**dict.fromkeys(fields, value)}
        send(visitor, "POST", path, json.dumps(body).encode())
        send(visitor, "POST", path, json.dumps({**body, "email": "a@b.example"}).encode())
    assert Person.objects.count() <= before + 1
