from django.apps import AppConfig


class RecommendingConfig(AppConfig):
    name = "rongqiao.recommending"
    label = "recommending"
    verbose_name = "推荐"

    def ready(self) -> None:
        from rongqiao.indexing.services import INDEXED
        from rongqiao.outbox.registry import subscribe

        from . import services

        for order, (name, topic) in enumerate([("pairings", INDEXED), ("pairings lost", services.PAIRING_LOST)], 20):
            subscribe(name, topic=topic, handle=services.refresh, batch=8, order=order, lock=services.LOCK)
