"""What happens to an assignment on its way: reminders, more time, another unit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nhipcau.core.ids import new_uid
from nhipcau.org.models import Post, Reorganisation, Unit
from nhipcau.tasks.models.work import Assignment


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


class Reminder(models.Model):
    """One rung of the ladder for one assignment; a rung is climbed once however often the job runs.

    Rung 0 is a reminder sent by hand (`sent_by`), at most once a day. `past`: it spoke of a date that a new
    letter has put off since, so the ladder begins anew. `cause` and `counted_from` say why it was sent.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reminders")
    rung = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=10, default="", blank=True)
    counted_from = models.DateField(null=True)
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


class Unreached(models.Model):
    """Reminders to a unit went to nobody, for nobody there approves: the nearest unit above that has somebody was
    told on `day`, once for as long as it lasts."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    told = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unreached_once", fields=["unit", "told"], condition=Q(ended_on=None))
        ]
        indexes = [models.Index(fields=["told", "ended_on"])]
        verbose_name = "đơn vị không ai nhận lời nhắc"

    def __str__(self) -> str:
        return f"{self.unit_id} → {self.told_id}"


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
