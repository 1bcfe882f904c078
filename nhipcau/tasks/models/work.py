"""Obligations of a letter, tasks made of them, and one assignment per unit."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from nhipcau.core.ids import new_uid
from nhipcau.documents.models import Document, SaidField, StoredFile
from nhipcau.org.models import Post, Unit


class Obligation(models.Model):
    """One thing a document asks, tied to the sentence it came from, with its printed deadline: of whom
    (`responsible`, "chủ trì"), and who lends a hand (`helped_by`, "phối hợp"), both as printed.

    `report_code`, `report_period`: the answer is a report on that template for that period (see `reports`).
    `moved_from`: it stood in a letter that this one replaced, and its open tasks moved here.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="obligations")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    span_start = models.PositiveIntegerField(default=0)
    span_end = models.PositiveIntegerField(default=0)
    responsible = models.CharField(max_length=250, default="", blank=True)
    helped_by = models.CharField(max_length=250, default="", blank=True)
    scope = models.CharField(max_length=10, default="in")
    rule = models.CharField(max_length=80, default="", blank=True)
    deadline_kind = models.CharField(max_length=10, default="", blank=True)
    deadline_normalised = models.CharField(max_length=120, default="", blank=True)
    deadline_phrase = models.CharField(max_length=250, default="", blank=True)
    deadline_exclusive = models.BooleanField(default=False)
    from_note = models.BooleanField("do bút phê giao, văn bản không yêu cầu", default=False)
    report_code = models.CharField("biểu mẫu phải gửi", max_length=60, default="", blank=True)
    report_period = models.CharField(max_length=12, default="", blank=True)
    moved_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="moved_to")

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(name="obligation_place", fields=["document", "position"])]
        verbose_name = "yêu cầu"

    def __str__(self) -> str:
        return self.text[:80]


class Task(models.Model):
    """An obligation handed out by one unit to units below it. `parent` is the assignment it passes on.

    `occurrence`: of a duty that recurs, the day by which this instance is to be done, at every level; a new one is
    made once that day has passed, until `stopped_at`.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="tasks")
    issued_by = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks_issued")
    parent = models.ForeignKey("Assignment", on_delete=models.PROTECT, null=True, related_name="passed_on")
    letter = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="tasks_sent")
    title = models.TextField()
    due = models.DateField(null=True)
    late_after = models.DateField(null=True)
    due_reason = SaidField(default="", blank=True)
    needs_evidence = models.BooleanField(default=False)
    occurrence = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="task_once",
                fields=["obligation", "issued_by"],
                condition=Q(parent__isnull=True, occurrence__isnull=True),
            ),
            models.UniqueConstraint(
                name="task_once_an_occurrence",
                fields=["obligation", "issued_by", "occurrence"],
                condition=Q(parent__isnull=True, occurrence__isnull=False),
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
    WITHDRAWN = "withdrawn", "đã thôi giao"


CLOSED = (AssignmentState.DONE, AssignmentState.WITHDRAWN)


class Assignment(models.Model):
    """A task at one unit: received, passed on, done.

    A unit may have a date of its own (`own_due`); else it has the task's (`due`, `late_after`, `due_reason`).
    """

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
    own_due = models.DateField(null=True)
    own_due_reason = SaidField(default="", blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = SaidField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="assignment_once", fields=["task", "unit"])]
        indexes = [
            models.Index(fields=["unit", "state"]),
            # A task of a nation is counted from the index alone, and its few own dates are found without the rest.
            models.Index(name="assignment_counted", fields=["task", "state", "role", "own_due", "unit"]),
            models.Index(name="assignment_own_due", fields=["task", "own_due"], condition=Q(own_due__isnull=False)),
        ]
        verbose_name = "việc được giao"

    def __str__(self) -> str:
        return f"{self.task_id} → {self.unit_id}"

    @property
    def due(self) -> dt.date | None:
        return self.own_due or self.task.due

    @property
    def late_after(self) -> dt.date | None:
        return self.own_due or self.task.late_after

    @property
    def due_reason(self) -> str:
        return self.own_due_reason if self.own_due else self.task.due_reason


def last_day() -> Coalesce:
    """`Assignment.late_after` for queries."""
    return Coalesce("own_due", "task__late_after")


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
