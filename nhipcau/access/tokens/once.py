"""Doing a thing once however often it is sent: the answer is kept under the token and the key, for a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from nhipcau.access.token_models import ApiAnswer, ApiToken
from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.core.retaining import Rows, Unlogged
from nhipcau.core.said import Said

KEPT = dt.timedelta(days=1)


class KeyReused(InvalidInput):
    """The key was used for another request."""


class StillInHand(Conflict):
    """The first request under this key has no answer yet, or never got one."""


def begin(*, token: ApiToken, key: str, digest: str, at: dt.datetime) -> ApiAnswer:
    """The key is taken for this request; or the answer that was given under it (`status` is set).

    Raises KeyReused where the request was another one, StillInHand where its outcome is not known.
    """
    ApiAnswer.objects.filter(token=token, key=key, at__lt=at - KEPT).delete()
    try:
        with transaction.atomic():
            return ApiAnswer.objects.create(token=token, key=key, digest=digest, at=at)
    except IntegrityError:
        kept = ApiAnswer.objects.get(token=token, key=key)
    if kept.digest != digest:
        raise KeyReused(
            Said(
                "Idempotency-Key này đã dùng cho một yêu cầu khác; mỗi yêu cầu cần một khóa riêng.",
                "This Idempotency-Key was used for another request; each request needs its own.",
            )
        )
    if kept.status is None:
        raise StillInHand(
            Said(
                "Yêu cầu trước mang khóa này chưa có trả lời. Hãy đọc lại xem đã ghi chưa rồi mới gửi tiếp.",
                "The earlier request under this key has no answer. Read whether it was done before you send more.",
            )
        )
    return kept


def finish(*, answer: ApiAnswer, status: int, body: str) -> None:
    """Keep what was answered. A refusal did nothing, so its key is free again."""
    if 200 <= status < 300:
        answer.status, answer.body = status, body
        answer.save(update_fields=["status", "body"])
    else:
        answer.delete()


class KeptAnswers(Unlogged):
    """Answers are kept a day."""

    name = "api_answers"
    label = "câu trả lời của API"
    kept = KEPT

    def overdue(self, at: dt.datetime) -> Sequence[Rows]:
        """Answered longer ago."""
        return [ApiAnswer.objects.filter(at__lt=at - self.kept)]
