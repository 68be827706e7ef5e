from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "rongqiao.codes"
    label = "codes"
    verbose_name = "代码表"
