"""The questions of a duty, and what each unit answers."""

from __future__ import annotations

from django.db import models

from nhipcau.core.ids import new_uid
from nhipcau.org.models import Post


class Questionnaire(models.Model):
    """What the units that are given a duty have to answer, at every level. Fixed once the first answer is kept."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    obligation = models.OneToOneField("tasks.Obligation", on_delete=models.CASCADE, related_name="questionnaire")
    made_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        app_label = "tasks"
        verbose_name = "biểu hỏi"

    def __str__(self) -> str:
        return f"{self.obligation_id}"


class Question(models.Model):
    """`kind` is a key of `kinds.KINDS`; `options` are what may be chosen, or the report that is asked for."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10)
    label = models.CharField(max_length=250)
    measure = models.CharField("đơn vị tính", max_length=40, default="", blank=True)
    options = models.JSONField(default=list, blank=True)
    required = models.BooleanField(default=True)

    class Meta:
        app_label = "tasks"
        ordering = ["questionnaire", "position"]
        constraints = [models.UniqueConstraint(name="question_place", fields=["questionnaire", "position"])]
        verbose_name = "câu hỏi"

    def __str__(self) -> str:
        return self.label


class AnswerSheet(models.Model):
    """One unit's answers. `draft`: as typed, by the question's position; nobody above sees it. `typed_by`: the post
    that typed it. `values`: what was sent, as `kinds` keeps it."""

    assignment = models.OneToOneField("tasks.Assignment", on_delete=models.CASCADE, related_name="sheet")
    draft = models.JSONField(default=dict)
    typed_by = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    values = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "tasks"
        verbose_name = "phiếu trả lời"

    def __str__(self) -> str:
        return f"{self.assignment_id}"
