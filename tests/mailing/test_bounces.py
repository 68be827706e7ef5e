"""What comes back turns an address off when it is gone or complains, never somebody else's, and there is a way back."""

from datetime import timedelta
from email import message_from_string
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongqiao.audit.models import Entry
from rongqiao.common import clock
from rongqiao.mailing import bounces, delivery, selectors, services
from rongqiao.mailing.models import Bounce, Letter

pytestmark = pytest.mark.django_db
TO = "reader@mail.example"
DSN = """From: MAILER-DAEMON@mx.example
To: no-reply@rongqiao.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no

--b
Content-Type: {original}

Message-ID: {message_id}
Subject: x

--b--
"""
ARF = """From: <complaints@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

A complaint.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: x/1
Version: 1
Original-Rcpt-To: <{recipient}>

--b
Content-Type: message/rfc822

Message-ID: {message_id}
Subject: x

body

--b--
"""


def dsn(letter: Letter, *, recipient: str = TO, action: str = "failed", status: str = "5.1.1", **more: str) -> bytes:
    parts = {"message_id": letter.message_id, "original": "message/rfc822", **more}
    return DSN.format(recipient=recipient, action=action, status=status, **parts).encode()


def taken(message: bytes) -> int:
    return bounces.take(BytesIO(message))


def off() -> bool:
    return selectors.is_suppressed(TO)


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_an_address_that_is_gone_is_turned_off(send, original: str) -> None:
    letter = send(to=TO)
    assert taken(dsn(letter, recipient="Reader@Mail.Example", original=original)) == 1
    assert off()
    assert send(to=TO).state == "withheld"
    entry = Entry.objects.get(action="address.turned_off")
    assert entry.changes == {"reason": "5.1.1"}
    assert TO not in str(entry.changes)


def test_there_is_a_way_back(send) -> None:
    taken(dsn(send(to=TO)))
    services.unsuppress(address=TO)
    assert not off()
    assert not Bounce.objects.exists()
    assert Entry.objects.filter(action="address.turned_on").exists()
    assert send(to=TO).state == "queued"


def test_a_complaint_turns_it_off(send) -> None:
    letter = send(to=TO)
    assert taken(ARF.format(recipient=TO, message_id=letter.message_id).encode()) == 1
    assert off()


def test_a_full_mailbox_is_turned_off_only_when_it_says_no_again_and_again(send) -> None:
    for number in range(1, 4):
        letter = send(to=TO)
        for _ in range(3):
            taken(dsn(letter, status="5.2.2"))
        assert off() == (number == 3)


def test_what_is_long_ago_does_not_count(send) -> None:
    for _ in range(2):
        taken(dsn(send(to=TO), status="5.7.1"))
    Bounce.objects.update(at=clock.now() - timedelta(days=31))
    taken(dsn(send(to=TO), status="5.7.1"))
    assert not off()


@pytest.mark.parametrize(("action", "status"), [("delayed", "4.4.1"), ("failed", "4.2.2"), ("delivered", "2.0.0")])
def test_what_is_only_late_turns_nothing_off(send, action: str, status: str) -> None:
    taken(dsn(send(to=TO), action=action, status=status))
    assert not off()


def test_nobody_turns_off_somebody_else(send) -> None:
    mine, theirs = send(to="mallory@mail.example"), send(to=TO)
    assert taken(dsn(mine, recipient=TO)) == 0, "not the address that the letter went to"
    assert taken(dsn(theirs, message_id="<guessed@rongqiao.example>")) == 0
    assert taken(dsn(theirs, message_id="")) == 0
    assert taken(b"Subject: hello\n\nnot a report") == 0
    assert not off()


@given(st.binary(max_size=400), st.sampled_from(["", "delivery-status", "feedback-report"]))
def test_whatever_comes_breaks_nothing(noise: bytes, kind: str) -> None:
    head = f'Content-Type: multipart/report; report-type={kind}; boundary="b"\n\n--b\nContent-Type: message/{kind}\n\n'.encode()
    for message in (noise, head + noise + b"\n--b--\n"):
        assert taken(message) == 0


def test_the_servers_own_no_at_the_door_counts(send, server) -> None:
    server.at_recipient[TO] = "550 5.1.1 no such user"
    letter = send(to=TO)
    delivery.deliver()
    letter.refresh_from_db()
    assert letter.state == "failed"
    assert off()


def test_a_no_without_a_known_code_is_left_alone(send, server) -> None:
    server.at_recipient[TO] = "550 go away"
    send(to=TO)
    delivery.deliver()
    assert not off()


def test_the_mailbox_is_read_once(send, tmp_path, settings) -> None:
    settings.RONGQIAO_BOUNCES = str(tmp_path)
    for folder in ("new", "cur", "tmp"):
        (tmp_path / folder).mkdir()
    (tmp_path / "new" / "1.a").write_bytes(dsn(send(to=TO)))
    (tmp_path / "new" / "2.b").write_bytes(b"\xff\xfe broken")
    assert bounces.read_mailbox() == 1
    assert off()
    assert bounces.read_mailbox() == 0
    assert sorted(path.name for path in (tmp_path / "cur").iterdir()) == ["1.a:2,S", "2.b:2,S"]


def test_no_more_a_minute_than_a_host_is_sent(send, server, settings) -> None:
    settings.RONGQIAO_MAIL_RATES = {"qq.example": 2}
    for number in range(5):
        send("test bulk", to=f"{number}@qq.example")
    send("test bulk", to="other@mail.example")
    send(to="waits@qq.example")
    while delivery.deliver():
        pass
    taken_to = [each.to for each in server.taken]
    assert sum(to.endswith("@qq.example") for to in taken_to) == 2, "the one that somebody waits for, and what fits beside it"
    assert {"other@mail.example", "waits@qq.example"} <= set(taken_to)
    Letter.objects.filter(state="sent").update(sent_at=clock.now() - timedelta(minutes=2))
    while delivery.deliver():
        pass
    assert sum(each.to.endswith("@qq.example") for each in server.taken) == 4


def test_a_report_is_read_from_its_text() -> None:
    (report,) = bounces.reports_of(message_from_string(DSN.format(
        recipient=TO, action="failed", status="5.1.1 (no user)", message_id="<1@x>", original="message/rfc822",
    )))  # fmt: skip
    assert report == bounces.Report("<1@x>", TO, "5.1.1")
