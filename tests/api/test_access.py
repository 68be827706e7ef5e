"""Deny by default: every address of the product is in this table with who may call it, or the suite fails."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import AllowAny

from rongqiao.common import access
from rongqiao.config.schema import Schema
from tests import world

PUBLIC, SIGNED_IN = access.PUBLIC, access.SIGNED_IN
NOBODY = None

# address → method → who. Addresses of allauth (signing in) are checked by allauth and listed below.
TABLE: dict[str, dict[str, str]] = {
    "api/v1/health": {"GET": "operate"},
    "api/v1/schema": {"GET": PUBLIC},
    "api/v1/codes": {"GET": PUBLIC},
    "api/v1/codes/<str:system>": {"GET": PUBLIC},
    "api/v1/codes/<str:system>/<str:code>": {"GET": PUBLIC},
    "api/v1/audit": {"GET": "audit"},
    "api/v1/organisations/<int:organisation_id>/audit": {"GET": "manage"},
    "api/v1/files": {"POST": SIGNED_IN},
    "api/v1/files/purposes": {"GET": SIGNED_IN},
    "api/v1/files/<uuid:file_id>": {"GET": SIGNED_IN, "DELETE": SIGNED_IN},
    "api/v1/files/<uuid:file_id>/content": {"GET": SIGNED_IN},
    "api/v1/reviews": {"GET": "review"},
    "api/v1/reviews/approve": {"POST": "review"},
    "api/v1/reviews/decline": {"POST": "review"},
    "api/v1/reviews/reasons": {"GET": "review"},
    "api/v1/reviews/summary": {"GET": "review"},
    "api/v1/reviews/<int:case_id>": {"GET": "review"},
    "api/v1/reviews/<int:case_id>/undo": {"POST": "review"},
    "api/v1/privacy": {"GET": PUBLIC},
    "api/v1/me": {"GET": SIGNED_IN, "PATCH": SIGNED_IN},
    "api/v1/me/organisation": {"PUT": SIGNED_IN},
    "api/v1/me/consents": {"POST": SIGNED_IN},
    "api/v1/me/sign-ins": {"GET": SIGNED_IN},
    "api/v1/me/export": {"GET": SIGNED_IN},
    "api/v1/organisations/<int:organisation_id>/roles": {"GET": "manage"},
    "api/v1/organisations/<int:organisation_id>/members": {"GET": "manage"},
    "api/v1/organisations/<int:organisation_id>/members/<int:membership_id>": {"PATCH": "manage", "DELETE": SIGNED_IN},
    "api/v1/organisations/<int:organisation_id>/invitations": {"GET": "manage", "POST": "manage"},
    "api/v1/organisations/<int:organisation_id>/invitations/<int:invitation_id>": {"DELETE": "manage"},
    "api/v1/organisations/<int:organisation_id>/applications": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "api/v1/organisations/<int:organisation_id>/applications/<int:application_id>": {"DELETE": SIGNED_IN},
    "api/v1/organisations/<int:organisation_id>/verification": {"PUT": "review"},
    "api/v1/organisations/<int:organisation_id>/trust": {"PUT": "review"},
    "api/v1/organisations/<int:organisation_id>/priority-tags": {"POST": "review"},
    "api/v1/organisations/<int:organisation_id>/priority-tags/<int:tag_id>": {"DELETE": "review"},
    "api/v1/organisations/<int:organisation_id>/credit-flags": {"POST": "review"},
    "api/v1/organisations/<int:organisation_id>/credit-flags/<int:flag_id>/clear": {"POST": "review"},
    "api/v1/organisations": {"GET": PUBLIC, "POST": SIGNED_IN},
    "api/v1/organisations/<int:organisation_id>": {"GET": PUBLIC, "PATCH": "manage"},
    "api/v1/organisations/<int:organisation_id>/recommendations": {"PUT": "manage"},
    "api/v1/organisations/<int:organisation_id>/units": {"GET": PUBLIC, "POST": "manage"},
    "api/v1/kinds": {"GET": PUBLIC},
    "api/v1/postings": {"GET": PUBLIC, "POST": "post"},
    "api/v1/postings/<int:posting_id>": {"GET": PUBLIC, "PATCH": "post"},
    "api/v1/postings/<int:posting_id>/steps/<slug:step>": {"POST": "post"},
    "api/v1/postings/<int:posting_id>/pairings": {"GET": "post"},
    "api/v1/pairings": {"GET": "post"},
    "api/v1/pairings/<int:pairing_id>": {"GET": "post"},
    "api/v1/introductions": {"GET": "post", "POST": "post"},
    "api/v1/introductions/vocabulary": {"GET": PUBLIC},
    "api/v1/introductions/<int:introduction_id>": {"GET": "post"},
    "api/v1/introductions/<int:introduction_id>/steps/<slug:step>": {"POST": "post"},
    "api/v1/introductions/<int:introduction_id>/undo": {"POST": "post"},
    "api/v1/introductions/<int:introduction_id>/broker": {"PUT": "post", "DELETE": "post"},
    "api/v1/introductions/<int:introduction_id>/contacts": {"GET": "post"},
    "api/v1/introductions/<int:introduction_id>/secrets": {"GET": "post", "POST": "post"},
    "api/v1/introductions/<int:introduction_id>/note": {"POST": "post"},
    "api/v1/introductions/<int:introduction_id>/messages": {"GET": "post", "POST": "post"},
    "api/v1/introductions/<int:introduction_id>/export": {"GET": "post"},
    "api/v1/introductions/<int:introduction_id>/terms": {"PUT": "post"},
    "api/v1/introductions/<int:introduction_id>/sign": {"POST": "post"},
    "api/v1/introductions/<int:introduction_id>/record": {"GET": "post"},
    "api/v1/records/<uuid:number>": {"GET": PUBLIC},
    "api/v1/organisations/<int:organisation_id>/responses": {"GET": PUBLIC},
    "api/v1/postings/<int:posting_id>/met-elsewhere": {"POST": "post"},
    "api/v1/match-advice": {"POST": SIGNED_IN},
    "api/v1/match-preview": {"POST": SIGNED_IN},
    "api/v1/parse": {"POST": SIGNED_IN},
    "api/v1/search": {"GET": PUBLIC},
    "api/v1/search/complete": {"GET": PUBLIC},
    "api/v1/saved-searches": {"GET": SIGNED_IN, "POST": SIGNED_IN},
    "api/v1/saved-searches/<int:search_id>": {"GET": SIGNED_IN, "PATCH": SIGNED_IN, "DELETE": SIGNED_IN},
    "api/v1/saved-searches/<int:search_id>/seen": {"POST": SIGNED_IN},
    "api/v1/digests": {"GET": SIGNED_IN},
    "api/v1/digests/<int:digest_id>": {"GET": SIGNED_IN},
    "api/v1/digests/outcomes": {"GET": "operate"},
    "api/v1/digests/planned": {"GET": "operate"},
    "api/v1/digests/planned/<int:preference_id>": {"GET": "operate"},
    "api/v1/digests/preferences": {"GET": SIGNED_IN},
    "api/v1/digests/preferences/<slug:digest_kind>": {"PATCH": SIGNED_IN},
    "api/v1/digests/groups/<slug:digest_kind>": {"PUT": SIGNED_IN, "DELETE": SIGNED_IN},
    "api/v1/digests/preview/<slug:digest_kind>": {"POST": SIGNED_IN},
    "api/v1/notices": {"GET": SIGNED_IN},
    "api/v1/notices/read": {"POST": SIGNED_IN},
    "api/v1/notices/<int:notice_id>/read": {"POST": SIGNED_IN},
    "api/v1/letters": {"GET": "operate"},
    "api/v1/letters/<int:letter_id>/retry": {"POST": "operate"},
    "api/v1/imports": {"GET": "import", "POST": "import"},
    "api/v1/imports/templates/<slug:kind_code>.xlsx": {"GET": "import"},
    "api/v1/imports/<int:batch_id>": {"GET": "import"},
    "api/v1/imports/<int:batch_id>/mapping": {"PUT": "import"},
    "api/v1/imports/<int:batch_id>/run": {"POST": "import"},
    "api/v1/imports/<int:batch_id>/cancel": {"POST": "import"},
    "api/v1/imports/<int:batch_id>/undo": {"POST": "import"},
    "api/v1/imports/<int:batch_id>/errors": {"GET": "import"},
    "api/v1/imports/<int:batch_id>/errors.xlsx": {"GET": "import"},
}
PLAIN = {
    "privacy",
    "static/<path:name>",
    "health/live",
    "health/ready",
    "l/<str:token>",
    "u/<str:token>",
    "d/<str:token>",
    "demo/letters",
    "demo/letters/<str:name>",
    "demo/letters/<str:name>/body",
    "^(?!api/)(?P<path>.*)$",
}
SIGN_IN = {
    "api/auth/<client>/v1/config",
    "api/auth/<client>/v1/auth/session",
    "api/auth/<client>/v1/auth/login",
    "api/auth/<client>/v1/auth/code/confirm",
    "api/auth/<client>/v1/auth/signup",
    "api/auth/<client>/v1/auth/reauthenticate",
    "api/auth/<client>/v1/auth/password/request",
    "api/auth/<client>/v1/auth/password/reset",
    "api/auth/<client>/v1/auth/email/verify",
    "api/auth/<client>/v1/auth/email/verify/resend",
    "api/auth/<client>/v1/auth/phone/verify",
    "api/auth/<client>/v1/auth/phone/verify/resend",
    "api/auth/<client>/v1/account/email",
    "api/auth/<client>/v1/account/phone",
    "api/auth/<client>/v1/account/password/change",
    "api/auth/<client>/v1/account/authenticators",
    "api/auth/<client>/v1/account/authenticators/totp",
    "api/auth/<client>/v1/account/authenticators/recovery-codes",
    "api/auth/<client>/v1/auth/2fa/authenticate",
    "api/auth/<client>/v1/auth/2fa/reauthenticate",
    "api/auth/<client>/v1/auth/sessions",
}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def addresses() -> dict[str, object]:
    """Every address with its view, from the URL table itself."""
    found: dict[str, object] = {}

    def walk(patterns: list[object], prefix: str) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, prefix + str(pattern.pattern))
            elif isinstance(pattern, URLPattern):
                found[(prefix + str(pattern.pattern)).replace("browser/", "<client>/")] = pattern.callback

    walk(get_resolver().url_patterns, "")
    return found


def test_every_address_is_in_the_table() -> None:
    # Those of the administration are tried one by one in test_administration.
    listed = {address for address in addresses() if not address.startswith("admin/")}
    unlisted = listed - set(TABLE) - PLAIN - SIGN_IN
    gone = (set(TABLE) | PLAIN) - set(addresses())
    assert unlisted == set(), "say in this table who may call it"
    assert gone == set()


@pytest.mark.parametrize("address", sorted(TABLE))
def test_each_view_declares_what_the_table_says(address: str) -> None:
    view = addresses()[address].view_class  # type: ignore[attr-defined]
    served = {method for method in METHODS if hasattr(view, method.lower())}
    assert {method: access.declared(view, method) for method in served} == TABLE[address]


def test_a_view_that_declares_nothing_serves_nobody() -> None:
    class Forgotten:
        pass

    assert access.declared(Forgotten, "GET") is NOBODY


def test_no_view_opens_itself_by_other_permissions() -> None:
    for address, callback in addresses().items():
        view = getattr(callback, "view_class", None)
        if address in TABLE and view is not Schema:
            assert AllowAny not in view.permission_classes
            assert view.permission_classes == [access.Declared]


@pytest.fixture(scope="module")
def built(keep):
    return keep(lambda: world.party("演示中学", "secondary_school", "500101", "mentor@x.example", role="enterprise_mentor"))


@pytest.mark.django_db
@pytest.mark.parametrize("address", sorted(TABLE))
def test_the_door_is_shut_to_those_not_named(address: str, visitor, built) -> None:
    """A visitor gets 401 wherever something is asked for; a person without the capability gets 403."""
    teacher = built.again()
    path = "/" + address.replace("<str:system>", "region").replace("<slug:kind_code>", "major").replace("<slug:step>", "publish")
    path = path.replace("<slug:digest_kind>", "pairings").replace("<str:code>", "500101")
    path = re.sub(r"<uuid:\w+>", "0" * 8 + "-0000-4000-8000-" + "0" * 12, path)
    path = re.sub(r"<int:\w+>", "1", path)
    for method, needed in TABLE[address].items():
        answer = getattr(visitor, method.lower())(path, content_type="application/json")
        known = getattr(teacher.client, method.lower())(path, content_type="application/json")
        if needed == PUBLIC:
            assert answer.status_code not in (401, 403)
        else:
            assert answer.status_code == 401, (method, path, answer.content)
        if needed not in (PUBLIC, SIGNED_IN):
            assert known.status_code == 403, (method, path, known.content)
