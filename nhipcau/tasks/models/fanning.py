"""Handing one task to a whole branch in the background."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhipcau.core.ids import new_uid
from nhipcau.org.models import Post
from nhipcau.tasks.models.work import AssignmentRole, Task


class FanOutState(models.TextChoices):
    RUNNING = "running", "đang giao"
    DONE = "done", "đã giao xong"
    CANCELLED = "cancelled", "đã dừng, đã thôi giao"


class FanOut(models.Model):
    """A task on its way to every unit of some kinds below the one that issues it, as the tree was at `asked_at`.

    `kinds`: codes of kinds of unit. `given` of `expected` units have it; what was given carries `asked_at` as its
    own moment. The rows of a batch and `given` are written together, so a process that dies leaves both true.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="fan_outs")
    kinds = models.JSONField()
    role = models.CharField(max_length=10, choices=AssignmentRole.choices, default=AssignmentRole.LEAD)
    expected = models.PositiveIntegerField()
    given = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=FanOutState.choices, default=FanOutState.RUNNING)
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="fan_out_one_at_a_time", fields=["task"], condition=Q(state=FanOutState.RUNNING)
            )
        ]
        ordering = ["-pk"]
        verbose_name = "giao cho cả nhánh"

    def __str__(self) -> str:
        return f"{self.task_id}: {self.given}/{self.expected}"
