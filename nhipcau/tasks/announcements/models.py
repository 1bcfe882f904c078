"""What one unit tells many below it. Who has read it is known by unit: no post, no person, no moment is kept."""

from __future__ import annotations

from django.db import models

from nhipcau.core.ids import new_uid
from nhipcau.documents.models import StoredFile
from nhipcau.org.models import Post, Role, Unit, UnitKind


class Announcement(models.Model):
    """Told to the units below `unit` that lie in one of `branches` and are of one of `kinds` (none: of any), and
    there to the posts with one of `roles` (none: to all). Who that is follows the tree of the day.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="announcements")
    title = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung")
    branches = models.ManyToManyField(Unit, related_name="+")
    kinds = models.ManyToManyField(UnitKind, related_name="+")
    valid_until = models.DateField("có giá trị đến hết ngày", null=True)
    posted_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=500, default="", blank=True)
    client_key = models.CharField(max_length=60, unique=True, null=True, editable=False)

    class Meta:
        ordering = ["-posted_at", "-pk"]
        verbose_name = "thông báo"

    def __str__(self) -> str:
        return self.title


class AddressedRole(models.Model):
    """A role whose holders are told."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=14, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(name="addressed_role_once", fields=["announcement", "role"])]
        verbose_name = "vai trò được báo"

    def __str__(self) -> str:
        return self.role


class AnnouncementFile(models.Model):
    """A paper that goes with it."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)

    class Meta:
        ordering = ["announcement", "pk"]
        constraints = [models.UniqueConstraint(name="announcement_file_once", fields=["announcement", "file"])]
        verbose_name = "tệp của thông báo"

    def __str__(self) -> str:
        return self.name


class Correction(models.Model):
    """It was put right: why, and how it read before."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="corrections")
    note = models.CharField(max_length=500)
    title_before = models.CharField(max_length=200)
    text_before = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["announcement", "pk"]
        verbose_name = "đính chính thông báo"

    def __str__(self) -> str:
        return self.note


class Receipt(models.Model):
    """One of the unit's posts opened it. Which one, and when, is nobody's business and is not kept."""

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="receipts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(name="receipt_once", fields=["announcement", "unit"])]
        verbose_name = "đơn vị đã đọc"

    def __str__(self) -> str:
        return f"{self.announcement_id} ✓ {self.unit_id}"
