"""A digest as a page, for whoever has its letter."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.views import View

from rongqiao.common.errors import Problem
from rongqiao.mailing import links
from rongqiao.mailing.web.links import gone
from rongqiao.mailing.web.page import page

from ..composing import composed_from
from ..letters import content_of
from ..links import SETTINGS
from ..models import Digest


class OneDigest(View):
    """`/d/<token>`: as it was sent, in the language it was sent in. Needs no sign-in and changes nothing."""

    http_method_names = ["get", "head", "options"]

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Problem:
            return gone(request)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = links.peek(token)
        found = Digest.objects.filter(pk=link.payload.get("digest"), outcome=Digest.Outcome.SENT).first()
        if link.purpose != SETTINGS or found is None or found.person_id != link.person_id:
            raise links.gone()
        with translation.override(found.language):
            return page(request, content_of(composed_from(found.body)))
