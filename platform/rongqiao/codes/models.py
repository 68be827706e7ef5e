"""Code tables in the database: one row for every code ever in force, old ones with their successor."""

from django.db import models

from rongqiao.common.models import Timestamped


class System(models.TextChoices):
    """The tables, by the name that the API uses."""

    REGION = "region", "行政区划"
    INDUSTRY = "industry", "国民经济行业"
    OCCUPATION = "occupation", "职业"
    MAJOR = "major", "专业"
    CERTIFICATE = "certificate", "证书"
    FIELD = "field", "急需紧缺领域"
    SKILL = "skill", "技能与工具"


class CodeEntry(Timestamped):
    """代码: `spellings` holds other ways to write the name, lower case, each after a bar (|k8s|kubernetes|).

    A retired code stays: `valid_until` says since which year it is no longer issued ("" while in force),
    `replaced_by` which code took it over.
    """

    system = models.CharField("代码表", max_length=16, choices=System.choices)
    edition = models.CharField("标准与版本", max_length=160)
    code = models.CharField("代码", max_length=16)
    name = models.CharField("名称", max_length=120)
    english = models.CharField("英文名称", max_length=120, blank=True, default="")
    level = models.CharField("层级", max_length=40, blank=True, default="")
    parent = models.CharField("上级代码", max_length=16, blank=True, default="")
    path = models.CharField("上级名称", max_length=200, blank=True, default="")
    valid_from = models.CharField("启用", max_length=10, blank=True, default="")
    valid_until = models.CharField("停用", max_length=10, blank=True, default="")
    replaced_by = models.CharField("现代码", max_length=16, blank=True, default="")
    pinyin = models.CharField("拼音", max_length=600, blank=True, default="")
    initials = models.CharField("拼音首字母", max_length=120, blank=True, default="")
    spellings = models.TextField("其他写法", blank=True, default="")
    lat = models.FloatField("纬度", null=True, blank=True)
    lng = models.FloatField("经度", null=True, blank=True)

    class Meta:
        verbose_name = "代码"
        verbose_name_plural = "代码"
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="one_entry_per_code")]
        indexes = [
            models.Index(fields=["system", "parent", "code"], name="codes_children"),
            models.Index(fields=["system", "initials"], name="codes_initials"),
        ]
