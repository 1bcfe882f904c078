"""Bút phê and the slip: what a leader wrote on a letter, and what became of it."""

from __future__ import annotations

from django.db import models

from nhipcau.core.ids import new_uid
from nhipcau.documents.models import Document
from nhipcau.org.models import Post, Unit
from nhipcau.tasks.models.work import Assignment, AssignmentRole, Task


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
