from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "rongqiao.postings"
    label = "postings"
    verbose_name = "供求信息"

    def ready(self) -> None:
        from . import kinds

        kinds.discover()
