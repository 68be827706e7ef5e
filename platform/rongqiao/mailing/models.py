"""Letters on their way, notices, one-time links, and the addresses that get nothing."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from rongqiao.common.language import both
from rongqiao.common.models import Timestamped


class State(models.TextChoices):
    """Where a letter is. It is sent when the mail server said so, and not before."""

    QUEUED = "queued", both("待发", "Queued")
    IN_FLIGHT = "in_flight", both("发送中", "In flight")
    AWAITING_RETRY = "awaiting_retry", both("等待重试", "Awaiting retry")
    SENT = "sent", both("已发出", "Sent")
    FAILED = "failed", both("未送达", "Failed")
    WITHHELD = "withheld", both("未发送", "Withheld")


WAITING = (State.QUEUED, State.IN_FLIGHT, State.AWAITING_RETRY)


class Letter(Timestamped):
    """信函: one letter to one address, as it was written when it was asked for.

    `due_at` is when somebody may take it: now, after the back-off, or, in flight, when the lease has run out.
    A letter that is sent again keeps its Message-ID, so that a mailbox can tell a repeat.
    """

    uuid = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("类型", max_length=40)
    to = models.CharField("收件地址", max_length=254, blank=True)
    language = models.CharField("语言", max_length=10)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="收件人"
    )
    organisation = models.ForeignKey(
        "parties.Organisation", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="机构"
    )
    message_id = models.CharField("Message-ID", max_length=320)
    subject = models.CharField("主题", max_length=300)
    text = models.TextField("文本", blank=True, default="")
    html = models.TextField("网页", blank=True, default="")
    unsubscribe = models.CharField("退订地址", max_length=500, blank=True, default="")
    secret = models.BooleanField("含密链接", default=False)
    bulk = models.BooleanField("批量", default=False)
    once = models.CharField("只发一次", max_length=120, blank=True, default="")
    state = models.CharField("状态", max_length=16, choices=State.choices, default=State.QUEUED)
    reason = models.CharField("原因", max_length=20, blank=True, default="")
    answer = models.CharField("最近答复", max_length=500, blank=True, default="")
    attempts = models.PositiveIntegerField("尝试次数", default=0)
    queued_at = models.DateTimeField("入队时间")
    due_at = models.DateTimeField("不早于")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)

    class Meta:
        verbose_name = "信函"
        constraints = [
            models.UniqueConstraint(fields=["once"], name="letter_once", condition=~Q(once="")),
        ]
        indexes = [
            models.Index(fields=["bulk", "due_at", "id"], name="letter_due", condition=Q(state__in=WAITING)),
            models.Index(fields=["state", "-id"], name="letter_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to}"


class Suppressed(models.Model):
    """An address that gets no letters any more: it bounced, or its owner said so."""

    address = models.CharField("地址", max_length=254, unique=True)
    reason = models.CharField("原因", max_length=200, blank=True, default="")
    created_at = models.DateTimeField("创建时间", auto_now_add=True)

    class Meta:
        verbose_name = "停发地址"

    def __str__(self) -> str:
        return self.address


class Bounce(models.Model):
    """退信: a letter that came back for good, or that its reader complained about; `status` as in RFC 3463."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="bounces", verbose_name="信函")
    address = models.CharField("地址", max_length=254)
    status = models.CharField("状态码", max_length=12)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "退信"
        constraints = [models.UniqueConstraint(fields=["letter", "status"], name="bounce_once")]
        indexes = [models.Index(fields=["address", "at"], name="bounce_of_address")]


class Notice(models.Model):
    """站内通知: the words of a letter, for a person who is signed in."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="收件人"
    )
    kind = models.CharField("类型", max_length=40)
    title = models.CharField("标题", max_length=300)
    lines = models.JSONField("正文", default=list)
    url = models.CharField("地址", max_length=500, blank=True, default="")
    created_at = models.DateTimeField("创建时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)

    class Meta:
        verbose_name = "站内通知"
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_own"),
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title


class Link(models.Model):
    """A link in a letter that lets its reader do one thing. Of its token only the SHA-256 is kept."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    purpose = models.CharField("用途", max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="人员"
    )
    email = models.CharField("邮箱", max_length=254, blank=True, default="")
    payload = models.JSONField("内容", default=dict)
    single_use = models.BooleanField("只用一次", default=True)
    created_at = models.DateTimeField("创建时间")
    expires_at = models.DateTimeField("到期时间")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)
    revoked_at = models.DateTimeField("作废时间", null=True, blank=True)

    class Meta:
        verbose_name = "链接"
        indexes = [models.Index(fields=["purpose", "person"], name="link_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"
