"""Obligations of a letter, tasks made of them, and one assignment per unit."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from nhipcau.core.ids import new_uid
from nhipcau.documents.models import Document, SaidField, StoredFile
from nhipcau.org.models import Post, Reorganisation, Unit


class Obligation(models.Model):
    """One thing a document asks, tied to the sentence it came from, with its printed deadline: of whom
    (`responsible`, "chủ trì"), and who lends a hand (`helped_by`, "phối hợp"), both as printed.

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
    moved_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="moved_to")

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
    due_reason = SaidField(default="", blank=True)
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
        indexes = [models.Index(fields=["unit", "state"])]
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


class Handover(models.Model):
    """An open assignment went from a unit that ended to the one that goes on in its place, by that event."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="handovers")
    event = models.ForeignKey(Reorganisation, on_delete=models.PROTECT, related_name="+")
    before = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["assignment", "pk"]
        constraints = [models.UniqueConstraint(name="handover_once", fields=["assignment", "event"])]
        verbose_name = "bàn giao việc"

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.before_id} → {self.after_id}"


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

    Rung 0 is a reminder sent by hand (`sent_by`), at most once a day. `past`: it spoke of a date that a new
    letter has put off since, so the ladder begins anew.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reminders")
    rung = models.PositiveSmallIntegerField()
    day = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    past = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="reminder_once", fields=["assignment", "rung"], condition=Q(rung__gt=0, past=False)
            ),
            models.UniqueConstraint(name="reminder_once_a_day", fields=["assignment", "day"], condition=Q(rung=0)),
        ]
        ordering = ["assignment", "sent_at"]
        verbose_name = "đôn đốc"

    def __str__(self) -> str:
        return f"{self.assignment_id} bậc {self.rung}"


class ExtensionState(models.TextChoices):
    ASKED = "asked", "chờ trả lời"
    GRANTED = "granted", "được gia hạn"
    REFUSED = "refused", "không gia hạn"


class Extension(models.Model):
    """A unit asked for more time; the one that handed the work out answers once. `granted`: the date it gave."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="extensions")
    until = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    granted = models.DateField(null=True)
    answer = models.TextField(default="", blank=True)
    answered_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="extension_asked_once", fields=["assignment"], condition=Q(state=ExtensionState.ASKED)
            )
        ]
        ordering = ["assignment", "pk"]
        verbose_name = "xin gia hạn"

    def __str__(self) -> str:
        return f"{self.assignment_id} → {self.until:%d/%m/%Y}"


class NoteSource(models.TextChoices):
    SCREEN = "screen", "ghi trên hệ thống"
    PAPER = "paper", "văn thư ghi lại từ bút phê trên giấy"


class Instruction(models.Model):
    """A leader's note on a registered incoming letter (bút phê): who leads, helps, is told, and by when.

    The first part of the "Phiếu giải quyết văn bản đến" (Decree 30/2020/NĐ-CP, Appendix IV). `tasks` are those
    it handed out. A note that was wrong is withdrawn with its reason and stays to be read.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="instructions")
    text = models.TextField()
    signed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    source = models.CharField(max_length=8, choices=NoteSource.choices, default=NoteSource.SCREEN)
    entered_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    client_key = models.CharField(max_length=60, unique=True, null=True, editable=False)
    created_at = models.DateTimeField()
    tasks = models.ManyToManyField(Task, related_name="instructions")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(default="", blank=True)

    class Meta:
        ordering = ["document", "pk"]
        verbose_name = "bút phê"

    def __str__(self) -> str:
        return self.text[:80]


class InstructedUnit(models.Model):
    """One line of the note, as it was written: a unit, what it is to do, and its own deadline."""

    instruction = models.ForeignKey(Instruction, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=AssignmentRole.choices)
    due = models.DateField(null=True)

    class Meta:
        ordering = ["instruction", "pk"]
        constraints = [models.UniqueConstraint(name="instructed_once", fields=["instruction", "unit"])]
        verbose_name = "đơn vị trong bút phê"

    def __str__(self) -> str:
        return f"{self.instruction_id} → {self.unit_id}"


class Handling(models.Model):
    """The second and third part of the slip at one unit: who is in charge, by when, and what that post proposes.

    `handler` is a post's title, never a person's name.
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="handling")
    handler = models.CharField(max_length=160)
    due = models.DateField(null=True)
    named_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    named_on = models.DateField()
    proposal = models.TextField(default="", blank=True)
    proposed_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_on = models.DateField(null=True)

    class Meta:
        verbose_name = "phân công giải quyết"

    def __str__(self) -> str:
        return self.handler


class Answer(models.Model):
    """An outgoing letter that a person named as the answer to an incoming one (it may not cite it)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="answers")
    letter = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="answers_to")
    linked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="answer_once", fields=["document", "letter"])]
        verbose_name = "văn bản trả lời"

    def __str__(self) -> str:
        return f"{self.document_id} ← {self.letter_id}"
