from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "rongqiao.postings"
    label = "postings"
    verbose_name = "供求信息"

    def ready(self) -> None:
        from rongqiao.outbox import chores
        from rongqiao.parties import personal_data

        from . import freshness, kinds
        from .models import Posting

        kinds.discover()
        freshness.register_all()
        personal_data.register(
            "postings",
            lambda person: personal_data.rows(
                Posting.objects.filter(created_by=person), "id", "kind", "title", "status", "created_at",
                "contact_name", "contact_phone", "contact_email",
            ),
        )  # fmt: skip
        chores.every(3_600, "expire postings", freshness.expire_stale)
        chores.every(3_600, "ask whether postings are still valid", freshness.ask)
