"""What the links in letters about accounts do: accept an invitation, set a new password, confirm an address."""

from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from rongqiao.common.language import Bilingual, both
from rongqiao.mailing.content import Action, Content, Facts, Item, Items, Paragraph
from rongqiao.mailing.links import LinkPurpose, gone, register
from rongqiao.mailing.models import Link

from . import selectors, services
from .models import Invitation, Person
from .roles import ROLES
from .services.accounts import RESET
from .services.people import INVITATION

CONFIRMATION = "email_confirmation"
B = Bilingual


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(label=both("新密码", "New password"), widget=forms.PasswordInput, max_length=128)
    again = forms.CharField(label=both("再输一次", "Once more"), widget=forms.PasswordInput, max_length=128)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password and password != cleaned.get("again"):
            raise ValidationError({"again": str(B("两次输入的密码不一样", "The two passwords differ"))})
        if password:
            try:
                validate_password(password)
            except ValidationError as error:
                raise ValidationError({"password": error.messages}) from error
        return cleaned


class JoiningForm(NewPasswordForm):
    """What an invitation asks of somebody new."""

    name = forms.CharField(label=both("姓名", "Name"), max_length=60)
    consent = forms.BooleanField(
        label=both("我已阅读并同意隐私声明", "I have read the privacy notice and agree")
    )
    field_order = ["name", "password", "again", "consent"]


def invitation_form(link: Link) -> type[forms.Form] | None:
    """Somebody known is asked nothing, somebody new for name and password; so is whom nobody but a form has seen:
    an account may have been made in their name by somebody who cannot read their mail."""
    person = Person.objects.filter(email=link.email).first()
    return None if person and selectors.has_proved_address(person) else JoiningForm


def _invitation_of(link: Link) -> Invitation:
    found = Invitation.objects.select_related("organisation").filter(pk=link.payload["invitation"]).first()
    if found is None or found.state != Invitation.State.OPEN:
        raise gone()
    return found


def describe_invitation(link: Link) -> Content:
    """Who invites, where, as what."""
    invitation = _invitation_of(link)
    role = ROLES[invitation.role]
    rows = [
        (B("机构", "Organisation"), invitation.organisation.name),
        (B("角色", "Role"), B(role.zh, role.en)),
        (B("邮箱", "Address"), invitation.email),
    ]
    notice = Items([Item(B("隐私声明", "Privacy notice"), url="/privacy")])
    asked = () if invitation_form(link) is None else (notice,)
    return Content(B("接受邀请", "Accept the invitation"), (Facts(rows), *asked))


def accept_invitation(link: Link, cleaned: Mapping[str, Any], request: HttpRequest) -> Content:
    """Join the organisation; somebody new gets an account."""
    invitation = _invitation_of(link)
    person = Person.objects.filter(email=link.email).first()
    if person is not None and not selectors.has_proved_address(person):
        services.take_over(person=person, name=cleaned["name"], password=cleaned["password"])
    services.accept_invitation(
        invitation_id=invitation.pk, name=cleaned.get("name", ""), password=cleaned.get("password", ""),
        language=getattr(request, "LANGUAGE_CODE", "zh-hans"),
    )  # fmt: skip
    confirm(link.email)
    return Content(
        B("已加入 {name}", "You have joined {name}").format(name=invitation.organisation.name),
        (Paragraph(B("现在可以用这个邮箱登录。", "You can sign in with this address now.")), Action(B("去登录", "Sign in"), "/")),
    )


def describe_reset(link: Link) -> Content:
    """Whose password is set."""
    return Content(B("设置新密码", "Set a new password"), (Facts([(B("账号", "Account"), link.email)]),))


def set_password(link: Link, cleaned: Mapping[str, Any], request: HttpRequest) -> Content:
    """Set the password and sign out everywhere. Whoever reads the address's mail has shown that it is theirs."""
    person = Person.objects.filter(email=link.email, is_active=True).first()
    if person is None or person.pk != link.person_id:
        raise gone()
    services.reset_password(person=person, password=cleaned["password"])
    confirm(link.email)
    return Content(
        B("密码已更改", "The password was changed"),
        (
            Paragraph(B("所有设备都已退出，请用新密码登录。", "Every device was signed out: sign in with the new password.")),
            Action(B("去登录", "Sign in"), "/"),
        ),
    )


def describe_confirmation(link: Link) -> Content:
    """Which address is confirmed."""
    return Content(B("确认邮箱", "Confirm the address"), (Facts([(B("邮箱", "Address"), link.email)]),))


def confirm_address(link: Link, cleaned: Mapping[str, Any], request: HttpRequest) -> Content:
    """The address is theirs."""
    confirm(link.email)
    return Content(B("邮箱已确认", "The address is confirmed"), (Action(B("去登录", "Sign in"), "/"),))


def confirm(email: str) -> None:
    """Keep that the person reads this address's mail."""
    person = Person.objects.filter(email=email).first()
    if person is not None:
        EmailAddress.objects.update_or_create(
            user=person, email=email, defaults={"verified": True, "primary": True}
        )


def register_all() -> None:
    """Make the purposes known to the mail room."""
    accept, choose, agree = both("接受邀请", "Accept"), both("设置新密码", "Set the password"), both("确认", "Confirm")
    register(LinkPurpose(INVITATION, describe_invitation, invitation_form, accept_invitation, accept))
    register(LinkPurpose(RESET, describe_reset, lambda link: NewPasswordForm, set_password, choose))
    register(LinkPurpose(CONFIRMATION, describe_confirmation, None, confirm_address, agree))
