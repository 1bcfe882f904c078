"""Opening accounts."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from nhipcau.access.actions import open_account
from nhipcau.access.models import Account
from nhipcau.config.settings import PASSWORD_HASHERS as HASHERS
from nhipcau.core.errors import InvalidInput
from tests.cast import NOW, PASSWORD, SETUP
from tests.refusals import by_field

pytestmark = pytest.mark.django_db


def test_the_password_is_kept_as_argon2id(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = HASHERS
    account = open_account(login="Lan", password=PASSWORD, name="Mạc Thị Lan", actor=SETUP, at=NOW)
    assert account.login == "lan"
    assert account.password.startswith("argon2$argon2id$")
    assert account.check_password(PASSWORD)


def test_a_weak_password_and_a_taken_login_are_both_named() -> None:
    open_account(login="lan", password=PASSWORD, name="Mạc Thị Lan", actor=SETUP, at=NOW)
    with pytest.raises(InvalidInput) as refusal:
        open_account(login="LAN", password="123", name="Người khác", actor=SETUP, at=NOW)
    assert set(by_field(refusal.value)) == {"login", "password"}
    assert Account.objects.count() == 1
