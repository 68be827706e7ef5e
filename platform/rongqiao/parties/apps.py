from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "rongqiao.parties"
    label = "parties"
    verbose_name = "主体"

    def ready(self) -> None:
        from allauth.mfa import signals

        from rongqiao.outbox import chores
        from rongqiao.outbox.registry import subscribe

        from . import actions, adapter, evidence, letters, links, personal_data, services  # noqa: F401  (actions name themselves)

        evidence.register_all()
        letters.register_all()
        links.register_all()
        personal_data.register_own()
        # The library tells of a wrong one-time code by its signal and in no other way.
        signals.authentication_failed.connect(adapter.wrong_code, dispatch_uid="sign-in log")
        subscribe(
            "password resets", topic=services.RESET_ASKED, handle=services.answer_reset_requests, batch=50, order=5
        )
        chores.every(86_400, "forget old sign-ins", services.forget_old_sign_ins)
