"""A need and an offer on their way to an agreement, its two sides, and every step that was taken."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from rongqiao.common.models import Timestamped

from . import states, vocabulary
from .vocabulary import Answer, Form, Level, Mode

PERSON = settings.AUTH_USER_MODEL


class SideCode(models.TextChoices):
    """Which of the two."""

    NEED = "need", "需方"
    OFFER = "offer", "供方"


class Introduction(Timestamped):
    """对接 (E14): one need and one offer, once. The score and its version are those of the pairing when it began.

    `places` are held from 双向确认 on (see `postings`); `due_at` is until when an answer is awaited.
    """

    need = models.ForeignKey(
        "postings.Posting", models.CASCADE, related_name="introductions_as_need", verbose_name="需求"
    )
    offer = models.ForeignKey(
        "postings.Posting", models.CASCADE, related_name="introductions_as_offer", verbose_name="供给"
    )
    state = models.CharField("状态", max_length=12, choices=states.CHOICES, default="recommended")
    state_since = models.DateTimeField("进入状态时间")
    due_at = models.DateTimeField("答复截止", null=True, blank=True)
    places = models.PositiveIntegerField("名额", default=1)
    closed_by = models.CharField("关闭方", max_length=5, choices=SideCode.choices, blank=True, default="")
    reason = models.CharField("原因", max_length=16, choices=vocabulary.REASON_CHOICES, blank=True, default="")
    mutual = models.FloatField("互惠分", null=True, blank=True)
    weights_version = models.CharField("权重版本", max_length=20, blank=True, default="")
    statistics_version = models.CharField("统计快照", max_length=32, blank=True, default="")

    class Meta:
        verbose_name = "对接"
        constraints = [models.UniqueConstraint(fields=["need", "offer"], name="introduction_once")]
        indexes = [
            models.Index(fields=["due_at"], name="introduction_due", condition=Q(state="interested")),
            models.Index(fields=["offer", "state"], name="introduction_of_offer"),
            models.Index(fields=["need", "state"], name="introduction_of_need"),
        ]

    @property
    def is_agreed(self) -> bool:
        """Whether both have said yes and nobody has broken off since: contacts are open."""
        return self.state in states.AGREED

    def side(self, code: str) -> "Side":
        """One of the two sides, from what is loaded."""
        return next(side for side in self.sides.all() if side.code == code)


class Side(models.Model):
    """对接的一方: its organisation, who acts for it, and what it has said."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="sides", verbose_name="对接")
    code = models.CharField("哪一方", max_length=5, choices=SideCode.choices)
    organisation = models.ForeignKey("parties.Organisation", models.CASCADE, related_name="+", verbose_name="机构")
    answer = models.CharField("答复", max_length=10, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)
    answered_by = models.ForeignKey(
        PERSON, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="答复人"
    )
    seen_at = models.DateTimeField("查看时间", null=True, blank=True)

    class Meta:
        verbose_name = "对接方"
        constraints = [models.UniqueConstraint(fields=["introduction", "code"], name="side_once")]
        indexes = [models.Index(fields=["organisation", "introduction"], name="side_of_organisation")]

    @property
    def says_yes(self) -> bool:
        """Whether its yes stands."""
        return self.answer == Answer.INTERESTED

    @property
    def other_code(self) -> str:
        """The code of the side across."""
        return other(self.code)


def other(code: str) -> str:
    """The side across."""
    return SideCode.OFFER if code == SideCode.NEED else SideCode.NEED


class Passage(models.Model):
    """One step that was taken: a row of the funnel. Rows are only added; one that was undone says so."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="passages", verbose_name="对接")
    step = models.CharField("步骤", max_length=16)
    source = models.CharField("原状态", max_length=12, choices=states.CHOICES, blank=True)
    target = models.CharField("新状态", max_length=12, choices=states.CHOICES)
    side = models.CharField("哪一方", max_length=5, choices=SideCode.choices, blank=True, default="")
    organisation = models.ForeignKey(
        "parties.Organisation", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="机构"
    )
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="人员")
    at = models.DateTimeField("时间")
    via = models.CharField("途径", max_length=8, default="page")
    reason = models.CharField("原因", max_length=16, choices=vocabulary.REASON_CHOICES, blank=True, default="")
    comment = models.CharField("说明", max_length=500, blank=True, default="")
    mutual = models.FloatField("互惠分", null=True, blank=True)
    weights_version = models.CharField("权重版本", max_length=20, blank=True, default="")
    before = models.JSONField("之前", default=dict)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "对接步骤"
        indexes = [
            models.Index(fields=["introduction", "-id"], name="passage_latest"),
            models.Index(fields=["at", "target"], name="passage_funnel"),
        ]


class Episode(models.Model):
    """One time that a side was asked for an answer: what reputation is counted from. At most one reminder."""

    class Outcome(models.TextChoices):
        OPEN = "open", "等待"
        ANSWERED = "answered", "已答复"
        EXPIRED = "expired", "超时"
        WITHDRAWN = "withdrawn", "已撤回"

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="episodes", verbose_name="对接")
    organisation = models.ForeignKey(
        "parties.Organisation", models.CASCADE, related_name="+", verbose_name="被询问机构"
    )
    asked_at = models.DateTimeField("询问时间")
    reminded_at = models.DateTimeField("提醒时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = "征询"
        constraints = [
            models.UniqueConstraint(
                fields=["introduction"], name="one_episode_open", condition=Q(outcome="open")
            ),
        ]
        indexes = [models.Index(fields=["organisation", "asked_at"], name="episode_of_organisation")]


class Agreement(Timestamped):
    """签约: what both have put their names to (E15's words). One side puts it down, the other signs."""

    introduction = models.OneToOneField(
        Introduction, models.CASCADE, primary_key=True, related_name="agreement", verbose_name="对接"
    )
    title = models.CharField("名称", max_length=120)
    level = models.CharField("合作层次", max_length=12, choices=Level.choices)
    form = models.CharField("形式", max_length=20, choices=Form.choices)
    mode = models.CharField("科研合作模式", max_length=12, choices=Mode.choices, blank=True, default="")
    items = models.JSONField("合作事项", default=list)
    participation = models.JSONField("参与方式", default=list)
    starts_on = models.DateField("起", null=True, blank=True)
    ends_on = models.DateField("止", null=True, blank=True)
    summary = models.TextField("主要约定", blank=True, default="")
    number = models.UUIDField("编号", unique=True)

    class Meta:
        verbose_name = "签约记录"


class Signature(models.Model):
    """Who signed for a side, and when."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="signatures", verbose_name="签约记录")
    side = models.CharField("哪一方", max_length=5, choices=SideCode.choices)
    organisation_name = models.CharField("机构", max_length=200)
    signatory = models.CharField("签署人", max_length=60)
    position = models.CharField("职务", max_length=60, blank=True, default="")
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+", verbose_name="经办人")
    signed_at = models.DateTimeField("签署时间")

    class Meta:
        verbose_name = "签署"
        constraints = [models.UniqueConstraint(fields=["agreement", "side"], name="signature_once")]
