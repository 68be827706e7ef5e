"""A word of its own in every private field: nobody finds one that is not theirs, and whose it is finds it.

Answers, search, previews, the index, the log, letters, the outbox. Every word is looked for in everything that is said.
"""

import json
import logging
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from rongqiao.indexing.engines import engine
from rongqiao.indexing.models import Content
from rongqiao.indexing.schemas import contents_of, postings_of
from rongqiao.mailing import links
from rongqiao.mailing.models import Letter
from rongqiao.outbox.models import Event
from rongqiao.parties import services as parties
from rongqiao.parties.models import Person
from rongqiao.postings import kinds
from rongqiao.postings import services as postings
from rongqiao.reviewing import services as reviewing
from search.query import Query
from tests import world
from tests.api.test_access import TABLE
from tests.security.calls import body_of, call
from tests.security.region import Region, canary, invitation_of
from tests.security.rules import Actor
from tests.security.test_tenancy import ECHOES, served_cells

WORD = re.compile(r"cnry[a-z]{16}")
LISTS = (
    "postings?mine=1&page_size=100", "postings?page_size=100", "postings?status=draft", "postings?status=in_review",
    "organisations?page_size=100", "organisations?q=演示rival", "audit?page_size=100", "reviews?page_size=100",
    "reviews?state=declined", "letters?page_size=100", "imports?page_size=100", "notices?page_size=100",
    "search?page_size=100&kind=talent_need", "search?page_size=100&kind=tech_need", "search?page_size=100&kind=expert",
    "search?page_size=100&kind=major", "introductions?page_size=100",
)  # fmt: skip

# Those who may see what is private of a place, and are asked whether they do.
CONTROLS = {"administrator": "firm ", "planning_office": "college ", "operator": "rival "}


def words_of(said: bytes) -> set[str]:
    """The canaries in what was said; a workbook is unpacked."""
    if said.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(said)) as book:
            said = b"\n".join(book.read(name) for name in book.namelist())
    return set(WORD.findall(said.decode("utf-8", "replace").lower()))


def answers(region: Region, actor: Actor) -> Iterator[tuple[str, bytes]]:
    """Everything that somebody can read: each GET on each object, the lists, searches for what is hidden, previews."""
    for address in TABLE:
        if "GET" in TABLE[address]:
            for other, method, aim in served_cells(region, address):
                if other is actor and method == "GET":
                    yield f"{address} {aim.label}", body_of(call(actor, method, address, aim))
    organisations = [place.organisation.pk for place in region.places.values()]
    more = [f"organisations/{actor.organisation}/audit?page_size=100"] if actor.organisation in organisations else []
    for path in (*LISTS, *more):
        yield path, body_of(actor.client.get(f"/api/v1/{path}"))
    for word in (canary("rival secret title"), canary("rival draft title"), canary("rival contact name")):
        # What was asked is taken out of the answer, so a word that is found was found in the data.
        yield "search for what is hidden", without_echo(actor.client.get(f"/api/v1/search?q={word}").json())
        yield "completing what is hidden", body_of(actor.client.get(f"/api/v1/search/complete?q={word[:8]}"))
    for kind, details in (("major", {"major_code": "460110"}), ("talent_need", {}), ("tech_need", {"field": "智能装备"})):
        draft = {"kind": kind, "title": "焊接", "details": details}
        yield f"preview {kind}", body_of(actor.client.post("/api/v1/match-preview", draft, content_type="application/json"))


def without_echo(answer: dict[str, Any]) -> bytes:
    """A search's answer without the question's own words, which it says how it read."""
    return json.dumps({name: value for name, value in answer.items() if name not in ("understood", "left_out")}).encode()


@pytest.mark.django_db  # the runner makes the database for who is so marked
def test_a_canary_is_a_word_of_its_own() -> None:
    assert WORD.fullmatch(canary("one"))
    assert canary("one") != canary("two")


def secrets(region: Region) -> re.Pattern[bytes]:
    """What no answer may hold: passwords as they are kept, cookies of sessions, tokens of links."""
    kept = list(Person.objects.values_list("password", flat=True))
    kept += [each.value for actor in region.actors.values() for each in actor.client.cookies.values()]
    return re.compile("|".join([r"/l/[\w-]{20}", *map(re.escape, kept)]).encode())


def labels(region: Region, words: set[str]) -> list[str]:
    """What the words are the canaries of."""
    return sorted(region.canaries[word][0] for word in words)


