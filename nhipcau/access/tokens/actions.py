"""Making and revoking tokens. Every step is in the log, and so is a token that was refused."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection

from django.db import transaction

from nhipcau.access.token_models import ApiToken, TokenScope
from nhipcau.access.tokens.queries import PREFIX, digest_of, in_force, tokens_of
from nhipcau.audit.actions import record
from nhipcau.audit.screen import screen
from nhipcau.core.actors import Actor, System
from nhipcau.core.clock import VN
from nhipcau.core.errors import Conflict, Fault, InvalidInput, NotAllowed
from nhipcau.core.said import Said
from nhipcau.core.text import clean
from nhipcau.org.models import Appointment, Post
from nhipcau.org.queries import holder_of
from nhipcau.org.scope import Scope

LONGEST = 366  # days
MOST = 20  # tokens in force of one post
_DAY = dt.timedelta(days=1)


def make_token(
    *, post: Post, name: str, scopes: Collection[TokenScope], last_day: dt.date, actor: Actor, at: dt.datetime
) -> tuple[ApiToken, str]:
    """A token of the post, good through `last_day`, and its secret, which is kept nowhere and shown once.

    Only the post's own holder makes it, or the operator's command. Raises NotAllowed, Conflict, InvalidInput.
    """
    if isinstance(actor, Post) and (actor.pk != post.pk or actor.hand is not None):
        raise NotAllowed("Chỉ người giữ chức danh tự tạo mã truy cập; người làm thay không tạo được.")
    scope = Scope(post, at)
    held = holder_of(post, scope.day)
    if held is None:
        raise Conflict("Chức danh này không có ai giữ nên không tạo mã truy cập được.")
    name = clean(name)
    _require_sound(name, scopes, last_day, scope.day)
    screen({"name": name}, "token", actor=actor, at=at)
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        if in_force(tokens_of(scope), at).count() >= MOST:
            most = Said(
                f"Chức danh đã có {MOST} mã đang dùng. Hãy thu hồi mã không cần nữa rồi tạo mã mới.",
                f"The post has {MOST} tokens already. Revoke one that is not needed, then make a new one.",
            )
            raise Conflict(most)
        return _made(held, name, scopes, last_day, actor, at)


def revoke_token(*, token: ApiToken, actor: Actor, at: dt.datetime) -> None:
    """It opens nothing from now on. `token` was fetched through the actor's scope. Safe to repeat."""
    with transaction.atomic():
        found = ApiToken.objects.select_for_update().get(pk=token.pk)
        if found.revoked_at is None:
            found.revoked_at = at
            found.save(update_fields=["revoked_at"])
            record(actor=actor, action="access.token_revoked", obj=f"token:{found.uid}", at=at)


def note_use(*, token: ApiToken, day: dt.date) -> None:
    """The day it was last used, for its holder to see: written once a day. No deed of office, so not logged."""
    if token.last_used != day:
        token.last_used = day
        token.save(update_fields=["last_used"])


def note_refusal(*, token: ApiToken, why: str, at: dt.datetime) -> None:
    """The log says that a known token was refused, and why."""
    with transaction.atomic():
        record(
            actor=System("api"), action="access.token_refused", obj=f"token:{token.uid}", at=at, data={"why": why}
        )


def _require_sound(name: str, scopes: Collection[TokenScope], last_day: dt.date, today: dt.date) -> None:
    faults = []
    if not name or len(name) > 80:
        told = Said("ghi chương trình nào dùng mã, tối đa 80 ký tự", "say which program uses it, in 80 characters")
        faults.append(Fault("name", told))
    if not scopes:
        faults.append(Fault("scopes", Said("hãy chọn ít nhất một việc", "choose at least one")))
    if not today <= last_day <= today + LONGEST * _DAY:
        told = Said(f"chọn từ hôm nay đến không quá {LONGEST} ngày", f"from today, for {LONGEST} days at most")
        faults.append(Fault("last_day", told))
    if faults:
        raise InvalidInput("Chưa tạo được mã truy cập.", faults)


def _made(
    held: Appointment, name: str, scopes: Collection[TokenScope], last_day: dt.date, actor: Actor, at: dt.datetime
) -> tuple[ApiToken, str]:
    secret = PREFIX + secrets.token_urlsafe(32)
    kept = [one.value for one in TokenScope if one in scopes]
    token = ApiToken.objects.create(
        appointment=held,
        name=name,
        digest=digest_of(secret),
        scopes=kept,
        made_at=at,
        expires_at=dt.datetime.combine(last_day + _DAY, dt.time(), VN),
    )
    record(
        actor=actor,
        action="access.token_made",
        obj=f"token:{token.uid}",
        at=at,
        data={"post": str(held.post.uid), "scopes": kept, "until": last_day.isoformat()},
    )
    return token, secret
