"""Obligations of a letter, tasks made of them, and one assignment per unit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhipcau.core.ids import new_uid
from nhipcau.documents.models import Document, StoredFile
from nhipcau.org.models import Post, Unit


class Obligation(models.Model):
    """One thing a document asks, tied to the sentence it came from, with its printed deadline."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="obligations")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    span_start = models.PositiveIntegerField(default=0)
    span_end = models.PositiveIntegerField(default=0)
    responsible = models.CharField(max_length=250, default="", blank=True)
    scope = models.CharField(max_length=10, default="in")
    rule = models.CharField(max_length=80, default="", blank=True)
    deadline_kind = models.CharField(max_length=10, default="", blank=True)
    deadline_normalised = models.CharField(max_length=120, default="", blank=True)
    deadline_phrase = models.CharField(max_length=250, default="", blank=True)
    deadline_exclusive = models.BooleanField(default=False)

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(name="obligation_place", fields=["document", "position"])]
        verbose_name = "yêu cầu"

    def __str__(self) -> str:
        return self.text[:80]


class Task(models.Model):
    """An obligation handed out by one unit to units below it. `parent` is the assignment it passes on."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="tasks")
    issued_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks_issued")
    parent = models.ForeignKey("Assignment", on_delete=models.PROTECT, null=True, related_name="passed_on")
    letter = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="tasks_sent")
    title = models.TextField()
    due = models.DateField(null=True)
    late_after = models.DateField(null=True)
    due_reason = models.TextField(default="", blank=True)
    needs_evidence = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="task_once", fields=["obligation", "issued_by"], condition=Q(parent__isnull=True)
            ),
            models.UniqueConstraint(
                name="task_passed_on_once", fields=["parent", "issued_by"], condition=Q(parent__isnull=False)
            ),
        ]
        verbose_name = "nhiệm vụ"

    def __str__(self) -> str:
        return self.title[:80]


class AssignmentRole(models.TextChoices):
    LEAD = "lead", "chủ trì"
    SUPPORT = "support", "phối hợp"
    INFORM = "inform", "nhận để biết"


class AssignmentState(models.TextChoices):
    ASSIGNED = "assigned", "chưa tiếp nhận"
    ACKNOWLEDGED = "acknowledged", "đã tiếp nhận"
    DONE = "done", "đã hoàn thành"


class Assignment(models.Model):
    """A task at one unit: received, passed on, done."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=10, choices=AssignmentRole.choices, default=AssignmentRole.LEAD)
    state = models.CharField(max_length=14, choices=AssignmentState.choices, default=AssignmentState.ASSIGNED)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    done_note = models.TextField(default="", blank=True)
    created_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    returned_reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="assignment_once", fields=["task", "unit"])]
        indexes = [models.Index(fields=["unit", "state"])]
        verbose_name = "việc được giao"

    def __str__(self) -> str:
        return f"{self.task_id} → {self.unit_id}"


class AssignmentEvidence(models.Model):
    """A paper that shows the work was done."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(name="evidence_once", fields=["assignment", "file"])]
        verbose_name = "minh chứng"

    def __str__(self) -> str:
        return self.name


class Reminder(models.Model):
    """One rung of the ladder for one assignment; a rung is climbed once however often the job runs.

    Rung 0 is a reminder sent by hand (`sent_by`), at most once a day.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reminders")
    rung = models.PositiveSmallIntegerField()
    day = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reminder_once", fields=["assignment", "rung"], condition=Q(rung__gt=0)),
            models.UniqueConstraint(name="reminder_once_a_day", fields=["assignment", "day"], condition=Q(rung=0)),
        ]
        ordering = ["assignment", "sent_at"]
        verbose_name = "đôn đốc"

    def __str__(self) -> str:
        return f"{self.assignment_id} bậc {self.rung}"
