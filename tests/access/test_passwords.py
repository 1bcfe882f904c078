"""Changing one's password."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from nhipcau.access.models import Account
from nhipcau.access.passwords import change_password
from nhipcau.audit.models import Entry
from nhipcau.core.errors import InvalidInput
from tests.cast import NOW, PASSWORD, Cast
from tests.refusals import by_field

pytestmark = pytest.mark.django_db
NEW = "qua-cau-song-moi"


@pytest.fixture
def account(cast: Cast) -> Account:
    return cast.account(cast.clerk)


def test_the_new_one_holds_and_the_log_knows_neither(account: Account) -> None:
    change_password(account=account, old=PASSWORD, new=NEW, at=NOW)
    kept = Account.objects.get(pk=account.pk)
    assert kept.check_password(NEW) and not kept.check_password(PASSWORD)
    entry = Entry.objects.get(action="access.password_changed")
    assert (entry.actor, entry.object, entry.data) == (f"account:{account.uid}", f"account:{account.uid}", "{}")


@pytest.mark.django_db(transaction=True)
def test_a_password_handed_over_before_there_were_codes_ends_with_the_upgrade(cast: Cast) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("access", "0012_sent_forms")])
    try:
        before = executor.loader.project_state(("access", "0012_sent_forms")).apps.get_model("access", "Account")
        handed = cast.account(cast.clerk).login
        before.objects.filter(login=handed).update(must_change=True)
    finally:
        MigrationExecutor(connection).migrate(executor.loader.graph.leaf_nodes())
    kept = {one.login: one.check_password(PASSWORD) for one in Account.objects.all()}
    assert not kept.pop(handed)
    assert all(kept.values())


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("khong-phai-the-nay", NEW, "old"),
        (PASSWORD, PASSWORD, "new"),
        (PASSWORD, "ngan", "new"),
        (PASSWORD, "1234567890", "new"),
        (PASSWORD, "cua-VanThu-ta", "new"),
    ],
    ids=["wrong", "the same", "short", "common", "the login in it"],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_changes(
    account: Account, old: str, new: str, where: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        change_password(account=account, old=old, new=new, at=NOW)
    assert set(by_field(refusal.value)) == {where}
    assert Account.objects.get(pk=account.pk).check_password(PASSWORD)
    assert not Entry.objects.filter(action="access.password_changed").exists()
