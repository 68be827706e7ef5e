"""People, and what they are in which organisation."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from rongqiao.common.capabilities import OPERATE
from rongqiao.common.language import both
from rongqiao.common.models import Timestamped

from .. import roles
from ..vocabulary import VERIFIED, VerifyStatus
from .organisations import Organisation, Unit

LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]


class PersonManager(BaseUserManager["Person"]):
    """People are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who can sign in; without a password, one who cannot yet."""
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person with every right in the administration."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """A person who signs in; what they may do comes from their memberships."""

    email = models.EmailField("邮箱", unique=True)
    name = models.CharField("姓名", max_length=60, blank=True, default="")
    language = models.CharField("语言", max_length=10, choices=LANGUAGES, default="zh-hans")
    is_active = models.BooleanField("可登录", default=True)
    is_staff = models.BooleanField("可进管理后台", default=False)
    date_joined = models.DateTimeField("注册时间", auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = PersonManager()

    class Meta:
        verbose_name = "人员"

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def active_memberships(self) -> "list[Membership]":
        """The person's memberships in force (one query, kept for the request)."""
        return list(self.memberships.filter(is_active=True).select_related("organisation"))

    def forget_memberships(self) -> None:
        """They have changed: read them again when next asked."""
        self.__dict__.pop("active_memberships", None)

    def can(self, capability: str) -> bool:
        """Whether any of the person's roles has the capability."""
        return any(capability in membership.capabilities for membership in self.active_memberships)

    def can_for(self, capability: str, organisation_id: int) -> bool:
        """Whether the person has the capability in this organisation; operators have it in all."""
        return any(
            capability in membership.capabilities
            and (membership.organisation_id == organisation_id or OPERATE in membership.capabilities)
            for membership in self.active_memberships
        )

    def organisation_ids(self) -> list[int]:
        """The organisations the person belongs to."""
        return [membership.organisation_id for membership in self.active_memberships]


class Membership(Timestamped):
    """A person's role in an organisation, perhaps within one unit. The data steward (数据专员, one for each
    organisation) is who keeps its information true."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name="人员")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name="机构"
    )
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, verbose_name="二级单位")
    role = models.CharField("角色", max_length=24, choices=roles.CHOICES)
    is_steward = models.BooleanField("数据专员", default=False)
    is_active = models.BooleanField("有效", default=True)

    class Meta:
        verbose_name = "成员"
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation", "role"], name="membership_once"),
            models.UniqueConstraint(
                fields=["organisation"], name="one_steward", condition=Q(is_steward=True, is_active=True)
            ),
        ]

    @property
    def capabilities(self) -> frozenset[str]:
        """What the role may do; nothing for a role that no longer exists, that waits for verification, or of a
        suspended organisation."""
        role, status = roles.ROLES.get(self.role), self.organisation.verify_status
        if role is None or status == VerifyStatus.SUSPENDED or (role.when_verified and status not in VERIFIED):
            return frozenset()
        return role.capabilities


class Invitation(Timestamped):
    """A place in an organisation, offered to an address. Its link is in the letter; here is what became of it."""

    class State(models.TextChoices):
        OPEN = "open", both("待接受", "Open")
        ACCEPTED = "accepted", both("已接受", "Accepted")
        REVOKED = "revoked", both("已撤回", "Revoked")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="invitations", verbose_name="机构"
    )
    email = models.EmailField("邮箱")
    role = models.CharField("角色", max_length=24, choices=roles.CHOICES)
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, verbose_name="二级单位")
    invited_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="invitations_sent", verbose_name="邀请人"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    expires_at = models.DateTimeField("有效期至")

    class Meta:
        verbose_name = "邀请"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "email", "role"], name="invitation_open_once", condition=Q(state="open")
            ),
        ]


class SignIn(models.Model):
    """登录记录: one attempt to sign in. One for an address without an account is kept too, without the address:
    it costs the same, so that nobody can tell by the time whether there is an account."""

    class Outcome(models.TextChoices):
        DONE = "done", both("成功", "Signed in")
        WRONG_PASSWORD = "wrong_password", both("密码不对", "Wrong password")
        LOCKED = "locked", both("尝试过多，已暂停", "Too many attempts")
        WRONG_CODE = "wrong_code", both("动态码不对", "Wrong one-time code")

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="sign_ins", verbose_name="人员"
    )
    at = models.DateTimeField("时间")
    outcome = models.CharField("结果", max_length=16, choices=Outcome.choices)
    address = models.GenericIPAddressField("网络地址", null=True)
    agent = models.CharField("浏览器", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = "登录记录"
        indexes = [models.Index(fields=["person", "-id"], name="sign_in_of_person")]


class Consent(models.Model):
    """That a person agreed to a version of a notice (个人信息保护法 第十四条), and when."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents", verbose_name="人员")
    document = models.CharField("文件", max_length=20)
    version = models.CharField("版本", max_length=20)
    language = models.CharField("语言", max_length=10)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "同意记录"
        constraints = [models.UniqueConstraint(fields=["person", "document", "version"], name="consent_once")]
