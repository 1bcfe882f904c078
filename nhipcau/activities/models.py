"""The activity register. A type says what is counted; an activity holds the counts, never a name."""

from __future__ import annotations

from django.db import models

from nhipcau.core.ids import new_uid
from nhipcau.documents.models import StoredFile
from nhipcau.org.models import Post, Unit


class ActivityType(models.Model):
    """A kind of work as data. `measures`: [{code, label, label_en, unit, decimals}];
    `facets`: [{code, label, label_en, choices: [{code, label, label_en}]}] (e.g. from which fund)."""

    code = models.SlugField(max_length=60, unique=True)
    label = models.CharField("tên", max_length=200)
    label_en = models.CharField(max_length=200, default="", blank=True)
    measures = models.JSONField(default=list)
    facets = models.JSONField(default=list)

    class Meta:
        ordering = ["label"]
        verbose_name = "loại hoạt động"

    def __str__(self) -> str:
        return self.label


class ActivityState(models.TextChoices):
    RECORDED = "recorded", "đã ghi"
    WITHDRAWN = "withdrawn", "đã rút"


class Activity(models.Model):
    """One event, recorded once by its lead unit. Values are exact integers scaled by the measure's decimals."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    client_key = models.CharField(max_length=60, unique=True, null=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")
    type = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="activities")
    held_on = models.DateField("ngày")
    place = models.CharField("địa điểm", max_length=200, default="", blank=True)
    title = models.CharField("nội dung", max_length=300, default="", blank=True)
    values = models.JSONField(default=dict)
    facets = models.JSONField(default=dict)
    paper_location = models.CharField("nơi lưu chứng từ", max_length=200, default="", blank=True)
    state = models.CharField(max_length=10, choices=ActivityState.choices, default=ActivityState.RECORDED)
    withdrawn_reason = models.CharField("lý do rút", max_length=300, default="", blank=True)
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "held_on"]), models.Index(fields=["type", "held_on"])]
        verbose_name = "hoạt động"

    def __str__(self) -> str:
        return f"{self.type_id} {self.held_on}"


class ActivityPartner(models.Model):
    """Who took part beside the lead: a unit or an outside body. Partners see it; its figures stay the lead's."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="partners")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="joint_activities")
    outside = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="partner_unit_once", fields=["activity", "unit"]),
            models.CheckConstraint(
                name="partner_unit_or_outside", condition=models.Q(unit__isnull=False) ^ ~models.Q(outside="")
            ),
        ]
        verbose_name = "đơn vị phối hợp"

    def __str__(self) -> str:
        return self.outside or str(self.unit_id)


class ActivityEvidence(models.Model):
    """A paper of the event."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(name="activityevidence_once", fields=["activity", "file"])]
        verbose_name = "minh chứng hoạt động"

    def __str__(self) -> str:
        return self.name
