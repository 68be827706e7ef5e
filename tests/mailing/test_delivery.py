"""What a real mail server answers decides what becomes of a letter; nothing is lost, and nothing sent twice without a fault."""

import smtplib
from datetime import timedelta

import pytest

from rongqiao.common import clock
from rongqiao.common.errors import Problem
from rongqiao.mailing import connection, delivery, selectors, services
from rongqiao.mailing.models import Letter, State
from rongqiao.outbox import chores
from rongqiao.outbox.models import Event
from tests import world
from tests.servers import smtp

# No transaction around the tests: delivery itself must never be inside one.
pytestmark = pytest.mark.django_db(transaction=True)


def let_time_pass() -> None:
    """Back-offs and leases are over; the chore wakes who waits."""
    Letter.objects.update(due_at=clock.now() - timedelta(seconds=1))
    services.wake()
    world.drain()


def states() -> dict[str, str]:
    return dict(Letter.objects.values_list("to", "state"))


def test_a_hundred_letters_go_through_one_connection_a_round_once_each(server, send) -> None:
    letters = [send(to=f"reader{number}@mail.example") for number in range(100)]
    world.drain()
    assert set(states().values()) == {State.SENT}
    assert server.counted() == {letter.message_id: 1 for letter in letters}
    assert server.connections <= 100 / delivery.LETTERS_A_ROUND + 1
    message = server.taken[0].message
    assert message["Auto-Submitted"] == "auto-generated"
    assert {part.get_content_type() for part in message.walk()} >= {"text/plain", "text/html"}
    assert message["From"] == "融桥 <no-reply@rongqiao.example>"
    assert Event.objects.count() == 0


def test_a_recipient_refused_for_good_fails_at_once_and_holds_up_nobody(server, send) -> None:
    server.at_recipient = {"gone@mail.example": "550 5.1.1 no such user", "full@mail.example": "452 4.2.2 mailbox full"}
    for to in ("gone@mail.example", "full@mail.example", "fine@mail.example"):
        send(to=to)
    world.drain()
    assert states() == {
        "gone@mail.example": State.FAILED, "full@mail.example": State.AWAITING_RETRY, "fine@mail.example": State.SENT,
    }  # fmt: skip
    gone, full = Letter.objects.get(to__startswith="gone"), Letter.objects.get(to__startswith="full")
    assert gone.answer == "550 5.1.1 no such user"
    assert full.answer == "452 4.2.2 mailbox full"
    server.at_recipient.clear()
    world.drain()
    assert len(server.taken) == 1, "it must not be tried again before its time"
    let_time_pass()
    assert states()["full@mail.example"] == State.SENT
    assert states()["gone@mail.example"] == State.FAILED
    assert server.counted() == {each.message_id: 1 for each in Letter.objects.exclude(pk=gone.pk)}


@pytest.mark.parametrize(
    ("answer", "state"),
    [("554 5.7.1 no", State.FAILED), ("451 4.3.0 later", State.AWAITING_RETRY), ("421 closing", State.AWAITING_RETRY),
     (smtp.HANG_UP, State.AWAITING_RETRY), (smtp.GARBAGE, State.AWAITING_RETRY), ("999 x", State.AWAITING_RETRY)],
)  # fmt: skip
def test_what_the_server_says_of_a_letter_is_of_that_letter_alone(server, send, answer, state) -> None:
    server.at_data.append(answer)
    first, second = send(to="first@mail.example"), send(to="second@mail.example")
    world.drain()
    assert states() == {"first@mail.example": state, "second@mail.example": State.SENT}
    let_time_pass()
    assert server.counted()[second.message_id] == 1
    assert server.counted()[first.message_id] == (0 if state == State.FAILED else 1)


def test_a_letter_taken_without_an_answer_is_sent_again_with_the_same_message_id(server, send) -> None:
    server.at_data.append(smtp.TAKE_AND_HANG_UP)
    letter = send()
    world.drain()
    assert states() == {"reader@mail.example": State.AWAITING_RETRY}
    let_time_pass()
    assert states() == {"reader@mail.example": State.SENT}
    assert server.counted() == {letter.message_id: 2}


def test_a_server_that_is_too_slow_is_not_waited_for(server, send, settings) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    server.delay = 1.0
    for number in range(5):
        send(to=f"reader{number}@mail.example")
    world.drain()
    tried = Letter.objects.filter(attempts=1)
    assert tried.count() == delivery.MOST_FAULTS, "after three that hang the server counts as away"
    assert set(tried.values_list("state", flat=True)) == {State.AWAITING_RETRY}
    assert not selectors.due().exists()


def test_while_the_server_is_down_letters_wait_and_go_when_it_is_back(server, send) -> None:
    server.stop()
    letters = [send(to=f"reader{number}@mail.example") for number in range(20)]
    world.drain()
    assert Letter.objects.filter(attempts__gt=0).count() == 1, "one letter asks for all"
    assert not selectors.due().exists()
    assert not Event.objects.exists()
    Letter.objects.filter(attempts=0).update(due_at=clock.now() - timedelta(seconds=1))
    server.start()
    assert "wake letters" in chores.run_due()
    world.drain()
    assert Letter.objects.filter(state=State.SENT).count() == 19
    let_time_pass()
    assert server.counted() == {letter.message_id: 1 for letter in letters}


