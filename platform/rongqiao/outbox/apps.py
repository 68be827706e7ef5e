from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "rongqiao.outbox"
    label = "outbox"
    verbose_name = "待办事件"
