"""What every table of the product has."""

from django.db import models


class Timestamped(models.Model):
    """When a row was made and last changed (aware, UTC in the database)."""

    created_at = models.DateTimeField("创建时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    class Meta:
        abstract = True
