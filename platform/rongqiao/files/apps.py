from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "rongqiao.files"
    label = "files"
    verbose_name = "附件"

    def ready(self) -> None:
        from rongqiao.outbox import chores

        from . import services

        chores.every(3_600, "discard files", services.discard_unwanted)
