from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "rongqiao.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        from rongqiao.outbox import chores

        from . import services

        chores.every(60, "seal the audit trail", services.seal)
