from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "rongqiao.parties"
    label = "parties"
    verbose_name = "主体"
