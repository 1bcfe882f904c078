"""Templates, their versions, and versions in the making."""

from __future__ import annotations

from django.db import models

from nhipcau.core.ids import new_uid
from nhipcau.org.models import Axis, Post, Unit


class ReportTemplate(models.Model):
    """A report by its code; what it asks stands in its versions. `owner`: whose designers make its versions."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField("tên báo cáo", max_length=250)
    axis = models.CharField(max_length=10, choices=Axis.choices, default=Axis.TERRITORY)
    owner = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", help_text="Trống: của toàn hệ thống."
    )

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


class TemplateDraft(models.Model):
    """A version in the making: the template file as data, faults and all, until it is published.

    `before` is the file before the latest step, so that one step can be taken back.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="template_drafts")
    template = models.ForeignKey(ReportTemplate, on_delete=models.PROTECT, null=True, related_name="drafts")
    content = models.JSONField(default=dict)
    before = models.JSONField(null=True)
    edits = models.PositiveIntegerField(default=0, help_text="Tăng mỗi lần lưu; chống ghi đè lẫn nhau.")
    changed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "bản thảo biểu mẫu"

    def __str__(self) -> str:
        return str(self.uid)


class DraftMove(models.Model):
    """A report that was begun on one version and moved to the next: what it said before, and what fell away.

    `fallen`: [{"label", "value"}], as people read them. `figures`, `words`: the draft before, so that a version
    taken back gives every draft back as it was.
    """

    submission = models.ForeignKey("reports.Submission", on_delete=models.CASCADE, related_name="moves")
    left = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="+")
    entered = models.ForeignKey(TemplateVersion, on_delete=models.CASCADE, related_name="moves")
    figures = models.BinaryField()
    words = models.JSONField(default=dict)
    fallen = models.JSONField(default=list)
    edits = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="draftmove_once", fields=["submission", "entered"])]
        verbose_name = "báo cáo chuyển phiên bản"

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.left_id} → {self.entered_id}"
