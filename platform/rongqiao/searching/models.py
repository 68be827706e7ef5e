"""Searches that somebody keeps, to be told what is new."""

from django.conf import settings
from django.db import models

from rongqiao.common.models import Timestamped


class SavedSearch(Timestamped):
    """收藏的检索: a person's words and filters under a name of their own.

    `filters` are a request's, without page and order. New is what was published after `seen_at`; `told_at` is for who
    sends letters about it.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name="用户"
    )
    name = models.CharField("名称", max_length=60)
    words = models.CharField("关键词", max_length=2_000, blank=True, default="")
    filters = models.JSONField("筛选条件", default=dict, blank=True)
    seen_at = models.DateTimeField("上次查看")
    told_at = models.DateTimeField("上次提醒", null=True, blank=True)

    class Meta:
        verbose_name = "收藏的检索"
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="saved_search_name_once")]

    def __str__(self) -> str:
        return self.name
