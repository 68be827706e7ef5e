from django.apps import AppConfig


class RecommendingConfig(AppConfig):
    name = "rongqiao.recommending"
    label = "recommending"
    verbose_name = "推荐"

    def ready(self) -> None:
        from rongqiao.indexing.services import INDEXED
        from rongqiao.outbox.registry import subscribe

        from . import services

        subscribe("pairings", topic=INDEXED, handle=services.refresh, batch=20, order=20)
        subscribe("pairings lost", topic=services.PAIRING_LOST, handle=services.refresh, batch=20, order=30)
