"""Work that came to the wrong unit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhipcau.core.ids import new_uid
from nhipcau.org.models import Post
from nhipcau.tasks.models.work import Assignment


class RedirectionState(models.TextChoices):
    ASKED = "asked", "chờ đơn vị giao việc"
    HANDED_ON = "handed_on", "đã chuyển đúng đơn vị"
    INSISTED = "insisted", "đơn vị vẫn phải làm"
    TAKEN_BACK = "taken_back", "đã thôi giao"


class Redirection(models.Model):
    """A unit says that the work is not its own and whose it is; the one that handed it out answers once.

    Until then the work stays with the unit, open, and nobody is reminded. `handed_to`: the assignment made of it.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="redirections")
    reason = models.TextField()
    belongs_to = models.CharField(max_length=250, default="", blank=True)
    asked_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RedirectionState.choices, default=RedirectionState.ASKED)
    handed_to = models.ForeignKey(Assignment, on_delete=models.PROTECT, null=True, related_name="came_from")
    answer = models.TextField(default="", blank=True)
    answered_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="redirection_asked_once", fields=["assignment"], condition=Q(state=RedirectionState.ASKED)
            )
        ]
        ordering = ["assignment", "pk"]
        verbose_name = "trả lại vì không đúng nơi nhận"

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.state}"
