"""A token belongs to a post and to whoever held it when it was made. Of its secret only the digest is kept."""

from __future__ import annotations

from django.db import models

from nhipcau.core.ids import new_uid
from nhipcau.core.said import Said
from nhipcau.org.models import Appointment


class TokenScope(models.TextChoices):
    """What a token is good for. It never widens the post's own rights: both are asked, each time."""

    READ = "read", Said("đọc", "read")
    RECORD = (
        "record",
        Said("ghi: việc được giao, hoạt động, số liệu báo cáo", "record: work that was given, activities, figures"),
    )
    SUBMIT = "submit", Said("trình báo cáo", "make reports ready")
    APPROVE = "approve", Said("duyệt: gửi, tiếp nhận, trả lại báo cáo", "approve: send, accept, return reports")
    ISSUE = (
        "issue",
        Said(
            "văn thư và giao việc: nhận văn bản, giao việc, đăng thông báo",
            "clerk's work and directives: take letters in, hand out work, announce",
        ),
    )


class ApiToken(models.Model):
    """Good until it expires, is revoked, or its appointment or post ends: nothing has to run for that."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("dùng cho", max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField("tạo lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)
    last_used = models.DateField("dùng gần nhất", null=True)

    class Meta:
        verbose_name = "mã truy cập"

    def __str__(self) -> str:
        return self.name


class ApiAnswer(models.Model):
    """What a program was answered under an Idempotency-Key; `status` is null while its request is in hand."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="apianswer_once", fields=["token", "key"])]
        indexes = [models.Index(fields=["at"])]
        verbose_name = "câu trả lời đã gửi"

    def __str__(self) -> str:
        return self.key
