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


class MailState(models.TextChoices):
    QUEUED = "queued", "đang chờ"
    SENDING = "sending", "đang gửi"
    SENT = "sent", "đã gửi"
    REFUSED = "refused", "địa chỉ bị từ chối"
    FAILED = "failed", "không gửi được"


class Mail(models.Model):
    """One letter to one officer. `key` makes it unique: posting it again changes nothing. What is sent says what is
    due and where to sign in, never what stands in a report. `ref` stands in its Message-ID and in the address that
    it comes back to. `about`: the account and the posts, as the log names them, that it speaks to."""

    key = models.CharField(max_length=120, unique=True)
    ref = models.CharField(max_length=32, db_index=True, default="", editable=False)
    address = models.EmailField()
    language = models.CharField(max_length=5, default="vi")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    made_at = models.DateTimeField()
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    about = models.JSONField(default=list)

    class Meta:
        db_table = "outbox_mail"
        indexes = [
            models.Index(fields=["run_at"], name="outbox_mail_waiting", condition=models.Q(state="queued")),
            models.Index(fields=["address"], name="outbox_mail_refused", condition=models.Q(state="refused")),
        ]
        verbose_name = "thư điện tử"

    def __str__(self) -> str:
        return self.key
