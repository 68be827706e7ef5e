"""What was brought in at once, and what was wrong with it."""

from django.db import models

from rongqiao.common.models import Timestamped


class State(models.TextChoices):
    """批次状态."""

    UPLOADED = "uploaded", "已上传"
    MAPPED = "mapped", "已对应列"
    RUNNING = "running", "导入中"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"
    UNDOING = "undoing", "撤销中"
    UNDONE = "undone", "已撤销"
    FAILED = "failed", "失败"


class Doubtful(models.TextChoices):
    """What to do with a row that has a doubtful cell: leave out the cell, or the row."""

    SKIP_CELL = "skip_cell", "略去存疑的单元格"
    REFUSE_ROW = "refuse_row", "不导入有存疑单元格的行"


class Batch(Timestamped):
    """导入批次: one table on its way to becoming postings. Without an organisation it is the operator's."""

    organisation = models.ForeignKey(
        "parties.Organisation", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="机构"
    )
    by = models.ForeignKey(
        "parties.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="导入人"
    )
    kind = models.CharField("类型", max_length=40)
    file_name = models.CharField("文件名", max_length=200)
    label = models.CharField("来源", max_length=40)
    stored = models.CharField("存放名", max_length=64, blank=True, default="")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.UPLOADED)
    header = models.JSONField("表头", default=list)
    samples = models.JSONField("每列样例", default=list)
    notes = models.JSONField("读取说明", default=dict)
    mapping = models.JSONField("列对应", default=dict)
    doubtful = models.CharField(
        "存疑处理", max_length=12, choices=Doubtful.choices, default=Doubtful.REFUSE_ROW
    )
    total = models.PositiveIntegerField("总行数", default=0)
    done = models.PositiveIntegerField("已处理", default=0)
    position = models.PositiveBigIntegerField("已读到", default=0)
    new = models.PositiveIntegerField("新增", default=0)
    updated = models.PositiveIntegerField("更新", default=0)
    unchanged = models.PositiveIntegerField("未变", default=0)
    refused = models.PositiveIntegerField("未导入", default=0)
    warnings = models.PositiveIntegerField("存疑单元格", default=0)
    taken_back = models.PositiveIntegerField("已撤回", default=0)
    cancel_asked = models.BooleanField("要求取消", default=False)
    failure = models.CharField("失败原因", max_length=40, blank=True, default="")

    class Meta:
        verbose_name = "导入批次"
        indexes = [models.Index(fields=["organisation", "-id"], name="batch_own")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.label})"

    @property
    def source(self) -> str:
        """What its postings carry as their source: nobody else's import can reach the same keys."""
        return f"{self.owner}/{self.kind}/{self.label}"

    @property
    def owner(self) -> str:
        """Whose import it is, as the first part of every source."""
        return f"org-{self.organisation_id}" if self.organisation_id else "platform"


class RowError(models.Model):
    """One thing wrong with one row: which column, the value as it stood (shortened), a code with its words.

    `refused` tells an error that kept the row out from a doubtful cell that was left out of it.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="row_errors", verbose_name="批次")
    row = models.PositiveIntegerField("行号")
    column = models.CharField("列", max_length=100, blank=True, default="")
    target = models.CharField("字段", max_length=80, blank=True, default="")
    value = models.CharField("值", max_length=80, blank=True, default="")
    code = models.CharField("代码", max_length=40)
    hint = models.CharField("提示", max_length=80, blank=True, default="")
    refused = models.BooleanField("未导入该行", default=True)

    class Meta:
        verbose_name = "行错误"
        indexes = [models.Index(fields=["batch", "row", "id"], name="row_error_order")]
