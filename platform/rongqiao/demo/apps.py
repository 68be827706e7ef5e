"""The demo region (演示): fictional parties of 万达开 and what they need and offer."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "rongqiao.demo"
    label = "demo"
    verbose_name = "演示数据"
