"""The level above fills a vacant post: the officer, the account and the appointment in one step, or an officer who
has an account already; and gives a code to a holder who cannot get in any more."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet

from nhipcau.access.actions import open_account
from nhipcau.access.codes import Handed, hand_code
from nhipcau.access.models import Account
from nhipcau.access.queries import posts_of, seats_of
from nhipcau.core.clock import local_date
from nhipcau.core.errors import NotAllowed, NotFound
from nhipcau.core.said import Said
from nhipcau.core.text import fold
from nhipcau.org.actions import appoint
from nhipcau.org.models import Appointment, Post
from nhipcau.org.queries import holder_of
from nhipcau.org.scope import Scope, fetch
from nhipcau.org.seats import get_managed_for, roles_given_by
from nhipcau.org.vacancies import get_vacant_for, require_appointing, require_entrusting

UNKNOWN = Said("Không có cán bộ này trong nhánh của bạn.", "There is no such officer in your branch.")


def fill_post(*, post: Post, name: str, phone: str, login: str, actor: Post, at: dt.datetime) -> Handed:
    """The new account and the code with which its officer opens it.

    Raises NotAllowed, NotFound (held already, or out of sight), InvalidInput (login taken, no name).
    """
    scope = Scope(actor, at)
    require_appointing(scope)
    vacant = get_vacant_for(scope, post.uid)
    require_entrusting(vacant, actor)
    with transaction.atomic():
        account = open_account(login=login, password=None, name=name, phone=phone, actor=actor, at=at)
        appoint(post=vacant, person=account.person, start=local_date(at), actor=actor, at=at)
        return hand_code(account, actor=actor, at=at)


def known_officers(scope: Scope, text: str = "") -> QuerySet[Account]:
    """Accounts of those who hold or held a post in the own branch, by a part of the name or the beginning of the
    login. No other account can be found here: a search tells nobody who else is in the federation."""
    held = Appointment.objects.filter(post__unit__in=scope.units().values("pk"))
    rows = Account.objects.filter(is_active=True, person__in=held.values("person")).select_related("person")
    for word in fold(text).split():
        rows = rows.filter(Q(person__folded__contains=word) | Q(login__istartswith=word))
    return rows.order_by("person__folded", "pk")


def appoint_known(*, post: Post, officer: object, actor: Post, at: dt.datetime) -> Account:
    """An officer who has an account (its uid) holds the post too, from today on, with the same password.

    Raises NotAllowed (the actor's own account too), NotFound (held already, or post or officer out of sight).
    """
    scope = Scope(actor, at)
    require_appointing(scope)
    vacant = get_vacant_for(scope, post.uid)
    require_entrusting(vacant, actor)
    account = fetch(known_officers(scope), officer, UNKNOWN)
    if actor in posts_of(account, scope.day):
        raise NotAllowed("Không ai tự phân công mình; việc này của người khác trong ban hoặc của cấp trên.")
    appoint(post=vacant, person=account.person, start=local_date(at), actor=actor, at=at)
    return account


def let_back_in(*, post: Post, actor: Post, at: dt.datetime) -> Handed:
    """A code for the holder who cannot get in any more; the password and every session of the account end.

    Raises NotAllowed (one's own, or no right to it), NotFound (out of sight, or nobody with an account holds it).
    """
    scope = Scope(actor, at)
    require_appointing(scope)
    found = get_managed_for(scope, post.uid)
    held = holder_of(found, scope.day)
    account = Account.objects.filter(person=held.person_id).first() if held else None
    if account is None:
        raise NotFound("Người giữ chức danh này chưa có tài khoản.")
    if actor in posts_of(account, scope.day):
        raise NotAllowed("Mã cho chính bạn do người khác trong ban hoặc cấp trên cấp.")
    for one in seats_of(account, at):  # the account opens all that its officer holds or stands in for
        _require_reissuing(one, scope)
    return hand_code(account, actor=actor, at=at)


def _require_reissuing(seat: Post, scope: Scope) -> None:
    """NotAllowed where the code would open what the actor could not give: whoever gives it out could use it."""
    require_entrusting(seat, scope.post)
    if not scope.sees(seat.unit):
        raise NotAllowed("Người này còn giữ chức danh ngoài phạm vi của bạn; hãy nhờ cấp trên cấp lại.")
    if not set(seat.roles) <= set(roles_given_by(scope.post)):
        raise NotAllowed(
            "Người này còn có quyền mà chức danh bạn không có; hãy nhờ người quản trị hoặc cấp trên cấp lại."
        )
