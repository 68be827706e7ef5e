from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "rongqiao.common"
    label = "common"

    def ready(self) -> None:
        from . import openapi  # noqa: F401  (its extension registers itself)
