"""One table of jobs. A job holds a name and plain ids; what they mean is looked up when it runs."""

from __future__ import annotations

from django.db import models


class JobState(models.TextChoices):
    QUEUED = "queued", "đang chờ"
    RUNNING = "running", "đang chạy"
    DONE = "done", "xong"
    FAILED = "failed", "hỏng"


class Job(models.Model):
    """`key` makes a job unique while it waits or after it ran: enqueueing it again changes nothing."""

    name = models.CharField(max_length=60)
    args = models.JSONField(default=list)
    key = models.CharField(max_length=120, unique=True, null=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(default="", blank=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "outbox_job"
        indexes = [models.Index(fields=["run_at"], name="outbox_waiting", condition=models.Q(state="queued"))]
        verbose_name = "việc chờ"

    def __str__(self) -> str:
        return f"{self.name}{self.args}"
