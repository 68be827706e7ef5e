"""Writing a letter: once, to one usable address, in the caller's transaction, with its notice."""

import pytest
from django.core import mail
from django.db import transaction

from rongqiao.common.errors import Problem
from rongqiao.mailing import services
from rongqiao.mailing.models import Letter, Notice, State
from rongqiao.outbox.models import Event
from tests import world

pytestmark = pytest.mark.django_db


def test_it_waits_and_leaves_when_the_outbox_is_drained(send) -> None:
    letter = send()
    assert letter.state == State.QUEUED
    assert mail.outbox == []
    world.drain()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.SENT, 1)
    assert letter.sent_at is not None
    (message,) = mail.outbox
    assert message.to == ["reader@mail.example"]
    assert message.message()["Message-ID"] == letter.message_id == f"<{letter.uuid}@rongqiao.example>"
    assert not Event.objects.exists()
    world.drain()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_undone_takes_its_letter_along(send, enterprise) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        send("test noticed", person_id=enterprise.person.pk)
        raise RuntimeError
    assert not Letter.objects.exists()
    assert not Notice.objects.exists()
    assert not Event.objects.filter(consumer="mail").exists()


def test_with_a_key_it_is_written_once(send, enterprise) -> None:
    first = send("test noticed", once="introduction 7", person_id=enterprise.person.pk)
    again = send("test noticed", once="introduction 7", person_id=enterprise.person.pk, to="other@mail.example")
    assert again.pk == first.pk
    assert Letter.objects.get().to == "reader@mail.example"
    assert Notice.objects.count() == 1
    assert send().pk != send().pk


@pytest.mark.parametrize(
    "to",
    ["", " ", "nobody", "a@b", "a@b.example\nBcc: all@b.example", "a@b.example\r\n", "a@b.example,c@b.example",
     "a\0@b.example", "名@b.example", "<a@b.example>", "a b@c.example", f"{'a' * 250}@b.example", "a@b.example;"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(send, to: str) -> None:
    with pytest.raises(Problem) as raised:
        send(to=to)
    assert raised.value.faults[0].code == "address"
    assert not Letter.objects.exists()


def test_a_person_without_an_address_gets_the_notice(send, enterprise) -> None:
    letter = send("test noticed", to="", person_id=enterprise.person.pk)
    assert (letter.state, letter.reason) == (State.WITHHELD, "no_address")
    assert Notice.objects.get().person == enterprise.person
    world.drain()
    assert mail.outbox == []


def test_a_notice_says_what_the_letter_says(send, enterprise) -> None:
    letter = send("test noticed", person_id=enterprise.person.pk, language="en")
    notice = Notice.objects.get()
    assert notice.title == letter.subject == "An answer of 渝东机电"
    assert notice.lines
    assert all(line in letter.text for line in notice.lines)
    assert notice.url == "http://127.0.0.1:8000/postings/7"


def test_an_unknown_kind_is_a_mistake_in_the_program(send) -> None:
    with pytest.raises(LookupError):
        send("no such kind")


def test_nothing_goes_to_a_suppressed_address(send) -> None:
    waiting = send()
    services.suppress(address="Reader@Mail.example", reason="bounced")
    services.suppress(address="reader@mail.example ", reason="bounced again")
    assert send().state == State.WITHHELD
    world.drain()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == (State.WITHHELD, "suppressed")
    assert mail.outbox == []
    services.unsuppress(address="reader@mail.example")
    assert send().state == State.QUEUED


def test_mail_can_be_switched_off(send, settings) -> None:
    settings.RONGQIAO_MAIL = False
    assert (send().state, send().reason) == (State.WITHHELD, "off")
    world.drain()
    assert mail.outbox == []


def test_a_secret_is_erased_when_it_has_left(send) -> None:
    letter = send("test secret")
    assert "/postings/7" in letter.text
    world.drain()
    assert "/postings/7" in mail.outbox[0].body
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html) == (State.SENT, "", "")


def test_people_do_not_wait_behind_digests(send) -> None:
    for _ in range(3):
        send("test bulk", to="digest@mail.example")
    send(to="first@mail.example")
    world.drain()
    assert [message.to[0].split("@")[0] for message in mail.outbox] == ["first", "digest", "digest", "digest"]
    assert mail.outbox[0].extra_headers.get("List-Unsubscribe") is None
    assert mail.outbox[1].extra_headers["List-Unsubscribe"] == "<http://127.0.0.1:8000/l/no-more>"
