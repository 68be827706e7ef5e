"""The page behind a link. Looking changes nothing, because programs that scan mail look at every link."""

from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from rongqiao.common.errors import Fault, Problem
from rongqiao.common.language import Bilingual

from .. import links
from ..content import Content, Paragraph
from ..models import Link
from .page import page

CONFIRM = Bilingual("确认", "Confirm")


class OneLink(View):
    """`/l/<token>`: what it is for and one button; the button does it. Needs no sign-in."""

    http_method_names = ["get", "head", "post", "options"]

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except Problem:
            return gone(request)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link = links.peek(token)
        purpose = links.purpose_of(link)
        form_class = purpose.form_of(link)
        initial = purpose.initial(link, request) if purpose.initial else {}
        return _described(request, link, form_class(initial=dict(initial)) if form_class else None)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        link = links.peek(token)
        purpose = links.purpose_of(link)
        form_class = purpose.form_of(link)
        form = form_class(request.POST) if form_class else None
        if form is not None and not form.is_valid():
            return _described(request, link, form, status=400)
        try:
            with transaction.atomic():
                done = purpose.act(links.use(token), form.cleaned_data if form else {}, request)
        except Problem as problem:
            if problem.status == links.GONE:
                raise
            return _described(request, link, form, status=problem.status, faults=problem.faults)
        return page(request, done)


@method_decorator(csrf_exempt, name="dispatch")
class OneClickLink(OneLink):
    """`/u/<token>`: what a mail reader's own button posts to (RFC 8058), without cookies and without a question back."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        link, one_click = _one_click(token)
        return page(request, one_click.describe(link), button=str(one_click.button))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        link, one_click = _one_click(token)
        with transaction.atomic():
            return page(request, one_click.act(link))


def _one_click(token: str) -> tuple[Link, links.OneClick]:
    link = links.peek(token)
    one_click = links.purpose_of(link).one_click
    if one_click is None:
        raise links.gone()
    return link, one_click


def _described(
    request: HttpRequest, link: Link, form: Form | None, *, status: int = 200, faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    purpose = links.purpose_of(link)
    button = str(purpose.button or CONFIRM)
    return page(request, purpose.describe(link), status=status, button=button, form=form, faults=faults)


def gone(request: HttpRequest) -> HttpResponse:
    """The same for every link that is not valid, whatever it once was."""
    (fault,) = links.gone().faults
    return page(request, Content(fault.fault, [Paragraph(fault.remedy)]), status=links.GONE)
