"""Links that nobody was sent: made up, altered, swapped between addresses. None passes, none changes anything."""

import random
import re
import secrets
import string

import pytest
from django.test import Client

from rongqiao.digests.models import Preference
from rongqiao.introductions.models import Introduction
from rongqiao.mailing.models import Link
from tests import world
from tests.forms import form

pytestmark = pytest.mark.django_db
TRIES = form(full=100_000, quick=3_000)
PAGES = form(full=2_000, quick=60)
SEED = 20261127
SAFE = string.ascii_letters + string.digits + "-_"


def forged(token: str, dice: random.Random) -> str:
    """Another token: made up, or one that was sent with a sign changed, left out, put in, two swapped, its case turned."""
    place = dice.randrange(len(token))
    ways = (
        secrets.token_urlsafe(32),
        token[:place] + dice.choice(SAFE) + token[place + 1 :],
        token[:place] + token[place + 1 :],
        token[:place] + dice.choice(SAFE) + token[place:],
        token[place:] + token[:place],
        token.swapcase(),
        token + dice.choice(("=", "%00", "/", " ", ".", "A" * 500)),
        token[:place] + "%0a" + token[place:],
    )
    return ways[dice.randrange(len(ways))]


def test_none_of_so_many_is_taken_for_one_that_was_sent(fitting, tell) -> None:
    from rongqiao.common.errors import Problem
    from rongqiao.mailing import links

    text = tell(fitting.person).letter.text
    sent = sorted(set(re.findall(r"/[ldu]/([\w-]{43})", text)))
    assert len(sent) == 2
    dice, passed, known = random.Random(SEED), 0, set(sent)
    for number in range(TRIES):
        token = forged(sent[number % 2], dice)
        try:
            links.peek(token)
        except Problem as problem:
            assert problem.status == 410
        else:
            passed += token not in known
    assert passed == 0
    assert all(links.peek(token) for token in sent), "those that were sent still open"


def test_none_changes_anything_at_any_address(fitting, tell) -> None:
    text = tell(fitting.person).letter.text
    world.drain()
    (answer,) = set(re.findall(r"/l/([\w-]{43})\?", text))
    (settings,) = set(re.findall(r"/u/([\w-]{43})", text))
    rows = (Preference, Introduction, Link)
    before = [list(model.objects.order_by("pk").values()) for model in rows]
    dice, visitor = random.Random(SEED), Client()
    bodies = set()
    for number in range(PAGES):
        token = forged((answer, settings)[number % 2], dice)
        if token in (answer, settings):
            continue
        for path in (f"/l/{token}", f"/u/{token}"):
            said = visitor.post(path, {"answer": "interested", "rhythm": "off", "List-Unsubscribe": "One-Click"})
            assert said.status_code in (400, 404, 410), path
            bodies.add(said.content if said.status_code == 410 else b"")
    # A token that was sent, at an address that it is not for.
    assert visitor.post(f"/u/{answer}", {"List-Unsubscribe": "One-Click"}).status_code == 410
    assert visitor.get(f"/d/{answer}").status_code == 410
    assert visitor.post(f"/l/{settings}", {"answer": "interested"}).status_code == 400
    assert [list(model.objects.order_by("pk").values()) for model in rows] == before
    assert len(bodies - {b""}) == 1, "nothing tells them apart"