@pytest.fixture(scope="module")
def told(region: Region) -> Region:
    """The region after some of what there is was changed, declined, asked for: the trail and the letters speak of it."""
    owner = region.places["rival"]
    for name in ("draft", "secret", "published"):
        seen = region.canaries[canary(f"rival {name} contact_name")][1]
        contact = region.plant(f"rival {name} changed contact", seen)
        words = region.plant(f"rival {name} changed words", seen) if name != "published" else ""
        shown = {"description": words} if name != "published" else {}
        for what in ("contact_phone", *shown):
            # What was there before is looked for as well, but nobody need see it any more.
            label, may_see = region.canaries[canary(f"rival {name} {what}")]
            region.canaries[canary(label)] = (f"before: {label}", may_see)
        postings.edit(
            posting_id=int(owner.postings[name].pk), version=1, base={"contact_phone": contact, **shown}, details=None,
            by=owner.keeper,
        )  # fmt: skip
    reviewer = Person.objects.get(pk=region.actors["reviewer"].person)
    reviewing.decline(case_ids=[int(owner.things["case"].pk)], by=reviewer, reasons=["unclear"])
    parties.send_reset_link(person=owner.keeper)
    world.drain()
    return region


def test_everybody_finds_their_own_canaries_and_nobody_another_s(told: Region, caplog: pytest.LogCaptureFixture) -> None:
    leaks, found, keys = defaultdict(set), defaultdict(set), secrets(told)
    with caplog.at_level(logging.DEBUG), transaction.atomic():
        for actor in told.actors.values():
            if actor.name in ECHOES:
                continue
            for where, said in answers(told, actor):
                assert not keys.search(said), f"a password, a session or a link's token: {actor.name} at {where}"
                for word in words_of(said):
                    found[actor.name].add(word)
                    label, may_see = told.canaries.get(word, ("a word nobody may read", lambda _: False))
                    if not may_see(actor):
                        leaks[label].add(f"{actor.name} at {where}")
        transaction.set_rollback(True)
    assert {label: sorted(where)[:6] for label, where in leaks.items()} == {}
    for name, place in CONTROLS.items():
        actor = told.actors[name]
        theirs = {word for word, (label, may_see) in told.canaries.items() if label.startswith(place) and may_see(actor)}
        assert len(theirs) >= 40
        assert labels(told, theirs - found[name]) == [], f"{name} should see them, or the search for canaries is blind"
    private = {word for word, (_, may_see) in told.canaries.items() if not may_see(told.actors["visitor"])}
    logged = words_of("\n".join(record.getMessage() for record in caplog.records).encode())
    assert logged & private == set()


def test_nothing_private_is_in_the_index(told: Region) -> None:
    visitor = told.actors["visitor"]
    public = {word for word, (_, may_see) in told.canaries.items() if may_see(visitor)}
    stored = " ".join(f"{row.title} {row.body} {row.skills}" for row in Content.objects.all())
    in_tables = words_of(stored.encode())
    assert in_tables <= public | told.once_public, labels(told, in_tables - public - told.once_public)
    assert canary("rival published title") in in_tables
    for kind in kinds.all_kinds():
        for schema in (postings_of(kind.code), contents_of(kind.code)):
            queries = [Query(text=word, size=5, minimum_match=1.0) for word in told.canaries]
            hits = engine().search(schema, queries) if engine().exists(schema) else []
            found = {word for word, answer in zip(told.canaries, hits, strict=False) if answer.total}
            held = public if schema == postings_of(kind.code) else public | told.once_public
            assert found <= held, (schema.name, labels(told, found - held))
    files = b" ".join(path.read_bytes() for path in Path(settings.RONGQIAO_INDEX).rglob("*") if path.is_file())
    assert words_of(files) <= public | told.once_public


def test_a_letter_says_nothing_to_others_and_the_outbox_says_nothing(told: Region) -> None:
    people = {person.email: person.pk for person in Person.objects.all()}
    actors = {actor.person: actor for actor in told.actors.values()}
    keepers = {place.keeper.email: place for place in told.places.values()}
    assert Letter.objects.count() >= 30
    for letter in Letter.objects.all():
        for word in words_of(f"{letter.subject} {letter.text} {letter.html}".encode()) - words_of(letter.to.encode()):
            label, may_see = told.canaries[word]
            actor = actors.get(people.get(letter.to))
            own = (actor is not None and may_see(actor)) or (letter.to in keepers and keepers[letter.to].name in label)
            assert own or may_see(told.actors["visitor"]) or label.startswith("address of"), (letter.to, label)
    events = " ".join(str(value) for row in Event.objects.values_list() for value in row)
    assert words_of(events.encode()) == set()


def test_the_page_of_a_link_says_no_more_than_its_letter(told: Region) -> None:
    """Whoever opens it needs no sign-in: the organisation, the role, the address that the letter went to."""
    place = told.places["rival"]
    with transaction.atomic():
        invitation = invitation_of(place)
        url = links.make(
            purpose="invitation", person_id=None, email=invitation.email, payload={"invitation": invitation.pk}, days=1
        )
        page = Client().get("/l/" + url.rpartition("/")[2])
        transaction.set_rollback(True)
    assert page.status_code == 200
    assert words_of(page.content) == words_of(invitation.email.encode()) != set()
