from django.apps import AppConfig


class ReviewingConfig(AppConfig):
    name = "rongqiao.reviewing"
    label = "reviewing"
    verbose_name = "审核"
