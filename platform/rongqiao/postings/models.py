"""What they need and offer: one id space, one base; what differs between kinds stands in `details`."""

from django.db import models
from django.db.models import Q

from rongqiao.common.models import Timestamped

from . import kinds, life_cycle
from .kind import Kind


class Posting(Timestamped):
    """供求信息: a need or an offer. `version` counts changes: it locks edits and orders index writes."""

    kind = models.CharField("类型", max_length=40)
    organisation = models.ForeignKey(
        "parties.Organisation", models.CASCADE, related_name="postings", verbose_name="机构"
    )
    unit = models.ForeignKey(
        "parties.Unit", models.SET_NULL, null=True, blank=True, related_name="postings", verbose_name="二级单位"
    )
    title = models.CharField("标题", max_length=200)
    description = models.TextField("描述", blank=True, default="")
    details = models.JSONField("详情", default=dict, blank=True)
    region_code = models.CharField("行政区划代码", max_length=12, blank=True, default="")
    contact_name = models.CharField("联系人", max_length=60, blank=True, default="")
    contact_phone = models.CharField("联系电话", max_length=40, blank=True, default="")
    contact_email = models.EmailField("联系邮箱", blank=True, default="")
    status = models.CharField("状态", max_length=12, choices=life_cycle.CHOICES, default="draft")
    version = models.PositiveIntegerField("版本", default=1)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    confirmed_on = models.DateField("最近确认", null=True, blank=True)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    asked_on = models.DateField("询问是否有效", null=True, blank=True)
    created_by = models.ForeignKey(
        "parties.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="创建人"
    )
    source = models.CharField("来源", max_length=80, blank=True, default="")
    source_key = models.CharField("来源编号", max_length=120, blank=True, default="")
    batch_id = models.BigIntegerField("导入批次", null=True, blank=True)
    taken_back = models.BooleanField("随批次撤销", default=False)
    taken = models.PositiveIntegerField("已占名额", default=0, db_default=0)

    class Meta:
        verbose_name = "供求信息"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_key"], name="posting_once_per_source", condition=~Q(source_key="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "status"], name="posting_own"),
            # In the order of the public lists, with what these look at: neither sorted nor joined to be counted.
            models.Index(fields=["-published_at", "-id", "status", "organisation"], name="posting_newest"),
            models.Index(fields=["kind", "-published_at", "-id", "status", "organisation"], name="posting_latest"),
            models.Index(fields=["batch_id"], name="posting_batch", condition=Q(batch_id__isnull=False)),
            models.Index(fields=["expires_on"], name="posting_expiry", condition=Q(expires_on__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_of(self) -> Kind:
        """The posting's kind; KeyError when its module is gone."""
        return kinds.of(self.kind)

    @property
    def is_open(self) -> bool:
        """Whether the index holds it and it is paired."""
        return self.status in life_cycle.OPEN

    @property
    def places_left(self) -> int | None:
        """How many of its places nobody holds yet; None when it does not count places."""
        places = self.kind_of.capacity(self.details)
        return None if places is None else max(places - self.taken, 0)
