from django.apps import AppConfig


class SearchingConfig(AppConfig):
    name = "rongqiao.searching"
    label = "searching"
    verbose_name = "检索"

    def ready(self) -> None:
        from rongqiao.parties import personal_data

        from .saved import own_searches

        columns = ("name", "words", "filters", "seen_at", "told_at", "created_at")
        personal_data.register("saved_searches", lambda person: personal_data.rows(own_searches(person), *columns))
