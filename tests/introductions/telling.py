"""Short ways to say what two sides do."""

from typing import Any

from rongqiao.introductions import services
from rongqiao.introductions.models import Introduction
from rongqiao.postings.models import Posting
from tests import world


def says(party: world.Party, said: str, need: Posting, offer: Posting, **words: Any) -> Introduction:
    """An answer of a party to a pairing."""
    return services.answer(
        person=party.person, organisation_id=party.organisation.pk, need_id=need.pk, offer_id=offer.pk, answer=said, **words
    )


def agree(first: world.Party, second: world.Party, need: Posting, offer: Posting, **words: Any) -> Introduction:
    """Both say yes, the first one first."""
    says(first, "interested", need, offer, **words)
    return says(second, "interested", need, offer)


def step(party: world.Party, code: str, introduction: Introduction, **words: Any) -> Introduction:
    """A step of a party."""
    return services.take_step(person=party.person, introduction_id=introduction.pk, step_code=code, **words)


def code_of(problem: Any) -> str:
    """The code of the first fault of what was raised."""
    return str(problem.value.faults[0].code)
