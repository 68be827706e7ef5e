"""Why an organisation may be believed: what it handed in, the tags it earned, the flags others raised."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rongqiao.common import clock
from rongqiao.common.language import both
from rongqiao.common.models import Timestamped

from ..vocabulary import CreditFlagKind, PriorityKind
from .organisations import Organisation


class Application(Timestamped):
    """What a person hands in for an organisation to be verified or claimed, with its evidence, and the answer."""

    class Purpose(models.TextChoices):
        VERIFICATION = "verification", both("核验", "Verification")
        CLAIM = "claim", both("认领", "Claim")

    class State(models.TextChoices):
        WAITING = "waiting", both("待审", "Waiting")
        APPROVED = "approved", both("已通过", "Approved")
        DECLINED = "declined", both("未通过", "Declined")
        WITHDRAWN = "withdrawn", both("已撤回", "Withdrawn")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="applications", verbose_name="机构"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="applications", verbose_name="申请人"
    )
    purpose = models.CharField("事项", max_length=14, choices=Purpose.choices)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    note = models.CharField("说明", max_length=1_000, blank=True, default="")
    evidence = models.JSONField("材料", default=list, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField("审结时间", null=True, blank=True)
    reasons = models.JSONField("理由", default=list, blank=True)
    remark = models.CharField("意见", max_length=1_000, blank=True, default="")

    class Meta:
        verbose_name = "申请"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person", "purpose"], name="application_open_once", condition=Q(state="waiting")
            ),
        ]


class PriorityTag(Timestamped):
    """优先标签 (HN 第八条（一）): a proven standing of an enterprise, until a date. Shown, and capped in lists."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="priority_tags", verbose_name="机构"
    )
    kind = models.CharField("标签", max_length=20, choices=PriorityKind.choices)
    proof = models.CharField("凭证", max_length=300)
    evidence = models.JSONField("材料", default=list, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="认定人"
    )
    expires_on = models.DateField("有效期至")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "优先标签"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="tag_in_force_once", condition=Q(revoked_at=None)
            ),
        ]

    @property
    def in_force(self) -> bool:
        """Whether it counts today."""
        return self.revoked_at is None and self.expires_on >= clock.today()


class CreditFlag(Timestamped):
    """信用记录 (95 号文 三（十二）): an entry with its source and date. It takes the priority away, not the search."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="credit_flags", verbose_name="机构"
    )
    kind = models.CharField("类型", max_length=24, choices=CreditFlagKind.choices)
    source = models.CharField("来源", max_length=200)
    dated = models.DateField("记录日期")
    note = models.CharField("说明", max_length=500, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="登记人"
    )
    cleared_at = models.DateTimeField("消除时间", null=True, blank=True)
    cleared_reason = models.CharField("消除依据", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "信用记录"

    @property
    def stands(self) -> bool:
        """Whether it has not been cleared."""
        return self.cleared_at is None
