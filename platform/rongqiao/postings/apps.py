from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "rongqiao.postings"
    label = "postings"
    verbose_name = "供求信息"

    def ready(self) -> None:
        from rongqiao.outbox import chores

        from . import kinds, services

        kinds.discover()
        chores.every(3_600, "expire postings", services.expire_stale)
