"""Whom a secret acts for, and the tokens of a post."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from nhipcau.access.models import Account
from nhipcau.access.token_models import ApiToken
from nhipcau.core.clock import local_date
from nhipcau.core.errors import NhipCauError
from nhipcau.core.said import Said
from nhipcau.org.models import Appointment, Post
from nhipcau.org.scope import Scope, fetch

PREFIX = "nhipcau_"
ABSENT = Said("Không có mã truy cập này ở chức danh của bạn.", "Your post has no such token.")
_WHY = {
    "unknown": Said("Mã truy cập không đúng.", "There is no such token."),
    "revoked": Said("Mã truy cập đã bị thu hồi.", "The token was revoked."),
    "expired": Said("Mã truy cập đã hết hạn. Hãy tạo mã mới.", "The token has expired. Make a new one."),
    "ended": Said(
        "Mã truy cập hết hiệu lực vì chức danh đã đổi người giữ hoặc đã kết thúc.",
        "The token ended because its post changed hands or ended.",
    ),
    "account": Said(
        "Tài khoản của người giữ chức danh đang khóa hoặc phải đổi mật khẩu trước.",
        "The holder's account is closed, or must choose a password first.",
    ),
}


class TokenRefused(NhipCauError):
    """A secret that opens nothing. `token` is known unless nobody ever gave it out."""

    def __init__(self, why: str, token: ApiToken | None = None) -> None:
        super().__init__(_WHY[why])
        self.why, self.token = why, token


@dataclass(frozen=True)
class Bearer:
    """A token in force and the post it acts for."""

    token: ApiToken
    post: Post


def digest_of(secret: str) -> str:
    """What is kept of a secret: it has 256 random bits, so a plain digest cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def bearer_of(secret: str, at: dt.datetime) -> Bearer:
    """The token with that secret, if it holds now. Raises TokenRefused."""
    rows = ApiToken.objects.select_related("appointment__post__unit__kind")
    token = rows.filter(digest=digest_of(secret)).first()
    if token is None:
        raise TokenRefused("unknown")
    if token.revoked_at is not None:
        raise TokenRefused("revoked", token)
    if at >= token.expires_at:
        raise TokenRefused("expired", token)
    day, held = local_date(at), token.appointment
    if not _stands(held, day) or not _stands(held.post, day):
        raise TokenRefused("ended", token)
    if not Account.objects.filter(person=held.person_id, is_active=True).exists():
        raise TokenRefused("account", token)
    return Bearer(token, held.post)


def tokens_of(scope: Scope) -> QuerySet[ApiToken]:
    """Those made for the scope's post by whoever holds it today, the newest first."""
    held = Appointment.objects.at(scope.day).filter(post=scope.post)
    return ApiToken.objects.filter(appointment__in=held).order_by("-made_at", "-pk")


def in_force(tokens: QuerySet[ApiToken], at: dt.datetime) -> QuerySet[ApiToken]:
    """Those neither revoked nor expired."""
    return tokens.filter(Q(revoked_at=None), expires_at__gt=at)


def get_token_for(scope: Scope, uid: object) -> ApiToken:
    """One of the scope's own post and holder; any other does not exist."""
    return fetch(tokens_of(scope), uid, ABSENT)


def _stands(row: Appointment | Post, day: dt.date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or day < row.valid_to)


def find_token(uid: str) -> ApiToken:
    """Any token by its uid; for the operator's command line, without a scope."""
    return fetch(ApiToken.objects.all(), uid, Said("Không có mã truy cập này.", "There is no such token."))
