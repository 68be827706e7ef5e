"""What people want to be told, what they were told, and why sometimes nothing."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rongqiao.common.language import both
from rongqiao.common.models import Timestamped
from rongqiao.parties.models.people import LANGUAGES

from .timing import Rhythm


class Preference(Timestamped):
    """摘要设置: what somebody wants to be told of one kind, how often, and when the next digest is due.

    `minute` is of the day, in the region's time; `weekday` 0 is Monday. `own` gives single organisations or kept
    searches a rhythm of their own: {"12": "off"}. `most` is the attention budget: so many items a week.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_preferences", verbose_name="用户"
    )
    kind = models.CharField("类型", max_length=20)
    rhythm = models.CharField("频率", max_length=8, choices=Rhythm.choices, default=Rhythm.WEEKLY)
    minute = models.PositiveSmallIntegerField("时刻（分钟）")
    weekday = models.PositiveSmallIntegerField("星期", default=0)
    language = models.CharField("语言", max_length=10, choices=LANGUAGES, default="zh-hans")
    most = models.PositiveSmallIntegerField("每周最多条数", default=10)
    own = models.JSONField("单独设置", default=dict, blank=True)
    due_at = models.DateTimeField("下次时间", null=True, blank=True)
    told_at = models.DateTimeField("上次发出", null=True, blank=True)

    class Meta:
        verbose_name = "摘要设置"
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="digest_preference_once")]
        indexes = [models.Index(fields=["due_at", "id"], name="digest_due", condition=Q(due_at__isnull=False))]

    def rhythm_of(self, subject_id: int) -> str:
        """How often one of its organisations or searches is told of."""
        return str(self.own.get(str(subject_id), self.rhythm))

    @property
    def rhythms(self) -> set[str]:
        """Every rhythm that is in use."""
        return {self.rhythm, *self.own.values()}


class Digest(models.Model):
    """摘要: what somebody was told at one moment that was due, or the reason why nothing was sent.

    `body` is what was composed, in the words of its language; links are not in it. `told` counts what the budget counts.
    """

    class Outcome(models.TextChoices):
        SENT = "sent", both("已发出", "Sent")
        NOTHING = "nothing", both("未发送", "Nothing sent")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", verbose_name="用户"
    )
    kind = models.CharField("类型", max_length=20)
    planned_at = models.DateTimeField("预定时间")
    composed_at = models.DateTimeField("生成时间")
    language = models.CharField("语言", max_length=10)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices)
    reason = models.CharField("原因", max_length=20, blank=True, default="")
    subject = models.CharField("标题", max_length=300, blank=True, default="")
    body = models.JSONField("内容", default=dict)
    told = models.PositiveSmallIntegerField("条数", default=0)
    counted = models.BooleanField("已计入推荐", default=False)
    letter = models.ForeignKey(
        "mailing.Letter", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="信函"
    )

    class Meta:
        verbose_name = "摘要"
        constraints = [models.UniqueConstraint(fields=["person", "kind", "planned_at"], name="digest_once")]
        indexes = [models.Index(fields=["person", "-id"], name="digest_own")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class Item(models.Model):
    """摘要条目: one pairing that somebody was told of, at which place, with the scores it had then."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="items", verbose_name="摘要")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="用户")
    organisation_id = models.BigIntegerField("所属机构")
    need_id = models.BigIntegerField("需求")
    offer_id = models.BigIntegerField("供给")
    position = models.PositiveSmallIntegerField("位置")
    mutual = models.FloatField("互惠分")
    band = models.CharField("档次", max_length=10)

    class Meta:
        verbose_name = "摘要条目"
        indexes = [models.Index(fields=["person", "need_id", "offer_id"], name="digest_item_of_pair")]


class Group(Timestamped):
    """摘要群: a group chat that somebody's digest is posted to as well. `key` and `secret` are its robot's."""

    preference = models.OneToOneField(Preference, models.CASCADE, related_name="group", verbose_name="摘要设置")
    chat = models.CharField("群聊", max_length=12)
    name = models.CharField("名称", max_length=60)
    key = models.CharField("密钥", max_length=100)
    secret = models.CharField("加签密钥", max_length=100, blank=True, default="")

    class Meta:
        verbose_name = "摘要群"

    def __str__(self) -> str:
        return f"{self.chat}: {self.name}"


class Post(models.Model):
    """群消息: one digest on its way to one group. `due_at` is when somebody may take it; while it is being posted, when
    the lease has run out."""

    class State(models.TextChoices):
        WAITING = "waiting", both("待发", "Waiting")
        SENT = "sent", both("已发出", "Sent")
        FAILED = "failed", both("未送达", "Failed")

    group = models.ForeignKey(Group, models.CASCADE, related_name="posts", verbose_name="摘要群")
    digest = models.ForeignKey(Digest, models.CASCADE, related_name="posts", verbose_name="摘要")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    answer = models.CharField("最近答复", max_length=300, blank=True, default="")
    due_at = models.DateTimeField("不早于")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)

    class Meta:
        verbose_name = "群消息"
        constraints = [models.UniqueConstraint(fields=["group", "digest"], name="post_once")]
        indexes = [models.Index(fields=["due_at", "id"], name="post_due", condition=Q(state="waiting"))]
