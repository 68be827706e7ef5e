"""What the links of a digest do without a sign-in: read it, set it, stop it; a look changes nothing."""

import re

import pytest
from django.test import Client

from rongqiao.digests.models import Digest, Preference
from rongqiao.mailing.models import Letter
from tests.digests.conftest import delivered

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"/[ldu]/([\w-]{43})(?!\?)")


@pytest.fixture
def token(fitting, tell) -> str:
    """The token of a digest's letter."""
    letter = tell(fitting.person).letter
    (found,) = set(TOKEN.findall(letter.unsubscribe))
    assert set(TOKEN.findall(letter.text)) == {found}
    return found


def preference() -> Preference:
    return Preference.objects.get(person__email="hr@firm.example")


def test_the_mail_readers_button_stops_it_without_cookies(token, fitting, tell, server) -> None:
    delivered(server)
    message = server.taken[0].message
    address = str(message["List-Unsubscribe"]).strip(" <>").removeprefix("http://127.0.0.1:8000")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    browser = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = browser.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert (answer.status_code, answer.get("Location")) == (200, None)
        assert not answer.cookies
    assert preference().rhythm == "off"
    assert preference().due_at is None
    sent = Letter.objects.count()
    digest = tell(fitting.person)
    assert (digest.reason, Letter.objects.count()) == ("off", sent)


def test_a_look_stops_nothing(token) -> None:
    before = Preference.objects.values().get(person__email="hr@firm.example")
    for path in (f"/u/{token}", f"/l/{token}", f"/d/{token}"):
        for method in ("get", "head", "options"):
            for _ in range(3):
                assert getattr(Client(), method)(path).status_code == 200
    assert Preference.objects.values().get(person__email="hr@firm.example") == before


def test_how_often_is_set_without_a_sign_in(token) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(f"/l/{token}").content.decode()
    csrf = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert csrf is not None
    assert 'value="weekly" selected' in page
    given = {"rhythm": "daily", "weekday": "2", "time": "18:43", "language": "en", "most": "5"}
    assert browser.post(f"/l/{token}", given).status_code == 403, "another site cannot set it"
    wrong = browser.post(f"/l/{token}", {**given, "time": "18:30", "csrfmiddlewaretoken": csrf[1]})
    assert wrong.status_code == 400
    assert "整点和半点" in wrong.content.decode()
    assert browser.post(f"/l/{token}", {**given, "csrfmiddlewaretoken": csrf[1]}).status_code == 200
    kept = preference()
    assert (kept.rhythm, kept.weekday, kept.minute, kept.language, kept.most) == ("daily", 2, 18 * 60 + 43, "en", 5)


def test_the_page_says_what_the_letter_said(token, fitting) -> None:
    digest = Digest.objects.get()
    page = Client().get(f"/d/{token}").content.decode()
    suggestion = digest.body["sections"][0]["suggestions"][0]
    for words in (digest.subject, suggestion["title"], suggestion["reason"]):
        assert words in page
    assert token not in page
    assert Client().post(f"/d/{token}").status_code == 405


def test_a_link_of_another_purpose_opens_neither(token, fitting, visitor) -> None:
    from rongqiao.mailing import links

    other = links.make(purpose="password_reset", person_id=fitting.person.pk, email="hr@firm.example", payload={}, days=1)
    other = other.rpartition("/")[2]
    assert visitor.post(f"/u/{other}").status_code == 410
    assert visitor.get(f"/d/{other}").status_code == 410


def test_one_who_is_gone_has_links_to_nothing(token, fitting, visitor) -> None:
    type(fitting.person).objects.update(is_active=False)
    assert visitor.get(f"/l/{token}").status_code == 410
    assert visitor.post(f"/u/{token}").status_code == 410


def test_what_the_letters_table_keeps_opens_nothing(token, fitting, server) -> None:
    delivered(server)
    kept = Letter.objects.get(kind="digest_pairings")
    assert (kept.text, kept.html, kept.unsubscribe) == ("", "", "")
