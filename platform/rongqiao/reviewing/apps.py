from django.apps import AppConfig


class ReviewingConfig(AppConfig):
    name = "rongqiao.reviewing"
    label = "reviewing"
    verbose_name = "审核"

    def ready(self) -> None:
        from rongqiao.outbox.registry import subscribe
        from rongqiao.parties.services import APPLICATION
        from rongqiao.postings.services import POSTING_CHANGED

        from . import actions, letters, opening  # noqa: F401  (actions name themselves)

        letters.register_all()
        subscribe("review applications", topic=APPLICATION, handle=opening.look_at_applications, batch=200, order=60)
        subscribe("review postings", topic=POSTING_CHANGED, handle=opening.look_at_postings, batch=500, order=61)
