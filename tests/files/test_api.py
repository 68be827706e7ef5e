"""Files over HTTP: what is accepted, who may what, how bytes are served; what one may not read looks missing."""

import uuid
from typing import Any

import pytest
from django.test import Client

from rongqiao.files import registry, services, store
from rongqiao.files.models import StoredFile
from tests import world
from tests.files.keeping import kept, on_disk, sent
from tests.files.samples import pdf, picture, stream, word

pytestmark = pytest.mark.django_db

SECRET = "CANARY-licence-number-8842"


def secret_pdf() -> bytes:
    """A PDF that says something nobody else may see."""
    return pdf(b"<</Note(%s)>>" % SECRET.encode())


def bytes_of(answer: Any) -> bytes:
    """What was served."""
    return b"".join(answer.streaming_content)


def test_a_file_goes_all_the_way(enterprise: world.Party) -> None:
    answer = sent(enterprise, secret_pdf(), "执照.pdf")
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["name"], said["media_type"], said["type_label"]) == (
        "执照.pdf",
        "application/pdf",
        "PDF 文档",
    )
    assert (said["size"], said["pages"], said["organisation"]) == (
        len(secret_pdf()),
        1,
        enterprise.organisation.pk,
    )
    assert enterprise.get(f"files/{said['uuid']}").json() == said
    served = enterprise.client.get(said["content"])
    assert bytes_of(served) == secret_pdf()
    assert enterprise.client.delete(f"/api/v1/files/{said['uuid']}").status_code == 204
    assert enterprise.get(f"files/{said['uuid']}").status_code == 404
    assert enterprise.client.get(said["content"]).status_code == 404
    services.discard_unwanted()
    assert on_disk() == []


def test_it_says_nothing_that_it_should_not(enterprise: world.Party) -> None:
    said = sent(enterprise, pdf()).json()
    assert set(said) == {
        "uuid", "purpose", "organisation", "name", "media_type", "type_label", "size", "sha256", "pages",
        "width", "height", "content", "created_at",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "query", "disposition"),
    [
        ("a.pdf", pdf(), "", "attachment"),
        ("a.pdf", pdf(), "?inline=1", "inline"),
        ("a.png", picture("PNG"), "?inline=1", "inline"),
        ("a.png", picture("PNG"), "", "attachment"),
        ("a.docx", word(), "?inline=1", "attachment"),
    ],
)
def test_bytes_are_shut_in(
    name: str, content: bytes, query: str, disposition: str, enterprise: world.Party
) -> None:
    file = kept(enterprise, content, name)
    answer = enterprise.client.get(
        f"/api/v1/files/{file.uuid}/content{query}", headers={"accept": "text/html"}
    )
    assert answer.status_code == 200
    assert answer["Content-Type"] == file.media_type
    assert answer["Content-Disposition"] == f'{disposition}; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Content-Length"] == str(file.size)
    assert len(bytes_of(answer)) == file.size


@pytest.mark.parametrize(
    "name", ['合同"; filename=a.html;.pdf', "a\r\nSet-Cookie: b=1.pdf", "a%0d%0aX: y.pdf", "ü;ä.pdf"]
)
def test_a_name_cannot_add_headers(name: str, enterprise: world.Party) -> None:
    file = kept(enterprise, pdf(), name)
    answer = enterprise.client.get(f"/api/v1/files/{file.uuid}/content")
    assert bytes_of(answer) == pdf()
    said = answer["Content-Disposition"]
    assert said.startswith("attachment; filename")
    assert "\r" not in said
    assert "\n" not in said
    assert "Set-Cookie" not in answer
    if not file.name.isascii():
        assert said.startswith("attachment; filename*=utf-8''")


def test_an_unknown_parameter_is_refused(enterprise: world.Party) -> None:
    file = kept(enterprise, pdf())
    for query in ("inlin=1", "inline=2", "inline=yes"):
        assert enterprise.client.get(f"/api/v1/files/{file.uuid}/content?{query}").status_code == 400


def test_what_one_may_not_read_looks_missing(enterprise, other_enterprise, operator, visitor) -> None:
    """The same body, whether it is another's, removed, of a purpose that is gone, or never was."""
    file = kept(enterprise, secret_pdf(), f"{SECRET}.pdf")
    removed = kept(enterprise, secret_pdf())
    services.remove(file_id=removed.pk, by=enterprise.person)
    registry.register(_forgotten := _purpose("test_forgotten"))
    orphaned = kept(enterprise, secret_pdf(), purpose="test_forgotten")
    registry.unregister(_forgotten.code)
    unknown = uuid.uuid4()
    for method, path in (("GET", ""), ("GET", "/content"), ("GET", "/content?inline=1"), ("DELETE", "")):
        bodies = set()
        for client, each in (
            (other_enterprise.client, file.uuid),
            (other_enterprise.client, unknown),
            (enterprise.client, unknown),
            (enterprise.client, removed.uuid),
            (enterprise.client, orphaned.uuid),
        ):
            answer = client.generic(method, f"/api/v1/files/{each}{path}")
            assert answer.status_code == 404, (method, path)
            assert SECRET not in str(answer.headers) + answer.content.decode()
            bodies.add(answer.content)
        assert len(bodies) == 1
        doors = {
            visitor.generic(method, f"/api/v1/files/{each}{path}").content for each in (file.uuid, unknown)
        }
        assert len(doors) == 1
        assert visitor.generic(method, f"/api/v1/files/{file.uuid}{path}").status_code == 401
    assert StoredFile.objects.get(pk=file.pk).removed_at is None


