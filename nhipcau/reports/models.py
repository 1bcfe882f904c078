"""Templates and what units report on them. Figures of one submission are one packed vector (see core.numbers)."""

from __future__ import annotations

from django.db import models

from nhipcau.activities.models import Activity
from nhipcau.core.ids import new_uid
from nhipcau.documents.models import Document, StoredFile
from nhipcau.org.models import Axis, Post, Unit


class ReportTemplate(models.Model):
    """A report by its code; what it asks stands in its versions."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField("tên báo cáo", max_length=250)
    axis = models.CharField(max_length=10, choices=Axis.choices, default=Axis.TERRITORY)

    class Meta:
        verbose_name = "biểu mẫu"

    def __str__(self) -> str:
        return self.code


class TemplateVersion(models.Model):
    """What a template asks from a period on. Immutable: its cells fix the order of every payload."""

    template = models.ForeignKey(ReportTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    first_day = models.DateField(help_text="Dùng cho các kỳ bắt đầu từ ngày này.")
    definition = models.JSONField()
    cells = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="templateversion_once", fields=["template", "number"])]
        verbose_name = "phiên bản biểu mẫu"

    def __str__(self) -> str:
        return f"{self.template_id} v{self.number}"


class SubmissionState(models.TextChoices):
    DRAFT = "draft", "đang lập"
    READY = "ready", "chờ ký duyệt"
    SUBMITTED = "submitted", "đã gửi"
    RETURNED = "returned", "bị trả lại"
    ACCEPTED = "accepted", "đã tiếp nhận"
    SUPERSEDED = "superseded", "đã thay thế"


class Submission(models.Model):
    """A unit's own figures and words for one period, one revision. Totals of its branch are never stored here."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="submissions")
    period = models.CharField(max_length=12)
    revision = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=SubmissionState.choices, default=SubmissionState.DRAFT)
    payload = models.BinaryField()
    narrative = models.JSONField(default=dict)
    explanations = models.JSONField(default=dict)
    edits = models.PositiveIntegerField(default=0, help_text="Tăng mỗi lần lưu; chống ghi đè lẫn nhau.")
    ready_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="submission_once", fields=["unit", "version", "period", "revision"]),
            models.UniqueConstraint(
                name="submission_one_accepted",
                fields=["unit", "version", "period"],
                condition=models.Q(state="accepted"),
            ),
        ]
        indexes = [models.Index(fields=["version", "period", "state"]), models.Index(fields=["unit", "state"])]
        verbose_name = "báo cáo"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period} r{self.revision}"


class SubmissionSource(models.Model):
    """Which recorded activity or issued letter stands behind a cell, and how much of it."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="sources")
    cell = models.CharField(max_length=160)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    value = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["submission", "cell"])]
        verbose_name = "nguồn số liệu"

    def __str__(self) -> str:
        return f"{self.cell} {self.value}"


class ReturnReason(models.Model):
    """Why a report was returned; `cell` is empty where the reason concerns the whole."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="return_reasons")
    cell = models.CharField(max_length=160, default="", blank=True)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "lý do trả lại"

    def __str__(self) -> str:
        return self.reason[:80]


class IssuedReport(models.Model):
    """A consolidated report issued as an official document; issuing it again returns this one."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="issued_reports")
    version = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="issued")
    period = models.CharField(max_length=12)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="issued_report")
    payload = models.BinaryField()
    coverage = models.JSONField()
    contributors = models.ManyToManyField(Submission, related_name="issued_in")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="issuedreport_once", fields=["unit", "version", "period"])]
        verbose_name = "báo cáo đã phát hành"

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period}"
