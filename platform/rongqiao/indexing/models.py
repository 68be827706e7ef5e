"""What the index is made of, in the database: distinct contents with their analysis, and the facts of what is open."""

from django.db import models


class Content(models.Model):
    """What a posting says, once for all postings that say the same, with what analysis made of it.

    Never changed after it was written, so that a stored pairing can be recomputed and caches cannot be stale.
    """

    digest = models.CharField("摘要", max_length=64)
    encoder = models.CharField("编码器", max_length=40, blank=True, default="")
    kind = models.CharField("类型", max_length=40)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    majors = models.JSONField("专业代码", default=list)
    occupations = models.JSONField("职业代码", default=list)
    skills = models.JSONField("技能", default=list)
    certificates = models.JSONField("证书", default=list)
    terms = models.BinaryField("词项")
    vector = models.BinaryField("向量", null=True)

    class Meta:
        verbose_name = "内容"
        constraints = [models.UniqueConstraint(fields=["digest", "encoder"], name="content_once")]
        indexes = [models.Index(fields=["kind"], name="content_kind")]


class Indexed(models.Model):
    """The facts of one open posting as the index holds them: who, where, how many, when.

    Written together with the search index; matching reads its candidates' facts here in one query.
    """

    posting_id = models.BigIntegerField("信息编号", primary_key=True)
    kind = models.CharField("类型", max_length=40)
    content = models.ForeignKey(Content, models.PROTECT, related_name="indexed", verbose_name="内容")
    version = models.PositiveIntegerField("版本")
    checksum = models.BigIntegerField("校验和")
    organisation_id = models.BigIntegerField("机构")
    industry = models.CharField("行业", max_length=8, blank=True, default="")
    level = models.PositiveSmallIntegerField("层次", null=True)
    latitude = models.FloatField("纬度", null=True)
    longitude = models.FloatField("经度", null=True)
    capacity = models.PositiveIntegerField("名额", null=True)
    confirmed_day = models.PositiveIntegerField("最近确认（公历日序数）")
    recommendable = models.BooleanField("参与推荐", default=True)

    class Meta:
        verbose_name = "索引条目"
        # Matching reads thousands of these rows for each posting: the index holds all it reads, in its order.
        indexes = [
            models.Index(
                fields=["kind", "content", "posting_id", "organisation_id", "industry", "level", "latitude",
                        "longitude", "capacity", "confirmed_day", "recommendable"],
                name="indexed_by_content",
            )
        ]  # fmt: skip


class StatisticsSnapshot(models.Model):
    """How rare each term and skill is: the fixed numbers that scores refer to. Kept as long as pairings name it."""

    version = models.CharField("版本", max_length=32, unique=True)
    taken_at = models.DateTimeField("时间", auto_now_add=True)
    contents = models.PositiveIntegerField("内容数")
    data = models.BinaryField("数据")

    class Meta:
        verbose_name = "统计快照"


class IndexRun(models.Model):
    """A rebuild, a migration or a reconciliation, with its progress: whoever holds the index does it."""

    ACTIONS = [("rebuild", "重建"), ("migrate", "迁移"), ("check", "对账"), ("fix", "对账并修复")]
    STATES = [("waiting", "等待"), ("running", "进行中"), ("done", "完成"), ("failed", "失败"), ("cancelled", "取消")]

    action = models.CharField("动作", max_length=8, choices=ACTIONS)
    force = models.BooleanField("强制", default=False)
    state = models.CharField("状态", max_length=10, choices=STATES, default="waiting")
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("总数", default=0)
    result = models.JSONField("结果", default=dict)
    cancel_asked = models.BooleanField("请求取消", default=False)
    asked_at = models.DateTimeField("请求时间", auto_now_add=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "索引任务"
