"""Two tables: the entries, and the one row that says how far the chain reaches."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class Entry(models.Model):
    """One act. `seq` and `chain` stay empty until the sealer places the entry in the chain."""

    seq = models.BigIntegerField(null=True, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    object = models.CharField(max_length=80)
    data = models.TextField()
    digest = models.CharField(max_length=64)
    chain = models.CharField(max_length=64, default="")

    class Meta:
        db_table = "audit_entry"
        indexes = [
            models.Index(fields=["object"]),
            models.Index(fields=["action", "at"]),
            models.Index(fields=["actor", "at"], name="audit_entry_actor"),
            models.Index(fields=["at", "id"], name="audit_entry_moment"),
        ]
        verbose_name = "mục nhật ký"

    def __str__(self) -> str:
        return f"{self.action} {self.object}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Nhật ký chỉ được thêm, không sửa.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Nhật ký chỉ được thêm, không xóa.")


class Head(models.Model):
    """The end of the chain; locked by whoever seals, so that one sealer works at a time."""

    seq = models.BigIntegerField(default=0)
    chain = models.CharField(max_length=64, default="")
    room = models.CharField(max_length=32, default="")  # where a shared store holds this chain's heads

    class Meta:
        db_table = "audit_head"
        verbose_name = "đầu chuỗi nhật ký"

    def __str__(self) -> str:
        return f"{self.seq}:{self.chain}"
