"""A password that its officer alone knows: what it must be, and changing it."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from nhipcau.access.models import Account
from nhipcau.audit.actions import record
from nhipcau.core.errors import Fault, InvalidInput
from nhipcau.core.said import Said

SHORTEST = 10  # characters; Django's own check says so in English alone
SHORTEST_LOGIN = 4  # a login of two letters stands in many a good password


def faults_of(password: str, login: str) -> list[str]:
    """What is wrong with it, in the language of the moment."""
    if len(password) < SHORTEST:
        return [
            Said(f"mật khẩu phải có ít nhất {SHORTEST} ký tự", f"the password needs {SHORTEST} characters or more")
        ]
    try:
        validate_password(password)
    except ValidationError as error:
        return list(error.messages)
    if len(login) >= SHORTEST_LOGIN and login.lower() in password.lower():
        return [Said("mật khẩu không được chứa tên đăng nhập", "the password must not contain the login")]
    return []


def change_password(*, account: Account, old: str, new: str, at: dt.datetime) -> Account:
    """The officer takes another password; every other session of the account ends with the old one.

    Raises InvalidInput with faults at "old" and "new". The log says that it changed, never what it is.
    """
    faults = [Fault("new", why) for why in faults_of(new, account.login)]
    if not account.check_password(old):
        faults.append(Fault("old", "mật khẩu đang dùng chưa đúng"))
    elif new == old:
        faults.append(Fault("new", "hãy chọn mật khẩu khác mật khẩu đang dùng"))
    if faults:
        raise InvalidInput("Chưa đổi được mật khẩu.", faults)
    with transaction.atomic():
        account.set_password(new)
        account.save(update_fields=["password"])
        record(actor=account, action="access.password_changed", obj=f"account:{account.uid}", at=at)
    return account
