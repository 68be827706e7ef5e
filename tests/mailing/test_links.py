"""Links: the good token passes once, everything else is gone, and looking changes nothing."""

import secrets
import threading
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import connections

from rongqiao.common import clock
from rongqiao.common.errors import Problem
from rongqiao.mailing import links
from rongqiao.mailing.models import Link

pytestmark = pytest.mark.django_db

TRIES = 10_000


def made(**more) -> str:
    """A new link's token."""
    return links.make(**{"purpose": "test", "person_id": None, "payload": {}, "days": 3, **more}).rpartition("/")[2]


def refused(token: str) -> bool:
    with pytest.raises(Problem) as raised:
        links.peek(token)
    return (raised.value.status, raised.value.faults[0].code) == (410, "link_gone")


def test_only_the_hash_of_a_token_is_kept(purpose) -> None:
    address = links.make(purpose="test", person_id=None, payload={"who": "a"}, days=1)
    token = address.removeprefix("http://127.0.0.1:8000/l/")
    assert len(token) == 43
    link = Link.objects.get()
    assert link.digest == sha256(token.encode()).hexdigest()
    assert token not in str(Link.objects.values())
    assert links.peek(token) == link


def test_it_passes_once(purpose) -> None:
    token = made()
    links.peek(token)
    used = links.use(token)
    assert used.used_at is not None
    assert refused(token)
    with pytest.raises(Problem):
        links.use(token)


def test_one_for_many_uses_passes_until_it_is_over(purpose) -> None:
    token = made(single_use=False)
    for _ in range(3):
        links.use(token)
    Link.objects.update(expires_at=clock.now())
    assert refused(token)


def test_of_another_purpose_it_is_gone(purpose) -> None:
    token = made()
    with pytest.raises(Problem):
        links.use(token, purpose="other")
    links.use(token, purpose="test")


def test_an_expired_and_a_revoked_one_are_gone(purpose, enterprise, college) -> None:
    expired = made()
    Link.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    own, others = made(person_id=enterprise.person.pk), made(person_id=college.person.pk)
    mailed, loaded = made(email="a@b.example"), made(payload={"invitation": 7})
    assert links.revoke("test", person_id=enterprise.person.pk) == 1
    assert links.revoke("test", email="a@b.example") == 1
    assert links.revoke("test", payload={"invitation": 7}) == 1
    assert links.revoke("test", payload={"invitation": 7}) == 0
    assert links.revoke("other", person_id=college.person.pk) == 0
    assert all(map(refused, (expired, own, mailed, loaded)))
    assert links.peek(others)
    with pytest.raises(ValueError, match="say whose"):
        links.revoke("test")


@pytest.mark.once
def test_of_ten_thousand_forged_and_altered_tokens_none_passes(purpose) -> None:
    good = [made() for _ in range(20)]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    forged = {secrets.token_urlsafe(links.TOKEN_BYTES) for _ in range(TRIES - 20 * 43 * 4)}
    for token in good:
        for place in range(len(token)):
            for _ in range(4):
                forged.add(token[:place] + secrets.choice(alphabet) + token[place + 1 :])
        forged |= {token + "=", token + "\n", " " + token, token[:-1], token.swapcase(), token[::-1], token + "\0"}
    forged |= {"", "0", "null", "%", "a" * 100_000, "\ud800", "'; --", sha256(good[0].encode()).hexdigest()}
    forged -= set(good)
    # The last of 43 characters carries four bits: it is not enough that the bytes are the same.
    assert len(forged) > TRIES * 0.95
    for number, token in enumerate(forged):
        with pytest.raises(Problem):
            links.peek(token) if number % 10 else links.use(token)
    assert not Link.objects.exclude(used_at=None).exists()
    for token in good:
        links.use(token)


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_exactly_one_passes(purpose) -> None:
    token = made()
    passed: list[int] = []
    start = threading.Barrier(50)

    def use() -> None:
        try:
            links.peek(token)  # connected already, so that all press at the same moment
            start.wait()
            passed.append(links.use(token).pk)
        except Problem:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=use) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 1


def test_an_unregistered_purpose_is_a_mistake_in_the_program(purpose) -> None:
    with pytest.raises(LookupError):
        made(purpose="no such purpose")


def test_links_long_over_are_removed(purpose) -> None:
    made()
    old = links.peek(made())
    Link.objects.filter(pk=old.pk).update(expires_at=clock.now() - timedelta(days=links.KEPT_DAYS + 1))
    assert links.forget_old() == 1
    assert Link.objects.count() == 1
