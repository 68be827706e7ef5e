"""The demo writes its letters to a folder and shows them; nobody else has that page."""

import re
from email import message_from_bytes, policy

import pytest

from rongqiao.mailing.models import State
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "rongqiao.mailing.backends.FolderBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.RONGQIAO_MAIL_SHOWN = True
    return tmp_path / "mail"


def test_each_letter_is_one_whole_file(folder, send) -> None:
    letters = [send("test secret", to=f"reader{number}@mail.example") for number in range(3)]
    world.drain()
    files = sorted(folder.iterdir())
    assert [path.suffix for path in files] == [".eml"] * 3
    for path, letter in zip(files, letters, strict=True):
        letter.refresh_from_db()
        assert letter.state == State.SENT
        assert str(letter.uuid) in path.name
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert (message["Message-ID"], message["To"]) == (letter.message_id, letter.to)
        assert path.stat().st_mode & 0o077 == 0


def test_the_list_shows_the_newest_first_and_each_letter_can_be_read(folder, send, visitor) -> None:
    send("test secret", to="first@mail.example", language="en")
    world.drain()
    send("test plain", to="second@mail.example", context={"who": "<script>alert(1)</script>"})
    world.drain()
    page = visitor.get("/demo/letters").content.decode()
    assert page.index("second@mail.example") < page.index("first@mail.example")
    assert "<script" not in page
    newest, oldest = re.findall(r'href="(/demo/letters/[\w-]+)"', page)
    one = visitor.get(oldest).content.decode()
    assert 'href="http://127.0.0.1:8000/postings/7"' in one, "the demo shows the links of secret letters too"
    assert f'src="{oldest}/body"' in one
    assert "sandbox=" in one
    body = visitor.get(f"{newest}/body")
    assert "&lt;script&gt;" in body.content.decode()
    assert "<script" not in body.content.decode()
    assert "sandbox" in body["Content-Security-Policy"]
    assert "default-src 'none'" in body["Content-Security-Policy"]
    assert body["X-Frame-Options"] == "SAMEORIGIN"
    assert visitor.post("/demo/letters").status_code == 405


@pytest.mark.parametrize("name", ["../secret", "..%2Fsecret", "a.eml", "%2Fetc%2Fpasswd", "no-such", "a" * 500, "%00", "é", "."])
def test_only_letters_are_read(folder, visitor, name: str) -> None:
    folder.mkdir()
    (folder.parent / "secret.eml").write_text("Subject: s\n\nsecret")
    for path in (f"/demo/letters/{name}", f"/demo/letters/{name}/body"):
        assert visitor.get(path).status_code in (400, 404)


def test_without_letters_the_page_says_so(folder, visitor) -> None:
    assert "还没有信函" in visitor.get("/demo/letters").content.decode()


def test_elsewhere_there_is_no_such_page(folder, send, visitor, settings) -> None:
    send()
    world.drain()
    name = next(folder.iterdir()).stem
    settings.RONGQIAO_MAIL_SHOWN = False
    for path in ("/demo/letters", f"/demo/letters/{name}", f"/demo/letters/{name}/body"):
        assert visitor.get(path).status_code == 404
