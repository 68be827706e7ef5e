from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "rongqiao.introductions"
    label = "introductions"
    verbose_name = "对接"

    def ready(self) -> None:
        from rongqiao.outbox import chores
        from rongqiao.outbox.registry import subscribe
        from rongqiao.parties import personal_data
        from rongqiao.postings.services import POSTING_CHANGED
        from rongqiao.recommending import lessons, standings

        from . import acting, actions, attachments, learning, letters, selectors, services  # noqa: F401  (actions name themselves)

        personal_data.register("introductions", selectors.personal_data_of)
        lessons.register(learning.lessons_of)
        standings.register(acting.told)

        attachments.register_all()
        letters.register_all()

        subscribe(
            "introductions of postings", topic=POSTING_CHANGED, handle=services.follow_postings, batch=100, order=15
        )
        subscribe(
            "introductions told", topic=services.INTRODUCTION_MOVED, handle=services.follow_moves, batch=50, order=30
        )
        subscribe(
            "messages told", topic=services.MESSAGE_WRITTEN, handle=services.follow_messages, batch=50, order=30
        )
        chores.every(600, "remind of introductions", services.remind_due)
        chores.every(300, "close introductions", services.close_overdue)
