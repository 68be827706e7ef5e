from django.apps import AppConfig


class ParsingConfig(AppConfig):
    name = "rongqiao.parsing"
    label = "parsing"
    verbose_name = "识别"
