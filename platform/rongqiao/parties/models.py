"""Who: organisations with their profiles and units, people, memberships."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from rongqiao.common.capabilities import OPERATE
from rongqiao.common.models import Timestamped

from . import roles
from .vocabulary import EnterpriseSize, PartyType, SchoolLevel, SchoolNature, UnitType, VerifyStatus


class Organisation(Timestamped):
    """机构 (E01): any party. What an import knows of an employer is already one, unverified and claimable."""

    name = models.CharField("名称", max_length=200)
    pinyin = models.CharField("拼音", max_length=600, blank=True, default="")
    initials = models.CharField("拼音首字母", max_length=200, blank=True, default="")
    uscc = models.CharField("统一社会信用代码", max_length=18, null=True, blank=True, unique=True)
    party_type = models.CharField("主体类型", max_length=24, choices=PartyType.choices)
    region_code = models.CharField("行政区划代码", max_length=12, blank=True, default="")
    address = models.CharField("地址", max_length=300, blank=True, default="")
    latitude = models.FloatField("纬度", null=True, blank=True)
    longitude = models.FloatField("经度", null=True, blank=True)
    introduction = models.TextField("简介", blank=True, default="")
    contact_name = models.CharField("联系人", max_length=60, blank=True, default="")
    contact_phone = models.CharField("联系电话", max_length=40, blank=True, default="")
    contact_email = models.EmailField("联系邮箱", blank=True, default="")
    verify_status = models.CharField(
        "核验状态", max_length=12, choices=VerifyStatus.choices, default=VerifyStatus.UNVERIFIED
    )
    claimable = models.BooleanField("可认领", default=False)
    source = models.CharField("来源", max_length=80, blank=True, default="")
    source_key = models.CharField("来源编号", max_length=120, blank=True, default="")
    last_confirmed_at = models.DateTimeField("最近确认", null=True, blank=True)
    recommendations_on = models.BooleanField("参与推荐", default=True)

    class Meta:
        verbose_name = "机构"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"], name="organisation_once_per_source", condition=~Q(source_key="")
            ),
        ]
        indexes = [models.Index(fields=["name"], name="organisation_name")]

    def __str__(self) -> str:
        return self.name


class EnterpriseProfile(models.Model):
    """企业画像 (E02)."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, primary_key=True, related_name="enterprise", verbose_name="机构"
    )
    industry_code = models.CharField("国民经济行业分类", max_length=8, blank=True, default="")
    chain_nodes = models.JSONField("产业链节点", default=list, blank=True)
    staff_total = models.PositiveIntegerField("在岗职工总数", null=True, blank=True)
    size = models.CharField("规模", max_length=8, choices=EnterpriseSize.choices, blank=True, default="")
    mentors = models.PositiveIntegerField("企业师傅数", null=True, blank=True)
    frontline_training_ratio = models.DecimalField(
        "一线职工培训经费占比", max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "企业画像"


class InstitutionProfile(models.Model):
    """院校画像 (E03)."""

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, primary_key=True, related_name="institution", verbose_name="机构"
    )
    school_code = models.CharField("学校标识码", max_length=10, blank=True, default="", db_index=True)
    level = models.CharField("办学层次", max_length=20, choices=SchoolLevel.choices, blank=True, default="")
    nature = models.CharField("办学性质", max_length=8, choices=SchoolNature.choices, blank=True, default="")
    department = models.CharField("主管部门", max_length=60, blank=True, default="")
    enrolment = models.PositiveIntegerField("在校生数", null=True, blank=True)
    full_time_teachers = models.PositiveIntegerField("专任教师数", null=True, blank=True)
    double_qualified = models.PositiveIntegerField("双师型教师数", null=True, blank=True)
    practice_fund = models.DecimalField(
        "实践教学经费（万元）", max_digits=12, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = "院校画像"


class Unit(Timestamped):
    """院校二级单位 (E03), such as a 现代产业学院 with its partners."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="units", verbose_name="机构")
    name = models.CharField("名称", max_length=120)
    unit_type = models.CharField("类型", max_length=20, choices=UnitType.choices, default=UnitType.SCHOOL)
    partners = models.JSONField("合作方", default=list, blank=True)

    class Meta:
        verbose_name = "二级单位"
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="unit_name_once")]

    def __str__(self) -> str:
        return self.name


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
        return list(self.memberships.filter(is_active=True))

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
    """A person's role in an organisation, perhaps within one unit."""

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
        ]

    @property
    def capabilities(self) -> frozenset[str]:
        """What the role may do; nothing for a role that no longer exists."""
        role = roles.ROLES.get(self.role)
        return role.capabilities if role else frozenset()
