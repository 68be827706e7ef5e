"""Brokers (服务组织, A2): a side names one, which then acts for it, and both sides read its name."""

from django.db import transaction

from rongqiao.audit import services as audit
from rongqiao.common.capabilities import POST
from rongqiao.common.errors import Problem, from_code
from rongqiao.parties import selectors as parties
from rongqiao.parties.models import Person
from rongqiao.parties.vocabulary import VERIFIED, PartyType

from .. import actions, selectors
from ..models import Introduction
from . import moving


@transaction.atomic
def name_broker(
    *, person: Person, introduction_id: int, broker_id: int, fee: str, organisation_id: int | None = None
) -> Introduction:
    """Have a broker act for one's side; naming it is the side's consent. Another one replaces it.

    Raises Problem 404 for what is not one's own and for a broker that is none, `not_verified`, `permission_denied` (403)
    for a broker that would name another, `invalid_choice` for the organisation across.
    """
    introduction = moving.locked(introduction_id)
    side = moving.own_side(person, introduction, organisation_id)
    if not person.can_for(POST, side.organisation_id):
        raise Problem(from_code("permission_denied"), status=403)
    broker = parties.one_organisation(broker_id)
    if broker.party_type != PartyType.BROKER or broker.pk in {each.organisation_id for each in introduction.sides.all()}:
        raise Problem(from_code("invalid_choice", "broker"))
    if broker.verify_status not in VERIFIED:
        raise Problem(from_code("not_verified", "broker"))
    if broker.pk == introduction.side(side.other_code).broker_id:
        raise Problem(from_code("conflict_of_interest", "broker"))
    side.broker, side.broker_fee = broker, fee
    side.save(update_fields=["broker", "broker_fee"])
    audit.record(
        action=actions.BROKER_NAMED, subject=introduction, by=person, organisation_id=side.organisation_id,
        changes={"broker": broker.pk, "fee": fee},
    )  # fmt: skip
    return selectors.loaded().get(pk=introduction_id)


@transaction.atomic
def end_broker(*, person: Person, introduction_id: int, organisation_id: int | None = None) -> None:
    """End the broker's part, as its side or as the broker itself; without one nothing changes."""
    introduction = moving.locked(introduction_id)
    side = moving.own_side(person, introduction, organisation_id)
    broker_id = side.broker_id
    if broker_id is None:
        return
    side.broker, side.broker_fee = None, ""
    side.save(update_fields=["broker", "broker_fee"])
    audit.record(
        action=actions.BROKER_LEFT, subject=introduction, by=person, organisation_id=side.organisation_id,
        changes={"broker": broker_id},
    )  # fmt: skip
