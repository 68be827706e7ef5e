from django.apps import AppConfig


class ImportingConfig(AppConfig):
    name = "rongqiao.importing"
    label = "importing"
    verbose_name = "批量导入"

    def ready(self) -> None:
        from rongqiao.outbox import chores
        from rongqiao.outbox.registry import subscribe

        from . import running, services

        # A slice each for a few batches a round, so that an import never holds up the index for long.
        subscribe("importing", topic=services.IMPORT, handle=running.handle, batch=4, order=90)
        chores.every(86_400, "discard uploads", services.discard_outdated)
