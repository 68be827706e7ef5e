"""One-time links in letters: made, looked at, used once, revoked. Whoever follows one needs no sign-in.

A room registers what its links are for; the page behind `/l/<token>` shows and does it.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from rongqiao.common import clock
from rongqiao.common.errors import Problem, from_code

from .content import Content
from .models import Link

TOKEN_BYTES = 32
GONE = 410
KEPT_DAYS = 180


@dataclass(frozen=True, slots=True)
class OneClick:
    """What a POST to `/u/<token>` does without asking back (RFC 8058): `act(link)` may be called again, and changes
    nothing then. `describe(link)` is the page for whom opens the address, `button` what its button says."""

    describe: Callable[[Link], Content]
    act: Callable[[Link], Content]
    button: Any


@dataclass(frozen=True, slots=True)
class LinkPurpose:
    """What links of one kind do.

    `describe(link)` is the page before anything happens (scanners of mail look at it), its subject the heading.
    `form(link)` is what the page asks, None for nothing.
    `act(link, cleaned, request)` does it, in the transaction that uses the link up, and says what was done; a
    Problem it raises is shown with the form, and the link stays as it was. `button` is what the button says.
    `initial(link, request)` fills the form in; `one_click` is for the mail reader's own button.
    """

    code: str
    describe: Callable[[Link], Content]
    form: Callable[[Link], type[forms.Form] | None] | None
    act: Callable[[Link, Mapping[str, Any], HttpRequest], Content]
    button: Any = ""
    initial: Callable[[Link, HttpRequest], Mapping[str, Any]] | None = None
    one_click: OneClick | None = None

    def form_of(self, link: Link) -> type[forms.Form] | None:
        """What the page of this link asks."""
        return self.form(link) if self.form else None


_purposes: dict[str, LinkPurpose] = {}


def register(purpose: LinkPurpose) -> None:
    """Add a purpose; registering again replaces."""
    _purposes[purpose.code] = purpose


def unregister(code: str) -> None:
    """Forget a purpose (for tests)."""
    _purposes.pop(code, None)


def purpose_of(link: Link) -> LinkPurpose:
    """What the link is for. Raises Problem `link_gone` when nobody knows any more."""
    if link.purpose not in _purposes:
        raise gone()
    return _purposes[link.purpose]


def make(
    *, purpose: str, person_id: int | None, email: str = "", payload: Mapping[str, Any], days: float,
    single_use: bool = True,
) -> str:  # fmt: skip
    """A new link, as its absolute address: the only place where its token ever stands."""
    (address,) = make_many(
        purpose=purpose, person_id=person_id, email=email, payloads=[payload], days=days, single_use=single_use
    )
    return address


def make_many(
    *, purpose: str, person_id: int | None, email: str = "", payloads: Sequence[Mapping[str, Any]], days: float,
    single_use: bool = True,
) -> list[str]:  # fmt: skip
    """A link for each payload, in their order, in one write."""
    if purpose not in _purposes:
        raise LookupError(f"no purpose {purpose!r} is registered")
    tokens, now = [secrets.token_urlsafe(TOKEN_BYTES) for _ in payloads], clock.now()
    Link.objects.bulk_create(
        Link(
            digest=_digest(token), purpose=purpose, person_id=person_id, email=email, payload=dict(payload),
            single_use=single_use, created_at=now, expires_at=now + timedelta(days=days),
        )
        for token, payload in zip(tokens, payloads, strict=True)
    )  # fmt: skip
    return [f"{settings.RONGQIAO_URL}/l/{token}" for token in tokens]


def peek(token: str) -> Link:
    """The link of a token that is good now; changes nothing. Raises Problem `link_gone` (410)."""
    found = _valid(token, clock.now()).first()
    if found is None:
        raise gone()
    return found


@transaction.atomic
def use(token: str, *, purpose: str = "") -> Link:
    """Use a link up: of those who come at once one passes. Raises Problem `link_gone` (410) for the others.

    Call it in the transaction of what the link does, so that both happen or neither. With `purpose` links of
    another kind are gone too.
    """
    now = clock.now()
    valid = _valid(token, now)
    valid = valid.filter(purpose=purpose) if purpose else valid
    if not valid.update(used_at=now):
        raise gone()
    return Link.objects.get(digest=_digest(token))


def revoke(purpose: str, *, person_id: int | None = None, email: str = "", payload: Mapping[str, Any] | None = None) -> int:
    """Make the links of a purpose invalid that are of this person, address or with this in their payload.

    At least one must be named. Returns how many were still good.
    """
    if person_id is None and not email and not payload:
        raise ValueError("say whose links of this purpose are revoked")
    rows = Link.objects.filter(purpose=purpose, revoked_at=None, expires_at__gt=clock.now())
    rows = rows.filter(Q(used_at=None) | Q(single_use=False))
    rows = rows.filter(person_id=person_id) if person_id is not None else rows
    rows = rows.filter(email=email) if email else rows
    for key, value in (payload or {}).items():
        rows = rows.filter(**{f"payload__{key}": value})
    return rows.update(revoked_at=clock.now())


def gone() -> Problem:
    """The one answer for what is forged, outdated, used or revoked: nothing tells them apart."""
    return Problem(from_code("link_gone"), status=GONE)


def forget_old() -> int:
    """Remove links that have been invalid for long. Returns how many."""
    return Link.objects.filter(expires_at__lt=clock.now() - timedelta(days=KEPT_DAYS)).delete()[0]


def _valid(token: str, now: datetime) -> QuerySet[Link]:
    unused = Q(used_at=None) | Q(single_use=False)
    return Link.objects.filter(unused, digest=_digest(token), revoked_at=None, expires_at__gt=now)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
