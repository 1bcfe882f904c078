"""Saved analyses. Facts are files (see `facts`), never tables of the product's own database."""

from __future__ import annotations

from django.db import models

from nhipcau.core.ids import new_uid
from nhipcau.org.models import Post, Unit


class SavedAnalysis(models.Model):
    """A question under a name; it belongs to a unit, and its posts share it."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("tên", max_length=150)
    question = models.JSONField(help_text="Xem analytics.questions.")
    saved_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="savedanalysis_title", fields=["unit", "title"])]
        verbose_name = "bảng phân tích đã lưu"

    def __str__(self) -> str:
        return self.title
