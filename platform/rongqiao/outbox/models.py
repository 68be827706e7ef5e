"""What happened and has not been told to the others yet."""

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One thing for one consumer to look at again.

    Rows are only ever added and deleted: the row's presence is the retry, and it goes when the effect is known.
    It carries an id and nothing else, because the consumer reads the record as it is then.
    """

    consumer = models.CharField("消费者", max_length=40)
    object_id = models.BigIntegerField("对象")
    bulk = models.BooleanField("批量", default=False)
    recorded_at = models.DateTimeField("记录时间", auto_now_add=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    not_before = models.DateTimeField("不早于", null=True)
    error = models.TextField("最近错误", blank=True, default="")
    set_aside_at = models.DateTimeField("搁置时间", null=True)

    class Meta:
        verbose_name = "待办事件"
        indexes = [
            models.Index(
                fields=["consumer", "bulk", "id"], name="outbox_waiting", condition=Q(set_aside_at__isnull=True)
            ),
        ]


class Chore(models.Model):
    """When something that is done by the clock was last done."""

    name = models.CharField("名称", max_length=60, primary_key=True)
    last_done = models.DateTimeField("上次时间")

    class Meta:
        verbose_name = "定时事务"
