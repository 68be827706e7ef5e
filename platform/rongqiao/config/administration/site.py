"""The site: who may enter, under which policy, and its first page."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from unfold.sites import UnfoldAdminSite

from rongqiao.common.capabilities import OPERATE
from rongqiao.common.language import Bilingual, both
from rongqiao.indexing import selectors as indexing
from rongqiao.mailing import selectors as mailing
from rongqiao.mailing.models import State
from rongqiao.outbox import selectors as outbox
from rongqiao.parties.sign_in import lacks_second_factor
from rongqiao.postings import kinds

# The pages' own policy but for two things: Alpine, which unfold's templates are written for, makes functions of the
# words in its attributes (unsafe-eval), and the theme's colours stand in a <style>. No inline script runs here either.
POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
WORDS = {
    "outbox": Bilingual("待办事件", "Outbox"),
    "set_aside": Bilingual("搁置", "Set aside"),
    "consumer": Bilingual("消费者", "Consumer"),
    "waiting": Bilingual("等待", "Waiting"),
    "oldest": Bilingual("最早", "Oldest"),
    "nothing": Bilingual("没有等待的事件。", "Nothing waits."),
    "search": Bilingual("检索引擎", "Search engine"),
    "unbuilt": Bilingual("需要迁移（manage.py index migrate）", "Wants a migration (manage.py index migrate)"),
    "kind": Bilingual("类型", "Kind"),
    "postings": Bilingual("信息", "Postings"),
    "contents": Bilingual("内容", "Contents"),
    "letters": Bilingual("信函", "Letters"),
    "state": Bilingual("状态", "State"),
    "count": Bilingual("数量", "Count"),
    "no_letters": Bilingual("没有信函。", "No letters."),
}
View = Callable[..., HttpResponseBase]


class Administration(UnfoldAdminSite):  # type: ignore[misc]
    """For operators alone. A visitor is asked to sign in as everybody does; to anybody else it looks missing."""

    index_title = both("运行状况", "How it runs")
    index_template = "administration/index.html"
    site_url = "/home"

    def has_permission(self, request: HttpRequest) -> bool:
        person: Any = request.user
        return bool(person.is_authenticated and person.is_active and person.can(OPERATE))

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect("/sign-in")
            if not self.has_permission(request):
                raise Http404
            if lacks_second_factor(request):
                return redirect("/second-step")
            response: HttpResponseBase = inner(request, *args, **kwargs)
            response["Content-Security-Policy"] = POLICY
            response["Referrer-Policy"] = "same-origin"
            return response

        return update_wrapper(guarded, inner)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        """There is one way to sign in: with its limits, its log and its second step."""
        return redirect("/sign-in")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        """One's password is changed with one's account."""
        return redirect("/account")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        """Nothing leads here."""
        raise Http404

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """No form here asks for suggestions."""
        raise Http404

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponseBase:
        """Outbox, letters, index: what an operator wants to know first."""
        depths, search = outbox.depths(), indexing.state()
        sizes: Any = search.pop("sizes")
        letters = [(State(depth.state).label, depth.count, depth.oldest) for depth in mailing.depths()]
        context = {
            "words": WORDS, "depths": depths, "set_aside": sum(depth.set_aside for depth in depths), "search": search,
            "sizes": [(_kind(size["kind"]), size["postings"], size["contents"]) for size in sizes], "letters": letters,
        }  # fmt: skip
        answer: HttpResponseBase = super().index(request, {**context, **(extra_context or {})})
        return answer


def _kind(code: str) -> str:
    kind = kinds.get(code)
    return str(Bilingual(kind.zh, kind.en)) if kind else code


site = Administration()
