"""Pairings kept with the run that scored them (E13), and who was shown them."""

from django.db import models
from django.db.models import F


class Run(models.Model):
    """匹配运行: one posting looked for the other side, under these versions, at this time."""

    posting = models.ForeignKey("postings.Posting", models.CASCADE, related_name="runs", verbose_name="供求信息")
    algorithm = models.CharField("算法", max_length=20, default="互惠排序")
    weights_version = models.CharField("权重版本", max_length=20)
    statistics_version = models.CharField("统计快照", max_length=32)
    index_version = models.CharField("索引版本", max_length=80)
    day = models.DateField("计算日")
    snapshot_at = models.DateTimeField("快照时间")
    scored = models.PositiveIntegerField("评分数", default=0)

    class Meta:
        verbose_name = "匹配运行"
        indexes = [models.Index(fields=["posting", "-id"], name="run_latest")]


class Pairing(models.Model):
    """配对: one need and one offer, scored from both sides; one row whichever side looked.

    `for_need` and `for_offer` say in whose own list it stands; `need_facts` and `offer_facts` are what the
    scores were computed from, so that its bill can be made again at any time, to the byte.
    """

    need = models.ForeignKey(
        "postings.Posting", models.CASCADE, related_name="pairings_as_need", verbose_name="需求"
    )
    offer = models.ForeignKey(
        "postings.Posting", models.CASCADE, related_name="pairings_as_offer", verbose_name="供给"
    )
    offer_kind = models.CharField("供给类型", max_length=40)
    need_kind = models.CharField("需求类型", max_length=40)
    run = models.ForeignKey(Run, models.PROTECT, related_name="pairings", verbose_name="匹配运行")
    for_need = models.BooleanField("在需方名单")
    for_offer = models.BooleanField("在供方名单")
    forward = models.FloatField("需方看供方")
    reverse = models.FloatField("供方看需方")
    mutual = models.FloatField("互惠分")
    band = models.CharField("档次", max_length=10)
    need_facts = models.JSONField("需方事实")
    offer_facts = models.JSONField("供方事实")
    bill = models.JSONField("匹配账单", null=True)
    strongest = models.JSONField("最强理由", null=True)

    class Meta:
        verbose_name = "配对"
        constraints = [models.UniqueConstraint(fields=["need", "offer"], name="pairing_once")]
        indexes = [
            models.Index(F("need"), F("mutual").desc(), F("id"), name="pairing_of_need"),
            models.Index(F("offer"), F("mutual").desc(), F("id"), name="pairing_of_offer"),
        ]


class Exposure(models.Model):
    """曝光: who was shown which pairing, where, at which place, when. Learning reads it; nobody edits it."""

    pairing = models.ForeignKey(Pairing, models.SET_NULL, null=True, related_name="exposures", verbose_name="配对")
    need_id = models.BigIntegerField("需求")
    offer_id = models.BigIntegerField("供给")
    person_id = models.BigIntegerField("查看人")
    organisation_id = models.BigIntegerField("查看机构")
    place = models.CharField("位置", max_length=12)
    rank = models.PositiveSmallIntegerField("名次")
    mutual = models.FloatField("互惠分")
    weights_version = models.CharField("权重版本", max_length=20)
    shown_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = "曝光"
        indexes = [models.Index(fields=["need_id", "offer_id"], name="exposure_of_pair")]
