from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "rongqiao.common"
    label = "common"
