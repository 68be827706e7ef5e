from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "rongqiao.audit"
    label = "audit"
    verbose_name = "审计"
