"""Wrong tries to sign in: told alike, worth the same work, and counted for all processes together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from pytest_django.fixtures import Settings

from nhipcau.access.models import Account, SharedCount
from tests.cast import NOW, PASSWORD, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
WRONG = "sai-mat-khau-1"
MOST = 5  # wrong tries of one login, before it has to wait
HERE, PROXY = "203.0.113.7", "10.0.0.2"


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


def tried(login: str, password: str = WRONG, **meta: str) -> int:
    client = Client(**meta)  # type: ignore[arg-type]  # what a WSGI server says of the request
    return int(client.post("/dang-nhap/", {"login": login, "password": password}).status_code)


@pytest.mark.parametrize("login", ["coso", "khong-co-ai"])
def test_after_five_wrong_tries_a_login_has_to_wait_whether_it_exists_or_not(login: str, cast: Cast) -> None:
    assert [tried(login) for _ in range(MOST + 1)] == [422] * MOST + [429]
    assert tried("coso", PASSWORD) == (429 if login == "coso" else 302)
    assert tried("vanthu", PASSWORD) == 302, "nobody else has to wait"


def test_another_name_of_the_site_is_no_further_try(cast: Cast) -> None:
    for number in range(MOST):
        tried("coso", HTTP_HOST=f"localhost:{8000 + number}")
    assert tried("coso", PASSWORD, HTTP_HOST="127.0.0.1:8000") == 429


def test_right_passwords_are_not_counted(cast: Cast) -> None:
    assert {tried("coso", PASSWORD) for _ in range(2 * MOST)} == {302}
    assert tried("coso") == 422


def test_who_has_to_wait_is_told_how_long_and_what_else_to_do(cast: Cast) -> None:
    for _ in range(MOST):
        tried("coso")
    answer = Client().post("/dang-nhap/", {"login": "coso", "password": PASSWORD})
    assert "Hãy đợi năm phút" in answer.content.decode()


def test_one_address_cannot_go_through_the_logins_of_a_federation(cast: Cast) -> None:
    tries = [tried(f"coso{number}", REMOTE_ADDR=HERE) for number in range(31)]
    assert tries == [422] * 30 + [429]
    assert tried("coso", PASSWORD, REMOTE_ADDR=HERE) == 429
    assert tried("coso", PASSWORD, REMOTE_ADDR="203.0.113.8") == 302


def test_behind_a_proxy_the_address_it_names_is_the_one_that_counts(cast: Cast, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(30):
        tried(f"coso{number}", REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=f"198.51.100.1, {HERE}")
    assert tried("coso", PASSWORD, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR=HERE) == 429
    assert tried("coso", PASSWORD, REMOTE_ADDR=PROXY, HTTP_X_FORWARDED_FOR="203.0.113.8") == 302


def test_without_a_proxy_nobody_can_name_another_address(cast: Cast) -> None:
    for number in range(30):
        tried(f"coso{number}", REMOTE_ADDR=HERE, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert tried("coso", PASSWORD, REMOTE_ADDR=HERE, HTTP_X_FORWARDED_FOR="198.51.100.99") == 429


def test_the_counts_lie_in_the_database_and_name_nobody(cast: Cast) -> None:
    tried("coso", REMOTE_ADDR=HERE)
    kept = list(SharedCount.objects.values_list("cache_key", "value"))
    assert len(kept) == 2, "one for the login, one for the address"
    assert not any(said in f"{key}{value}" for key, value in kept for said in ("coso", HERE))


@pytest.fixture
def works(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every password that was digested."""
    done: list[str] = []
    digest = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        done.append(password)
        return digest(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    yield done


@pytest.mark.parametrize("who", ["known", "unknown", "closed", "without a password"])
def test_a_wrong_try_is_the_same_work_whoever_is_meant(who: str, cast: Cast, works: list[str]) -> None:
    account = cast.account(cast.local_volunteer)
    if who == "closed":
        Account.objects.filter(pk=account.pk).update(is_active=False)
    if who == "without a password":
        account.set_unusable_password()
        account.save(update_fields=["password"])
    works.clear()
    assert tried("khong-co-ai" if who == "unknown" else "coso") == 422
    assert len(works) == 1
