"""Introductions as JSON, seen from one side: never a contact, and of a "no" only its civil form."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from rongqiao.common import clock
from rongqiao.common.language import Bilingual
from rongqiao.common.strict import StrictSerializer
from rongqiao.parties.models import Person
from rongqiao.postings.api.serializers import base_of
from rongqiao.postings.models import Posting

from .. import selectors, services, states
from ..models import Introduction, Passage, Side
from ..vocabulary import CHOSEN, Answer, BrokerFee

MOST_PLACES = 10_000


class IntroductionSerializer(serializers.Serializer[Introduction]):
    """One introduction as a side sees it. `side` and `organisation` are the reader's own."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=sorted(states.STATES))
    state_label = serializers.CharField()
    state_since = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    side = serializers.CharField()
    organisation = serializers.IntegerField()
    waits_for_you = serializers.BooleanField()
    agreed = serializers.BooleanField()
    places = serializers.IntegerField()
    mutual = serializers.FloatField(allow_null=True)
    weights_version = serializers.CharField()
    your_answer = serializers.ChoiceField(choices=Answer.values)
    their_answer = serializers.ChoiceField(choices=Answer.values)
    reason = serializers.CharField()
    reason_words = serializers.CharField()
    own = serializers.DictField()
    other = serializers.DictField()
    brokers = serializers.DictField(child=serializers.CharField())
    steps = serializers.ListField(child=serializers.DictField())

    def to_representation(self, row: Introduction) -> dict[str, Any]:
        side = own_side(row, self.context)
        across = row.side(side.other_code)
        state = states.STATES[row.state]
        own, other = (row.need, row.offer) if side.code == "need" else (row.offer, row.need)
        return {
            "id": row.pk,
            "state": row.state,
            "state_label": str(Bilingual(state.zh, state.en)),
            "state_since": row.state_since,
            "due_at": row.due_at,
            "side": side.code,
            "organisation": side.organisation_id,
            "waits_for_you": row.state == "interested" and not side.says_yes,
            "agreed": row.is_agreed,
            "places": row.places,
            "mutual": row.mutual,
            "weights_version": row.weights_version,
            "your_answer": side.answer,
            "their_answer": across.answer if across.says_yes else "",
            **selectors.reason_told(row.reason, row.closed_by == side.code),
            "own": _brief(own, owner=True),
            "other": _brief(other, owner=False),
            "brokers": {each.code: each.broker.name for each in row.sides.all() if each.broker},
            "steps": [_labelled(step) for step in selectors.possible(row, side) if step.code in services.PLAIN],
        }


def own_side(row: Introduction, context: Mapping[str, Any]) -> Side:
    """The reader's side: of their own organisation first, of the organisation asked for when one is."""
    person = context["request"].user
    assert isinstance(person, Person)
    mine = selectors.sides_of(person, row)
    chosen = context.get("organisation")
    return next((side for side in mine if side.organisation_id == chosen), mine[0])


def _labelled(step: states.Step) -> dict[str, Any]:
    return {"code": step.code, "label": str(Bilingual(step.zh, step.en)), "reason": step.reason}


def _brief(posting: Posting, owner: bool) -> dict[str, Any]:
    """What a list shows of a posting, as the reader may see it."""
    shown = base_of(posting, owner)
    names = ("id", "kind", "kind_label", "title", "region", "organisation", "organisation_name", "status", "status_label")
    return {name: shown[name] for name in names}


class PassageSerializer(serializers.Serializer[Passage]):
    """A step that was taken. Who of the other side, and with which words, is told when both have agreed."""

    step = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    at = serializers.DateTimeField()
    side = serializers.CharField()
    by = serializers.CharField()
    state = serializers.CharField()
    reason_words = serializers.CharField()
    comment = serializers.CharField()
    undone = serializers.BooleanField()

    def to_representation(self, row: Passage) -> dict[str, Any]:
        return selectors.passage_told(row, self.context["introduction"], self.context["side"])


class OneIntroductionSerializer(IntroductionSerializer):
    """With the posting across as everybody sees it, what has happened, and until when the last step can be undone."""

    other_posting = serializers.DictField()
    passages = PassageSerializer(many=True)
    undo_until = serializers.DateTimeField(allow_null=True)

    def to_representation(self, row: Introduction) -> dict[str, Any]:
        side = own_side(row, self.context)
        passages = selectors.passages(row)
        context = {**self.context, "introduction": row, "side": side}
        return {
            **super().to_representation(row),
            "other_posting": base_of(row.offer if side.code == "need" else row.need, owner=False),
            "passages": [PassageSerializer(each, context=context).data for each in passages],
            "undo_until": self._undo_until(passages, side),
        }

    def _undo_until(self, passages: list[Passage], side: Side) -> Any:
        last = next((each for each in reversed(passages) if each.undone_at is None), None)
        if last is None or not services.may_undo(last, side.code, clock.now()):
            return None
        return last.at + services.UNDO_WITHIN


class SaidSerializer(StrictSerializer, serializers.Serializer[Any]):
    """Words that go with a step. `days` (until when an answer is awaited) and `places` are of who asks."""

    organisation = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    reason = serializers.ChoiceField(choices=sorted(CHOSEN), required=False, default="")
    comment = serializers.CharField(required=False, default="", max_length=500, allow_blank=True)
    days = serializers.IntegerField(required=False, min_value=services.FEWEST_DAYS, max_value=services.MOST_DAYS)
    places = serializers.IntegerField(required=False, default=1, min_value=1, max_value=MOST_PLACES)


class AnswerSerializer(SaidSerializer):
    """What one's organisation says to a pairing: have it introduced, not now, or no (with a reason)."""

    need = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    offer = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    answer = serializers.ChoiceField(choices=[Answer.INTERESTED.value, Answer.NOT_NOW.value, Answer.DECLINED.value])


class SideChoiceSerializer(StrictSerializer, serializers.Serializer[Any]):
    """For whom one acts; needed only by who may act for both."""

    organisation = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class BrokerSerializer(SideChoiceSerializer):
    """Which broker acts for one's side, and whether it is paid."""

    broker = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    fee = serializers.ChoiceField(choices=BrokerFee.choices)


class ClosedSerializer(serializers.Serializer[Any]):
    """How many introductions were closed."""

    closed = serializers.IntegerField()


class OptionSerializer(serializers.Serializer[Any]):
    """A value with its label."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class FormSerializer(OptionSerializer):
    """A form of cooperation, with the level that the policy puts it at ("" when it may stand at any)."""

    level = serializers.CharField()


class VocabularySerializer(serializers.Serializer[Any]):
    """The words that forms about introductions need."""

    states = OptionSerializer(many=True)
    reasons = OptionSerializer(many=True)
    forms = FormSerializer(many=True)
    levels = OptionSerializer(many=True)
    modes = OptionSerializer(many=True)
    items = OptionSerializer(many=True)
    participation = OptionSerializer(many=True)
    fees = OptionSerializer(many=True)
