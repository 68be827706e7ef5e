from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "rongqiao.mailing"
    label = "mailing"
    verbose_name = "信函"
