"""Every address of the product. Who may call each is declared in its view and listed by a test."""

from django.urls import include, path, re_path

from rongqiao.parties.pages import privacy

from . import health, web
from .administration import lists, static
from .schema import Schema

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("privacy", privacy),
    path("api/v1/health", health.Detail.as_view()),
    path("api/v1/schema", Schema.as_view()),
    path("api/auth/", include("allauth.headless.urls")),
    path("static/<path:name>", static.file),
    path("admin/", lists.registered().urls),
    path("", include("rongqiao.mailing.web.urls")),
    path("", include("rongqiao.digests.web.urls")),
    path("api/v1/", include("rongqiao.codes.api.urls")),
    path("api/v1/", include("rongqiao.audit.api.urls")),
    path("api/v1/", include("rongqiao.mailing.api.urls")),
    path("api/v1/", include("rongqiao.files.api.urls")),
    path("api/v1/", include("rongqiao.parties.api.urls")),
    path("api/v1/", include("rongqiao.postings.api.urls")),
    path("api/v1/", include("rongqiao.parsing.api.urls")),
    path("api/v1/", include("rongqiao.reviewing.api.urls")),
    path("api/v1/", include("rongqiao.importing.api.urls")),
    path("api/v1/", include("rongqiao.searching.api.urls")),
    path("api/v1/", include("rongqiao.recommending.api.urls")),
    path("api/v1/", include("rongqiao.introductions.api.urls")),
    path("api/v1/", include("rongqiao.digests.api.urls")),
    # Last: whatever is none of the above is a page of the web application, or nothing.
    re_path(r"^(?!api/)(?P<path>.*)$", web.page),
]

handler404 = "rongqiao.config.handlers.not_found"
handler400 = "rongqiao.config.handlers.bad_request"
handler403 = "rongqiao.config.handlers.forbidden"
handler500 = "rongqiao.config.handlers.failed"