def _purpose(code: str) -> registry.Purpose:
    from tests.files.conftest import anything

    return anything(code)


def test_nobody_adds_for_another(enterprise: world.Party, college: world.Party, visitor: Client) -> None:
    foreign = sent(enterprise, pdf(), organisation=college.organisation.pk)
    unknown = sent(enterprise, pdf(), organisation=2**62)
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content
    assert visitor.post("/api/v1/files", {}).status_code == 401
    assert StoredFile.objects.count() == 0
    assert on_disk() == []


def test_an_organisation_that_is_not_there_is_no_error_of_ours(operator: world.Party) -> None:
    """An operator may add anywhere, even where there is nothing."""
    assert sent(operator, pdf(), organisation=2**62).status_code == 404


def test_a_purpose_without_organisation_counts_by_person(
    enterprise: world.Party, college: world.Party
) -> None:
    first = sent(enterprise, picture(), "a.jpg", "test_own", organisation=None)
    assert first.status_code == 201
    assert first.json()["organisation"] is None
    assert sent(enterprise, picture(), "a.jpg", "test_own", organisation=None).status_code == 201
    refused = sent(enterprise, picture(), "a.jpg", "test_own", organisation=None)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "too_many_files")
    assert sent(college, picture(), "a.jpg", "test_own", organisation=None).status_code == 201
    assert college.get(f"files/{first.json()['uuid']}").status_code == 404
    assert sent(enterprise, picture(), "a.jpg", "test_evidence", organisation=None).status_code == 404


def test_forms_learn_what_is_accepted(enterprise: world.Party, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        rows = enterprise.get("files/purposes", **{"accept-language": "en"}).json()["results"]
    photo = next(row for row in rows if row["code"] == "test_photo")
    assert photo["label"] == "Evidence"
    assert photo["accept"] == ".jpg,.jpeg,.png"
    assert photo["types"][1] == {"media_type": "image/png", "label": "PNG picture", "suffixes": [".png"]}
    assert (photo["most_bytes"], photo["most_per_organisation"]) == (4 * 1024 * 1024, 2)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_refusal_says_what_was_found(language: str, enterprise: world.Party) -> None:
    enterprise.client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    answer = sent(enterprise, pdf(b"<</S/JavaScript/JS(app.alert(1))>>"))
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["code"]) == (400, "file", "file_active_content")
    words = {
        "zh-CN": "文件含有会活动的内容：含有脚本（JavaScript）",
        "en": "The file holds active content: it holds a script (JavaScript)",
    }
    assert error["fault"] == words[language]
    assert error["remedy"]


def test_too_large_is_413(enterprise: world.Party) -> None:
    answer = sent(enterprise, pdf(stream(b"") + b" " * (4 * 1024 * 1024)))
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"], error["fault"]) == (
        413,
        "file_too_large",
        "文件太大：上限 4 MB",
    )


def test_bytes_that_are_lost_are_told(enterprise: world.Party) -> None:
    file = kept(enterprise, pdf())
    store.forget(file.uuid)
    answer = enterprise.client.get(f"/api/v1/files/{file.uuid}/content")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (410, "file_gone")
    assert enterprise.get(f"files/{file.uuid}").status_code == 200


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"purpose": "no_such"}, "purpose", "invalid_choice"),
        ({"purpose": None}, "purpose", "required"),
        ({"purpose": "x" * 41}, "purpose", "max_length"),
        ({"organisation": "abc"}, "organisation", "invalid"),
        ({"organisation": "0"}, "organisation", "min_value"),
        ({"media_type": "image/png"}, "media_type", "unknown_field"),
    ],
)
def test_forms_that_are_wrong(change: dict[str, Any], field: str, code: str, enterprise: world.Party) -> None:
    answer = sent(enterprise, pdf(), **change)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["code"]) == (400, field, code)


def test_multipart_that_is_broken(enterprise: world.Party) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    for name, more, value in (
        (b"file", b'; filename="a.pdf"', b"%PDF-1.7"),
        (b"file", b'; filename=""', b""),
        (b"file", b"; filename*=UTF-8''%ff%00.pdf", b"a"),
        (b"purpose", b"", b"\0"),
        (b"purpose", b"", b"\xff\xfe"),
        (b"organisation", b"", b"9" * 400),
        (b"\0", b"", b"\0"),
    ):
        for end in (b"--x--\r\n", b"--x", b""):
            for boundary in ("x", "y", "", "x\x00"):
                answer = enterprise.client.generic(
                    "POST",
                    "/api/v1/files",
                    part % (name, more, value) + end,
                    f"multipart/form-data; boundary={boundary}",
                )
                assert 400 <= answer.status_code < 500
    assert enterprise.post("files", {"purpose": "test_evidence"}).status_code == 415
    assert on_disk() == []
