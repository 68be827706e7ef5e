"""What allauth asks of us: letters through our mail room, and a log of who tried to sign in."""

from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from rongqiao.common import clock
from rongqiao.mailing import links
from rongqiao.mailing import services as mailing

from . import services
from .links import CONFIRMATION
from .models import Person, SignIn

CONFIRMATION_DAYS = 7
NAME = "account/email/"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in as allauth does it, with our letters and our log."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's letters by their template's name; those we write elsewhere, or have no use for, are left out."""
        what = template_prefix.rpartition("/")[2]
        if what == "unknown_account":
            # allauth makes a key for whom it found, which reads and computes: as much is done for nobody.
            app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(Person(pk=services.NOBODY))
            services.ask_for_reset(person_id=services.NOBODY)
            return
        person = Person.objects.filter(email=email.lower()).first()
        if person is None:
            return
        if what == "account_already_exists":
            mailing.send(kind="account_exists", to=email, language=person.language, context={})
        elif what == "password_changed":
            services.tell_of_new_password(person=person)
        elif template_prefix.startswith("mfa/"):
            mailing.send(
                kind="security_changed", to=email, language=person.language, person_id=person.pk,
                context={"what": what, "at": clock.now().isoformat()},
            )  # fmt: skip

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        services.ask_for_reset(person_id=user.pk)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        person = emailconfirmation.email_address.user
        address = emailconfirmation.email_address.email
        url = links.make(
            purpose=CONFIRMATION, person_id=person.pk, email=address, payload={}, days=CONFIRMATION_DAYS
        )
        mailing.send(kind=CONFIRMATION, to=address, language=person.language, context={"url": url})

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.language = getattr(request, "LANGUAGE_CODE", "zh-hans")
        return super().save_user(request, user, form, commit)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            self._log(request, SignIn.Outcome.LOCKED, **credentials)
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        self._log(request, SignIn.Outcome.WRONG_PASSWORD, **credentials)

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> Any:
        log(request, user, SignIn.Outcome.DONE)
        return super().post_login(request, user, **options)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """By the person's own address; allauth would look for a confirmed one, which not everybody has yet."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def _log(self, request: HttpRequest, outcome: str, **credentials: Any) -> None:
        person = Person.objects.filter(email=str(credentials.get("email", "")).lower()).first()
        log(request, person, outcome)


def log(request: HttpRequest, person: Person | None, outcome: str) -> None:
    """One row of the sign-in log for this request."""
    address = request.META.get("REMOTE_ADDR") or None
    agent = request.META.get("HTTP_USER_AGENT", "")
    services.log_sign_in(person=person, outcome=outcome, address=address, agent=agent)


def wrong_code(sender: Any, request: HttpRequest, user: Any, **more: Any) -> None:
    """allauth's word that a one-time code was wrong: the password was right, so it matters."""
    log(request, user, SignIn.Outcome.WRONG_CODE)
