from django.apps import AppConfig


class IndexingConfig(AppConfig):
    name = "rongqiao.indexing"
    label = "indexing"
    verbose_name = "索引"

    def ready(self) -> None:
        from rongqiao.outbox import chores
        from rongqiao.outbox.registry import subscribe
        from rongqiao.parties.services import ORGANISATION_CHANGED
        from rongqiao.postings.services import POSTING_CHANGED

        from . import runs, services, upkeep

        subscribe(
            services.FOLLOWER,
            topic=POSTING_CHANGED,
            handle=services.follow_postings,
            batch=1_000,
            order=10,
            lock=services.FOLLOWER,
            urgent=True,
        )
        subscribe(
            "index organisations",
            topic=ORGANISATION_CHANGED,
            handle=services.follow_organisations,
            batch=100,
            order=5,
        )
        subscribe("index runs", topic=runs.RUN_ASKED, handle=runs.carry_out, batch=1, order=90, long=True)
        chores.every(86_400, "purge the indexes", upkeep.purge)
