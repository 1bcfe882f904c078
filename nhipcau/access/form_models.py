"""What is remembered of a form that was sent: enough to know it again, nothing of what it said."""

from __future__ import annotations

from django.db import models


class SentForm(models.Model):
    """The form sent last from one drawing of one page. `page` and `said` are keyed digests (web.twice): of the
    account, the address and the page's token; and of the content. `location` is empty while it is in hand."""

    page = models.CharField(max_length=64, unique=True)
    said = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    location = models.TextField(default="", blank=True)

    class Meta:
        verbose_name = "biểu mẫu đã gửi"

    def __str__(self) -> str:
        return self.page
