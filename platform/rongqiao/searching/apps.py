from django.apps import AppConfig


class SearchingConfig(AppConfig):
    name = "rongqiao.searching"
    label = "searching"
    verbose_name = "检索"
