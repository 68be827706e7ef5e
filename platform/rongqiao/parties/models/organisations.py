"""Organisations with their profiles and units."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rongqiao.common.models import Timestamped

from ..vocabulary import EnterpriseSize, PartyType, SchoolLevel, SchoolNature, UnitType, VerifyStatus


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
    verified_at = models.DateTimeField("核验时间", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="核验人"
    )
    verify_reason = models.CharField("核验依据", max_length=300, blank=True, default="")
    trusted_at = models.DateTimeField("免审起始", null=True, blank=True)
    claimable = models.BooleanField("可认领", default=False)
    source = models.CharField("来源", max_length=80, blank=True, default="")
    source_key = models.CharField("来源编号", max_length=120, blank=True, default="")
    last_confirmed_at = models.DateTimeField("最近确认", null=True, blank=True)
    recommendations_on = models.BooleanField("参与推荐", default=True)
    resting_since = models.DateTimeField("推荐暂停起始", null=True, blank=True)

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

    @property
    def is_recommended(self) -> bool:
        """Whether it takes part in recommendations: its own switch is on, and it has not let too many wait."""
        return self.recommendations_on and self.resting_since is None

    @property
    def is_trusted(self) -> bool:
        """Whether its postings pass by themselves and are sampled afterwards."""
        return self.trusted_at is not None


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
