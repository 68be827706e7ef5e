"""The inbox, one introduction, answers and steps."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from rongqiao.common import params
from rongqiao.common.access import PUBLIC
from rongqiao.common.capabilities import POST
from rongqiao.common.errors import Problem, from_code
from rongqiao.common.language import Bilingual
from rongqiao.common.openapi import listed
from rongqiao.common.paging import page_of
from rongqiao.parties.api.people import person_of
from rongqiao.parties.current import current_organisation

from .. import selectors, services, states
from ..models import Introduction
from ..vocabulary import CHOSEN, LEVEL_OF, REASONS, BrokerFee, Form, Item, Level, Mode, Participation
from .serializers import (
    AnswerSerializer,
    BrokerSerializer,
    ClosedSerializer,
    IntroductionSerializer,
    OneIntroductionSerializer,
    SaidSerializer,
    SideChoiceSerializer,
    VocabularySerializer,
)

CHOICES = {"levels": Level, "modes": Mode, "items": Item, "participation": Participation, "fees": BrokerFee}
FILTERS = ("state", "organisation", "posting", "waiting")


class Introductions(APIView):
    """One's inbox: what both sides are about, or what waits for one's answer; answering a pairing."""

    access = POST

    @extend_schema(
        operation_id="introductions_list",
        parameters=[OpenApiParameter(name) for name in FILTERS],
        responses=listed(IntroductionSerializer),
    )
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request, *FILTERS)
        own = selectors.spoken_for(person_of(request))
        organisation = params.integer(request, "organisation", 0, 1, 999_999_999)
        asked_for = [each for each in own if organisation in (0, each)]
        rows = selectors.of_organisations(asked_for)
        state = params.choice(request, "state", set(states.STATES))
        posting = params.integer(request, "posting", 0, 1, 999_999_999)
        rows = rows.filter(state=state) if state else selectors.told(rows)
        rows = selectors.of_posting(rows, posting) if posting else rows
        only_waiting = params.choice(request, "waiting", {"1"})
        rows = (selectors.waiting if only_waiting else selectors.waiting_first)(rows, asked_for)
        return page_of(rows, request, IntroductionSerializer, organisation=organisation)

    @extend_schema(request=AnswerSerializer, responses=OneIntroductionSerializer)
    def post(self, request: Request) -> Response:
        given = _checked(AnswerSerializer, request)
        organisation = given.pop("organisation", None) or current_organisation(request)
        if organisation is None:
            raise Problem(from_code("required", "organisation"))
        made = services.answer(
            person=person_of(request), organisation_id=organisation, need_id=given.pop("need"),
            offer_id=given.pop("offer"), **given,
        )  # fmt: skip
        return _shown(made, request, organisation)


class Vocabulary(APIView):
    """The words that forms about introductions offer."""

    access = PUBLIC

    @extend_schema(responses=VocabularySerializer)
    def get(self, request: Request) -> Response:
        params.refuse_unknown(request)
        return Response(
            {
                "states": [_option(each.code, Bilingual(each.zh, each.en)) for each in states.STATES.values()],
                "reasons": [_option(code, reason.label) for code, reason in REASONS.items() if code in CHOSEN],
                "forms": [{**each, "level": LEVEL_OF.get(each["code"], "")} for each in _choices(Form)],
                **{name: _choices(words) for name, words in CHOICES.items()},
            }
        )


class OneIntroduction(APIView):
    """One introduction, for those it concerns. That it was seen is kept."""

    access = POST

    @extend_schema(responses=OneIntroductionSerializer)
    def get(self, request: Request, introduction_id: int) -> Response:
        params.refuse_unknown(request)
        person = person_of(request)
        selectors.one_for(person, introduction_id)
        services.see(person=person, introduction_id=introduction_id)
        return _shown(selectors.one_for(person, introduction_id), request)


class IntroductionStep(APIView):
    """Take a step for one's own side."""

    access = POST

    @extend_schema(request=SaidSerializer, responses=OneIntroductionSerializer)
    def post(self, request: Request, introduction_id: int, step: str) -> Response:
        person = person_of(request)
        selectors.one_for(person, introduction_id)
        given = _checked(SaidSerializer, request)
        organisation = given.pop("organisation", None)
        taken = services.take_step(
            person=person, introduction_id=introduction_id, step_code=step, organisation_id=organisation, **given
        )
        return _shown(taken, request, organisation)


class UndoStep(APIView):
    """Take one's last step back, soon after it."""

    access = POST

    @extend_schema(request=SideChoiceSerializer, responses=OneIntroductionSerializer)
    def post(self, request: Request, introduction_id: int) -> Response:
        person = person_of(request)
        selectors.one_for(person, introduction_id)
        organisation = _checked(SideChoiceSerializer, request).get("organisation")
        undone = services.undo(person=person, introduction_id=introduction_id, organisation_id=organisation)
        return _shown(undone, request, organisation)


class Broker(APIView):
    """Name a broker who acts for one's side; end its part (the side or the broker itself)."""

    access = POST

    @extend_schema(request=BrokerSerializer, responses=OneIntroductionSerializer)
    def put(self, request: Request, introduction_id: int) -> Response:
        person = person_of(request)
        selectors.one_for(person, introduction_id)
        given = _checked(BrokerSerializer, request)
        organisation = given.pop("organisation", None)
        named = services.name_broker(
            person=person, introduction_id=introduction_id, broker_id=given["broker"], fee=given["fee"],
            organisation_id=organisation,
        )  # fmt: skip
        return _shown(named, request, organisation)

    @extend_schema(parameters=[OpenApiParameter("organisation", int)], responses={204: None})
    def delete(self, request: Request, introduction_id: int) -> Response:
        params.refuse_unknown(request, "organisation")
        person = person_of(request)
        selectors.one_for(person, introduction_id)
        organisation = params.integer(request, "organisation", 0, 1, 999_999_999) or None
        services.end_broker(person=person, introduction_id=introduction_id, organisation_id=organisation)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MetElsewhere(APIView):
    """Say that a posting of one's own was met by other ways: it is closed, and what was open about it."""

    access = POST

    @extend_schema(request=None, responses=ClosedSerializer)
    def post(self, request: Request, posting_id: int) -> Response:
        return Response({"closed": services.met_elsewhere(person=person_of(request), posting_id=posting_id)})


def _checked(serializer_class: Any, request: Request) -> dict[str, Any]:
    serializer = serializer_class(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def _shown(row: Introduction, request: Request, organisation: int | None = None) -> Response:
    context = {"request": request, "organisation": organisation}
    return Response(OneIntroductionSerializer(row, context=context).data)


def _choices(words: Any) -> list[dict[str, str]]:
    return [{"code": code, "label": str(label)} for code, label in words.choices if code]


def _option(code: str, label: Bilingual) -> dict[str, str]:
    return {"code": code, "label": str(label)}
