"""From the server's own console: the first account of an installation, and a way back in.

Whoever runs commands on the server owns the data anyway; on the pages the level above opens accounts (`staffing`).
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from nhipcau.access.actions import open_account
from nhipcau.access.codes import Handed, hand_code
from nhipcau.access.models import Account
from nhipcau.core.actors import Actor
from nhipcau.core.clock import local_date
from nhipcau.core.errors import Conflict, NotFound
from nhipcau.core.said import Said
from nhipcau.org.actions import appoint, create_post
from nhipcau.org.models import Appointment, Role
from nhipcau.org.queries import root

TITLE = "Quản trị hệ thống"


def open_first(*, login: str, name: str, phone: str = "", actor: Actor, at: dt.datetime) -> Handed:
    """The administrator of the unit at the top, and the code that opens the account.

    Raises NotFound (no tree yet), Conflict (somebody administers already), InvalidInput (login taken, no name).
    """
    day = local_date(at)
    unit = root(day)
    _require_none(day)
    with transaction.atomic():
        account = open_account(login=login, password=None, name=name, phone=phone, actor=actor, at=at)
        post = create_post(unit=unit, title=TITLE, roles=[Role.ADMINISTRATOR], start=day, actor=actor, at=at)
        appoint(post=post, person=account.person, start=day, actor=actor, at=at)
        return hand_code(account, actor=actor, at=at)


def reissue(*, login: str, actor: Actor, at: dt.datetime) -> Handed:
    """A code for that account; its password and every session of it end. Raises NotFound."""
    account = Account.objects.filter(login=login.strip().lower(), is_active=True).first()
    if account is None:
        raise NotFound(Said(f"Không có tài khoản «{login}».", f"There is no account «{login}»."))
    return hand_code(account, actor=actor, at=at)


def _require_none(day: dt.date) -> None:
    held = Appointment.objects.at(day).filter(person__account__is_active=True).select_related("post", "person")
    for one in held.order_by("pk").iterator():
        if one.post.has_role(Role.ADMINISTRATOR):
            login = one.person.account.login
            raise Conflict(
                Said(
                    f"Đã có người quản trị («{login}»). Tài khoản khác mở trên trang Tổ chức; quên mật khẩu thì "
                    f"chạy «nhipcau account reissue {login}».",
                    f"There is an administrator («{login}»). Other accounts are opened on the pages; for a lost "
                    f"password run «nhipcau account reissue {login}».",
                )
            )
