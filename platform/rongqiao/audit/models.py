"""Who did what to which record, and who saw which contact."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Entry(models.Model):
    """One thing somebody did. Rows are only ever added: the database itself refuses to change or delete one.

    Person and organisation are kept as numbers without a constraint, so that a row outlives what it speaks of.
    `changes` maps a field to [before, after]; a private field only says that it changed.
    """

    at = models.DateTimeField("时间")
    action = models.CharField("操作", max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name="人员"
    )
    organisation = models.ForeignKey(
        "parties.Organisation", models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name="机构"
    )
    subject_type = models.CharField("对象类型", max_length=40)
    subject_id = models.BigIntegerField("对象")
    changes = models.JSONField("变更", default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = "审计记录"
        indexes = [
            models.Index(fields=["organisation", "-id"], name="audit_of_organisation"),
            models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_of_subject"),
            models.Index(fields=["person", "-id"], name="audit_of_person"),
        ]


class Seal(models.Model):
    """A link of the chain that shows tampering: the digest of an entry together with the digest before it.

    Numbers run without gaps. An entry gets its seal some time after it was written, so that writers do not queue.
    """

    number = models.BigIntegerField("序号", primary_key=True)
    entry_id = models.BigIntegerField("记录", unique=True)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "审计封条"
