"""Opening accounts."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from nhipcau.access.models import Account
from nhipcau.audit.actions import record
from nhipcau.core.actors import Actor
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.text import clean
from nhipcau.org.actions import add_person


def open_account(
    *, login: str, password: str, name: str, phone: str = "", actor: Actor, at: dt.datetime
) -> Account:
    """An account with its person. InvalidInput if the login is taken or the password too weak."""
    login = clean(login).lower()
    account = Account(login=login)
    faults = [Fault("login", "tên đăng nhập này đã có người dùng")] if _taken(login) else []
    try:
        validate_password(password, account)
    except ValidationError as error:
        faults.extend(Fault("password", message) for message in error.messages)
    if faults:
        raise InvalidInput("Chưa mở được tài khoản.", faults)
    with transaction.atomic():
        account.person = add_person(name=name, phone=phone, actor=actor, at=at)
        account.set_password(password)
        account.save()
        record(actor=actor, action="access.account_opened", obj=f"account:{account.uid}", at=at)
    return account


def _taken(login: str) -> bool:
    return Account.objects.filter(login=login).exists()
