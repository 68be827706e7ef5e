"""Signing: one side puts down what was agreed and signs it, the other signs the same words; then it is printable."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction

from rongqiao.audit import services as audit
from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code
from rongqiao.parties.models import Person

from .. import actions, selectors
from ..models import Agreement, Introduction, Side, Signature
from ..vocabulary import LEVEL_OF
from . import moving
from .confiding import agreed
from .moving import Said


@transaction.atomic
def propose(
    *, person: Person, introduction_id: int, terms: Mapping[str, Any], signatory: str, position: str = "",
    organisation_id: int | None = None,
) -> Agreement:  # fmt: skip
    """Put down the terms (fields of Agreement), signed for one's own side. What was put down before is replaced, and the
    other side's signature with it: it was under other words.

    Raises Problem `contacts_closed`, `wrong_state` unless in talks, `level_of_form` when the form belongs to another
    level (HN 第九条), `ends_before_start`.
    """
    introduction, side = agreed(person, introduction_id, organisation_id)
    _refuse_contradictions(terms)
    moving.move(introduction, "propose", side=side, said=Said(by=person))
    Agreement.objects.filter(introduction=introduction).delete()
    agreement = Agreement.objects.create(introduction=introduction, number=uuid4(), **terms)
    _put_name(agreement, side, person, signatory, position)
    return agreement


@transaction.atomic
def sign(
    *, person: Person, introduction_id: int, number: str, signatory: str, position: str = "",
    organisation_id: int | None = None,
) -> Introduction:  # fmt: skip
    """Sign the terms of that number, which the other side has put down: 洽谈中 becomes 已签约.

    Raises Problem `contacts_closed`, `wrong_state` when there is nothing to sign, `edited_meanwhile` (409) when the
    terms are no longer those of the number.
    """
    introduction, side = agreed(person, introduction_id, organisation_id)
    agreement = selectors.agreement_of(introduction_id)
    if agreement is None or side.code in {each.side for each in agreement.signatures.all()}:
        raise Problem(from_code("wrong_state", "step"), status=409)
    if str(agreement.number) != number:
        raise Problem(from_code("edited_meanwhile", "number"), status=409)
    moving.move(introduction, "sign", side=side, said=Said(by=person))
    _put_name(agreement, side, person, signatory, position)
    return introduction


def _refuse_contradictions(terms: Mapping[str, Any]) -> None:
    if LEVEL_OF.get(terms["form"], terms["level"]) != terms["level"]:
        raise Problem(from_code("level_of_form", "level"))
    starts_on, ends_on = terms.get("starts_on"), terms.get("ends_on")
    if starts_on and ends_on and ends_on < starts_on:
        raise Problem(from_code("ends_before_start", "ends_on"))


def _put_name(agreement: Agreement, side: Side, person: Person, signatory: str, position: str) -> None:
    Signature.objects.create(
        agreement=agreement, side=side.code, organisation_name=side.organisation.name, signatory=signatory,
        position=position, person=person, signed_at=clock.now(),
    )  # fmt: skip
    audit.record(
        action=actions.NAME_PUT, subject=agreement.introduction, by=person, organisation_id=side.organisation_id,
        changes={"number": str(agreement.number), "form": agreement.form, "level": agreement.level},
    )  # fmt: skip
