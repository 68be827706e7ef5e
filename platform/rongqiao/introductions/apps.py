from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "rongqiao.introductions"
    label = "introductions"
    verbose_name = "对接"

    def ready(self) -> None:
        from . import actions  # noqa: F401  (actions name themselves)
