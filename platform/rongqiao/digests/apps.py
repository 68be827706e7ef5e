from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "rongqiao.digests"
    label = "digests"
    verbose_name = "摘要"

    def ready(self) -> None:
        from rongqiao.outbox import chores
        from rongqiao.outbox.registry import subscribe
        from rongqiao.parties import personal_data

        from . import actions, groups, letters, links, selectors, sending, services  # noqa: F401  (actions name themselves)

        letters.register_all()
        links.register_all()
        # Long: each digest is a transaction of its own, and between batches the others have their turn.
        subscribe(sending.CONSUMER, topic=sending.DUE, handle=sending.handle, batch=50, order=40, long=True)
        subscribe("digests told", topic=sending.TOLD, handle=sending.count_as_recommended, batch=10, order=42, long=True)
        subscribe("group posts", topic=groups.DUE, handle=groups.handle, batch=1, order=41, long=True, aside=True)
        chores.every(30, "wake group posts", groups.wake)
        chores.every(600, "enrol for digests", services.enrol)
        chores.every(60, "wake digests", sending.wake)
        chores.every(86_400, "forget old digests", sending.forget_old)
        personal_data.register("digests", selectors.exported)
        personal_data.register("digest_preferences", selectors.exported_preferences)
