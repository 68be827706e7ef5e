"""The reviewers' queue."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rongqiao.common.models import Timestamped

from .vocabulary import Occasion, State


class Case(Timestamped):
    """审核事项: one thing that a reviewer decides on, and what they decided.

    The subject (an application or a posting) stands in its own room; a case holds its number. `before` and `after`
    are what the decision changed there, so that it can be undone while nothing has moved on.
    """

    occasion = models.CharField("事由", max_length=14, choices=Occasion.choices)
    subject_type = models.CharField("对象类型", max_length=12)
    subject_id = models.BigIntegerField("对象")
    organisation = models.ForeignKey(
        "parties.Organisation", models.CASCADE, related_name="+", verbose_name="机构"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField("进入队列")
    decided_at = models.DateTimeField("审结时间", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    reasons = models.JSONField("理由", default=list, blank=True)
    remark = models.CharField("意见", max_length=1_000, blank=True, default="")
    before = models.JSONField("决定前", default=dict, blank=True)
    after = models.JSONField("决定后", default=dict, blank=True)

    class Meta:
        verbose_name = "审核事项"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "occasion"], name="case_waiting_once", condition=Q(state="waiting")
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opened_at", "id"], name="case_queue"),
            models.Index(fields=["organisation", "-id"], name="case_of_organisation"),
            models.Index(fields=["subject_type", "subject_id"], name="case_of_subject"),
        ]
