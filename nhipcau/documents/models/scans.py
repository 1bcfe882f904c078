"""Scanned letters on their way in, and the words recognised on their pages."""

from __future__ import annotations

from django.db import models

from nhipcau.core.ids import new_uid
from nhipcau.documents.models.letters import Document
from nhipcau.documents.models.said import SaidField
from nhipcau.org.models import Post, Unit


class ScanState(models.TextChoices):
    WAITING = "waiting", "đang nhận dạng chữ"
    DONE = "done", "đã nhận dạng"
    KEPT_OUT = "kept_out", "không được đưa vào"
    KNOWN = "known", "đã nhận trước đây"
    FAILED = "failed", "không nhận dạng được"
    DISCARDED = "discarded", "đã bỏ"


class Scan(models.Model):
    """A scanned letter on its way in, and afterwards its words with their places on the pages.

    Until it is read its bytes lie in `waiting/`, not among the letters, for only its words tell whether it may
    enter. One that may not leaves nothing here but when and by whom it was sent, and `note`, why it was not kept.
    One that the machine could not read (`failed_at`, `note`) still waits, for a person to try again or drop it.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250, default="")
    sha256 = models.CharField(max_length=64, default="")
    received_on = models.DateField()
    state = models.CharField(max_length=10, choices=ScanState.choices, default=ScanState.WAITING)
    pages = models.PositiveSmallIntegerField()
    pages_done = models.PositiveSmallIntegerField(default=0)
    note = SaidField(default="", blank=True)
    document = models.OneToOneField(Document, on_delete=models.CASCADE, null=True, related_name="scan")
    words = models.JSONField(default=list)
    created_at = models.DateTimeField()
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="scan_waits_once",
                fields=["unit", "sha256"],
                condition=models.Q(state__in=["waiting", "failed"]),
            )
        ]
        verbose_name = "bản quét"

    def __str__(self) -> str:
        return self.name or self.get_state_display()
