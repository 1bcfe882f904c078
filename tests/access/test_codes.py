"""A code handed down opens an account once, and nobody but its officer ever knows the password."""

from __future__ import annotations

import datetime as dt

import pytest

from nhipcau.access.actions import give_calendar
from nhipcau.access.codes import LASTS, Handed, hand_code, use_code
from nhipcau.access.models import Account, EntryCode
from nhipcau.access.tokens.queries import TokenRefused, bearer_of
from nhipcau.audit.models import Entry
from nhipcau.core.errors import InvalidInput
from tests.api.asking import token_of
from tests.cast import NOW, SETUP, Cast
from tests.refusals import by_field

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEW = "qua-cau-song-moi"


@pytest.fixture
def handed(cast: Cast) -> Handed:
    return hand_code(cast.account(cast.local_volunteer), actor=cast.commune_officer, at=NOW)


def refused(code: str, password: str = NEW, at: dt.datetime = NOW) -> dict[str, list[str]]:
    with pytest.raises(InvalidInput) as refusal:
        use_code(code=code, password=password, at=at)
    return dict(by_field(refusal.value))


@pytest.mark.parametrize("typed", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_it_opens_the_account_however_it_is_typed(handed: Handed, typed: object) -> None:
    assert callable(typed)
    assert use_code(code=typed(handed.code), password=NEW, at=NOW).check_password(NEW)
    assert not EntryCode.objects.exists()


def test_it_is_kept_nowhere_and_the_log_names_who_gave_it_and_who_used_it(handed: Handed, cast: Cast) -> None:
    use_code(code=handed.code, password=NEW, at=NOW)
    given, used = Entry.objects.filter(action__startswith="access.code_").order_by("pk")
    account = f"account:{handed.account.uid}"
    assert [given.actor, given.object] == [f"post:{cast.commune_officer.uid}", account]
    assert [used.actor, used.object] == [account, account]
    assert not any(handed.code in str(entry.__dict__) for entry in (given, used))


def test_wrong_used_late_and_overtaken_codes_are_told_alike(handed: Handed, cast: Cast) -> None:
    told = refused("AAAA-BBBB-CCCC-DDDD")
    assert set(told) == {"code"}
    assert refused(handed.code, at=NOW + LASTS) == told
    newer = hand_code(handed.account, actor=SETUP, at=NOW)
    assert refused(handed.code) == told
    use_code(code=newer.code, password=NEW, at=NOW)
    assert refused(newer.code) == told
    closed = hand_code(handed.account, actor=SETUP, at=NOW)
    Account.objects.update(is_active=False)
    assert refused(closed.code) == told


def test_a_weak_password_does_not_use_it_up(handed: Handed) -> None:
    assert set(refused(handed.code, "ngan")) == {"new"}
    assert use_code(code=handed.code, password=NEW, at=NOW)


def test_what_its_officer_had_given_out_opens_nothing_any_more(cast: Cast) -> None:
    secret = token_of(cast.local_volunteer)
    give_calendar(account=cast.account(cast.local_volunteer), actor=cast.local_volunteer, at=NOW)
    handed = hand_code(cast.account(cast.local_volunteer), actor=cast.commune_officer, at=NOW)
    use_code(code=handed.code, password=NEW, at=NOW)
    with pytest.raises(TokenRefused, match="thu hồi"):
        bearer_of(secret, NOW)
    assert Account.objects.get(pk=handed.account.pk).calendar == ""
