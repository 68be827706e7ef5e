"""What the demo region needs and offers, as it is stored: complete, marked, nobody's address, with a past."""

from collections import Counter

import pytest

from rongqiao.demo import parties
from rongqiao.demo.loading import Loaded
from rongqiao.demo.offers_and_needs import MARK, UNPUBLISHED
from rongqiao.parties.models import Person
from rongqiao.postings.cleaning import clean, lacking
from rongqiao.postings.life_cycle import OPEN
from rongqiao.postings.models import Posting

# The database is only set up for tests that say they want it.
pytestmark = pytest.mark.django_db


def test_every_posting_passes_its_kinds_checks_and_is_marked(
    region: Loaded, stored: dict[str, Posting]
) -> None:
    assert region.new == region.postings == len(stored)
    for posting in stored.values():
        base = {
            "title": posting.title,
            "description": posting.description,
            "region_code": posting.region_code,
        }
        assert not clean(posting.kind_of, base, posting.details).faults, posting.source_key
        assert posting.status == "draft" or not lacking(posting.kind_of, posting.title, posting.details)
        assert posting.organisation.party_type in posting.kind_of.parties, posting.source_key
        assert posting.source == parties.SOURCE
        assert posting.description.startswith(MARK)
        assert posting.details.get("summary", MARK).startswith(MARK), posting.source_key


def test_contacts_are_in_reserved_forms(stored: dict[str, Posting]) -> None:
    for posting in stored.values():
        owner = posting.organisation
        if owner.claimable:
            assert posting.contact_email == posting.contact_phone == ""
        else:
            assert posting.contact_email == owner.contact_email == f"{owner.source_key}@{parties.MAIL_HOST}"
            assert posting.contact_phone == owner.contact_phone
            assert posting.contact_phone.startswith("000-0000")
    assert all(person.email.endswith(".example") for person in Person.objects.all())


def test_there_is_a_history_and_most_is_open(stored: dict[str, Posting]) -> None:
    states = Counter(posting.status for posting in stored.values())
    assert set(states) == {*OPEN, *UNPUBLISHED, "met", "expired", "withdrawn"}
    assert all(states[state] >= 15 for state in ("met", "expired", "withdrawn"))
    assert sum(states[state] for state in OPEN) > 0.75 * sum(states.values())
    assert len({posting.confirmed_on for posting in stored.values()}) > 50