@pytest.mark.parametrize(
    "said", [[b"\xff\xfe\x00garbage\r\n" * 3], [b"500 " + b"a" * 10_000 + b"\r\n"], [b"220 hello\r\n", b"\r\n\r\n", b"x"],
             [b"554 go away\r\n"], [b"220 hello\r\n", b"250 OK\r\n", b"550 not you\r\n"], [b""], [b"HTTP/1.1 200 OK\r\n\r\n"]],
)  # fmt: skip
def test_something_that_is_no_mail_server_costs_no_letter(send, settings, said) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.5
    letter = send()
    with smtp.babbling(*said) as settings.EMAIL_PORT:
        world.drain()
    letter.refresh_from_db()
    assert letter.state == State.AWAITING_RETRY, letter.answer
    with smtp.server() as server:
        settings.EMAIL_PORT = server.port
        let_time_pass()
        assert server.counted() == {letter.message_id: 1}


def test_a_connection_that_died_while_idle_is_opened_again(server, send) -> None:
    line = connection.Connection()
    line.send(send(to="first@mail.example"))
    server.stop()
    server.start()
    line.send(send(to="second@mail.example"))
    line.close()
    assert [taken.to for taken in server.taken] == ["first@mail.example", "second@mail.example"]


def test_a_lease_that_ran_out_is_sent_again_with_the_same_message_id(server, send) -> None:
    letter = send()
    claimed = delivery.claim()
    assert claimed is not None
    assert claimed.state == State.IN_FLIGHT
    assert delivery.claim() is None, "it is somebody's"
    world.drain()
    assert server.taken == []
    let_time_pass()
    assert server.counted() == {letter.message_id: 1}
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (State.SENT, 2)


def test_who_comes_late_does_not_overwrite(server, send) -> None:
    send()
    late = delivery.claim()
    assert late is not None
    let_time_pass()
    delivery._later(late, "too late")
    assert states() == {"reader@mail.example": State.SENT}


def test_back_off_grows_and_ends_after_three_days(server, send) -> None:
    server.at_recipient = {"reader@mail.example": "450 4.2.0 later"}
    letter = send()
    waits = []
    for _ in range(60):
        Letter.objects.filter(state=State.AWAITING_RETRY).update(due_at=clock.now() - timedelta(seconds=1))
        services.wake()
        world.drain()
        letter.refresh_from_db()
        if letter.state == State.FAILED:
            break
        wait = round((letter.due_at - clock.now()).total_seconds() / 60)
        waits.append(wait)
        # The days pass: the letter gets older by what it waited.
        Letter.objects.update(queued_at=letter.queued_at - timedelta(minutes=wait))
    assert waits[:6] == [1, 5, 15, 60, 240, 240]
    assert sum(waits) <= 3 * 24 * 60 < sum(waits) + 240
    assert (letter.state, letter.reason, letter.answer) == (State.FAILED, "gave_up", "450 4.2.0 later")


def test_one_letter_that_cannot_be_put_together_holds_up_no_other(server, send) -> None:
    bad, good = send(to="first@mail.example"), send(to="second@mail.example")
    Letter.objects.filter(pk=bad.pk).update(subject="a\nBcc: all@mail.example")
    world.drain()
    assert states() == {"first@mail.example": State.AWAITING_RETRY, "second@mail.example": State.SENT}
    assert server.counted() == {good.message_id: 1}


def test_operators_can_ask_for_another_try_of_what_failed(server, send) -> None:
    server.at_recipient = {"reader@mail.example": "550 no", "secret@mail.example": "550 no"}
    letter, secret = send(), send("test secret", to="secret@mail.example")
    with pytest.raises(Problem) as raised:
        services.retry(letter_id=letter.pk)
    assert (raised.value.faults[0].code, raised.value.status) == ("wrong_state", 409)
    world.drain()
    server.at_recipient.clear()
    services.retry(letter_id=letter.pk)
    world.drain()
    assert server.counted() == {letter.message_id: 1}
    with pytest.raises(Problem) as raised:
        services.retry(letter_id=secret.pk)
    assert raised.value.faults[0].code == "letter_erased"
    secret.refresh_from_db()
    assert (secret.state, secret.text, secret.html) == (State.FAILED, "", "")


def test_depths_count_letters_by_state(server, send) -> None:
    server.at_recipient = {"reader@mail.example": "550 no"}
    send()
    world.drain()
    send(to="other@mail.example")
    assert {depth.state: depth.count for depth in selectors.depths()} == {State.FAILED: 1, State.QUEUED: 1}


def test_an_answer_is_kept_readable_and_short() -> None:
    error = smtplib.SMTPDataError(550, b"\xff\x00no\r\n" + b"a" * 5_000)
    code, words = connection._answer(error)
    assert code == 550
    assert len(words) == 500
    assert words.isprintable()
