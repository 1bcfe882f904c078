"""Plans (kế hoạch giao): what the level above asked a unit to reach."""

from __future__ import annotations

from django.db import models

from nhipcau.org.models import Post, Unit
from nhipcau.reports.models.templates import ReportTemplate


class Target(models.Model):
    """What a unit is to reach of one indicator, in a period of the template or in a year. Scaled by `decimals`.

    It stands for the unit and whatever lies below it. Who gave it is nobody where it came by the command line.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="targets")
    template = models.ForeignKey(ReportTemplate, on_delete=models.PROTECT, related_name="targets")
    period = models.CharField(max_length=12)
    indicator = models.CharField(max_length=60)
    value = models.BigIntegerField()
    decimals = models.PositiveSmallIntegerField(default=0)
    given_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="target_once", fields=["template", "period", "unit", "indicator"])
        ]
        verbose_name = "kế hoạch giao"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period} {self.indicator} {self.value}"
