"""What is known of a file that was uploaded; its bytes lie in `store`."""

import uuid

from django.conf import settings
from django.db import models

from rongqiao.common.models import Timestamped

LONGEST_NAME = 120


class StoredFile(Timestamped):
    """附件: one file that was checked and kept. A removed one keeps its row, not its bytes."""

    uuid = models.UUIDField("公开编号", unique=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField("用途", max_length=40)
    organisation = models.ForeignKey(
        "parties.Organisation", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="机构"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="上传人",
    )
    name = models.CharField("文件名", max_length=LONGEST_NAME)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveBigIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)
    pages = models.PositiveIntegerField("页数", null=True, blank=True)
    width = models.PositiveIntegerField("宽（像素）", null=True, blank=True)
    height = models.PositiveIntegerField("高（像素）", null=True, blank=True)
    removed_at = models.DateTimeField("删除时间", null=True, blank=True)

    class Meta:
        verbose_name = "附件"
        indexes = [
            models.Index(
                fields=["purpose", "organisation"],
                name="files_in_use",
                condition=models.Q(removed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.name
