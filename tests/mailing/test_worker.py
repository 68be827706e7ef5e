"""A mail server that hangs holds up nobody: the worker serves letters in a thread of their own."""

import threading
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from rongqiao.mailing.models import Letter, State
from rongqiao.outbox import registry, services, worker
from tests.robustness.installation import eventually
from tests.servers import smtp

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard():
    """What another consumer of the outbox was told, and when."""
    calls: list[float] = []
    registry.subscribe("test", topic="test topic", handle=lambda ids: calls.append(time.monotonic()), batch=10, order=1)
    yield calls
    registry.unsubscribe("test")


@pytest.fixture
def working():
    """A worker, as the embedded server runs it."""
    stop = threading.Event()

    def work() -> None:
        try:
            worker.run(stop)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    yield stop
    stop.set()
    thread.join()


def test_others_are_served_while_the_mail_server_hangs(send, settings, heard, working) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    with smtp.babbling(b"220 hello", hold=60) as settings.EMAIL_PORT:
        send()
        eventually(lambda: Letter.objects.filter(state=State.IN_FLIGHT).exists(), 10, "a letter in flight")
        for number in range(3):
            services.record("test topic", [number])
            eventually(lambda number=number: len(heard) > number, 4, "the other consumer heard of it")
        assert Letter.objects.filter(state=State.IN_FLIGHT).exists(), "the mail server must still be hanging"
        working.set()


def test_the_worker_sends_what_waits(server, send, working) -> None:
    send()
    eventually(lambda: server.taken, 10, "the letter")
    eventually(lambda: Letter.objects.get().state == State.SENT, 10, "the letter sent")


def test_a_trial_says_what_the_server_says(server, capsys) -> None:
    call_command("mail", "test", "ops@mail.example")
    assert "已发出" in capsys.readouterr().out
    server.at_recipient = {"gone@mail.example": "550 no such user"}
    with pytest.raises(CommandError, match="550 no such user"):
        call_command("mail", "test", "gone@mail.example")
    with pytest.raises(CommandError, match="邮箱"):
        call_command("mail", "test", "nobody")
    call_command("mail", "status")
    assert "gone@mail.example: 550 no such user" in capsys.readouterr().out
    call_command("mail", "suppress", "ops@mail.example")
    with pytest.raises(CommandError, match="suppressed"):
        call_command("mail", "test", "ops@mail.example")
    call_command("mail", "allow", "ops@mail.example")
    call_command("mail", "test", "ops@mail.example")
    server.stop()
    with pytest.raises(CommandError, match="refused"):
        call_command("mail", "test", "ops@mail.example")
