"""When regular work was last done, by whichever process or machine does it."""

from __future__ import annotations

from django.db import models


class Beat(models.Model):
    """One row a kind of work ("worker", "verify"): the last time, and what was wrong then (empty: nothing)."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    fault = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        db_table = "ops_beat"
        verbose_name = "nhịp việc nền"

    def __str__(self) -> str:
        return self.name
