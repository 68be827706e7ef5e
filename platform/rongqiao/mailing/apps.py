from django.apps import AppConfig


class MailingConfig(AppConfig):
    name = "rongqiao.mailing"
    label = "mailing"
    verbose_name = "信函"

    def ready(self) -> None:
        from rongqiao.outbox import chores
        from rongqiao.outbox.registry import subscribe

        from . import actions, bounces, delivery, letters, links, registry, services  # noqa: F401  (actions name themselves)

        registry.register(letters.TRIAL)
        # Long: outside a transaction and alone. Aside: a mail server that hangs must not hold up the index.
        subscribe(
            "mail", topic=services.DUE, handle=delivery.handle, batch=1_000, order=10, long=True, aside=True
        )
        chores.every(10, "wake letters", services.wake)
        chores.every(300, "read bounces", bounces.read_mailbox)
        chores.every(86_400, "forget old letters", services.forget_old)
        chores.every(86_400, "forget old links", links.forget_old)
