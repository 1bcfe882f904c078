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
    edits = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "held_on"]),
            models.Index(fields=["type", "held_on"]),
            # The newest of a nation are read in their order, not sorted out of all.
            models.Index(name="activity_newest", fields=["-held_on", "-id"]),
        ]
        verbose_name = "hoạt động"

    def __str__(self) -> str:
        return f"{self.type_id} {self.held_on}"


class ActivityChange(models.Model):
    """One correction: what stood before it (see `proof.contents`), who made it, when and why."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    before = models.JSONField()
    reason = models.CharField("lý do sửa", max_length=300)
    by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="activitychange_number", fields=["activity", "number"])]
        verbose_name = "lần sửa hoạt động"

    def __str__(self) -> str:
        return f"{self.activity_id} {self.number}"


class PartnerAnswer(models.TextChoices):
    """What a partner says about having taken part."""

    ASKED = "asked", "chờ xác nhận"
    CONFIRMED = "confirmed", "đã xác nhận"
    DECLINED = "declined", "báo không cùng làm"
    LAPSED = "lapsed", "đã kết thúc, không ai trả lời"


class ActivityPartner(models.Model):
    """Who took part beside the lead: a unit or an outside body. Partners see it; its figures stay the lead's.

    A unit answers for itself, `heir` for one that has ended since; what an outside body answered is noted by the
    lead, with the paper that says so.
    """

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="partners")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="joint_activities")
    heir = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    outside = models.CharField(max_length=200, default="", blank=True)
    answer = models.CharField(max_length=10, choices=PartnerAnswer.choices, default=PartnerAnswer.ASKED)
    note = models.CharField("ghi chú", max_length=300, default="", blank=True)
    answered_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "answer"])]
        constraints = [
            models.UniqueConstraint(name="partner_unit_once", fields=["activity", "unit"]),
            models.CheckConstraint(
                name="partner_unit_or_outside", condition=models.Q(unit__isnull=False) ^ ~models.Q(outside="")
            ),
        ]
        verbose_name = "đơn vị phối hợp"

    def __str__(self) -> str:
        return self.outside or str(self.unit_id)

    @property
    def answering(self) -> Unit:
        """Who answers: the unit or whoever took its place; the lead for an outside body."""
        return self.heir or self.unit or self.activity.unit


class PlannedActivity(models.Model):
    """Work that is to be done: what, when, where, without a figure, so that nothing can count it. Once its figures
    are entered it is an `activity`; a plan that fell through keeps its reason."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    client_key = models.CharField(max_length=60, unique=True, null=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="planned_activities")
    type = models.ForeignKey(ActivityType, on_delete=models.PROTECT, related_name="+")
    day = models.DateField("ngày dự kiến")
    title = models.CharField("nội dung", max_length=300, default="", blank=True)
    place = models.CharField("địa điểm", max_length=200, default="", blank=True)
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, null=True, related_name="planned")
    dropped_reason = models.CharField("lý do thôi", max_length=300, default="", blank=True)
    planned_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "day"])]
        verbose_name = "hoạt động dự kiến"

    def __str__(self) -> str:
        return f"{self.type_id} {self.day}"


class WaitingPhoto(models.Model):
    """A photograph, faces already covered, that its unit has not looked at yet; nobody else sees it.

    `sent` is the digest of the picture as it came out of the first covering, by which a second tap is known.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="waiting_photos")
    picture = models.BinaryField()
    places = models.PositiveSmallIntegerField("chỗ máy đã che", default=0)
    sent = models.CharField(max_length=64)
    sent_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="waitingphoto_once", fields=["activity", "sent"])]
        verbose_name = "ảnh chờ xem lại"

    def __str__(self) -> str:
        return str(self.uid)


class ActivityEvidence(models.Model):
    """A paper or a photograph of the event."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(name="activityevidence_once", fields=["activity", "file"])]
        verbose_name = "minh chứng hoạt động"

    def __str__(self) -> str:
        return self.name
