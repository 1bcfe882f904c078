"""What is kept of exchanges: how a unit's own spreadsheet names our figures. Never anything of the file itself."""

from __future__ import annotations

from django.db import models

from nhipcau.org.models import Post, Unit
from nhipcau.reports.models import ReportTemplate


class LearntTable(models.Model):
    """The headings a person matched to figures once, for next time: {folded heading: code, or "" for none}."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    template = models.ForeignKey(ReportTemplate, on_delete=models.CASCADE, related_name="+")
    headings = models.JSONField(default=dict)
    changed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="learnttable_once", fields=["unit", "template"])]
        verbose_name = "bảng tính đã học"

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.template_id}"
