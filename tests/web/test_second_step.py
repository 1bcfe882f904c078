"""The second step of signing in: an app's codes, recovery codes, and who must have one before anything else."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from nhipcau.access.codes import hand_code, use_code
from nhipcau.audit.models import Entry
from tests.cast import NOW, PASSWORD, SETUP, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NEXT = 30  # seconds a code lasts


@pytest.fixture(autouse=True)
def today(settings: Settings) -> None:
    settings.DEMO_CLOCK = NOW.isoformat()


@pytest.fixture(autouse=True)
def standing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the codes stands: else one shown at the end of its half minute would be answered in the next."""
    now = time.time()
    monkeypatch.setattr(auth, "time", SimpleNamespace(time=lambda: now))


def shown(secret: str, later: int = 0) -> str:
    """What the app shows."""
    return str(format_hotp_value(hotp_value(secret, int(auth.time.time() + later) // NEXT)))


def signed_in(login: str = "coso") -> Client:
    client = Client()
    client.post("/dang-nhap/", {"login": login, "password": PASSWORD})
    return client


def with_app(login: str = "coso") -> tuple[Client, str, list[str]]:
    """Signed in, with the app set up: its secret, and the recovery codes."""
    client = signed_in(login)
    client.get(reverse("second_app"))
    secret = client.session[SECRET_SESSION_KEY]
    page = client.post(reverse("second_app"), {"code": shown(secret, -NEXT)})
    assert page.status_code == 200
    return client, secret, page.context["codes"]


def at_second_step(login: str = "coso") -> Client:
    client = Client()
    answer = client.post("/dang-nhap/", {"login": login, "password": PASSWORD, "next": "/to-chuc/"})
    assert answer["Location"] == reverse("mfa_authenticate")
    return client


def test_after_the_password_the_code_of_the_app_is_asked_for(cast: Cast) -> None:
    _, secret, _ = with_app()
    client = at_second_step()
    assert client.get("/").status_code == 302, "the password alone opens nothing"
    at_second_step()
    client = at_second_step()
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    answer = client.post(reverse("mfa_authenticate"), {"code": shown(secret)})
    assert answer["Location"] == "/to-chuc/"
    assert client.get("/").status_code == 200


def test_a_wrong_code_is_told_and_five_of_them_are_enough(cast: Cast) -> None:
    _, secret, _ = with_app()
    client = at_second_step()
    tries = [client.post(reverse("mfa_authenticate"), {"code": "000000"}) for _ in range(5)]
    assert {answer.status_code for answer in tries} == {422}
    assert "Chưa đúng, hoặc đã dùng rồi" in tries[0].content.decode()
    last = client.post(reverse("mfa_authenticate"), {"code": shown(secret)})
    assert "Đã thử sai quá nhiều lần" in last.content.decode()


def test_a_code_works_once(cast: Cast) -> None:
    _, secret, _ = with_app()
    code = shown(secret)
    assert at_second_step().post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    cache.delete(kept.wrap()._get_used_cache_key(code))  # as after half a minute, when a slow phone still shows it
    assert at_second_step().post(reverse("mfa_authenticate"), {"code": code}).status_code == 422


def test_a_recovery_code_lets_in_once(cast: Cast) -> None:
    _, _, codes = with_app()
    assert len(codes) == 10
    for expected in (302, 422):
        assert at_second_step().post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == expected


def test_the_second_step_is_not_reached_without_the_first(cast: Cast) -> None:
    with_app()
    assert Client().get(reverse("mfa_authenticate"))["Location"] == "/dang-nhap/"
    assert Client().post(reverse("mfa_authenticate"), {"code": "123456"})["Location"] == "/dang-nhap/"


def test_a_wrong_code_turns_nothing_on(cast: Cast) -> None:
    client = signed_in()
    client.get(reverse("second_app"))
    assert client.post(reverse("second_app"), {"code": "000000"}).status_code == 422
    assert client.post(reverse("second_app"), {"code": ""}).status_code == 422
    assert not Authenticator.objects.exists()


def test_secrets_lie_enciphered_and_a_changed_key_opens_nothing(cast: Cast, settings: Settings) -> None:
    _, secret, codes = with_app()
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert not any(said in kept for said in (secret, *codes))
    settings.SECRET_KEY = "another-one"
    client = at_second_step()
    for code in (shown(secret), codes[0]):
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 422


def test_new_recovery_codes_end_the_old_ones(cast: Cast) -> None:
    client, _, codes = with_app()
    fresh = client.post(reverse("recovery_codes")).context["codes"]
    assert not set(fresh) & set(codes)
    assert at_second_step().post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 422
    assert at_second_step().post(reverse("mfa_authenticate"), {"code": fresh[0]}).status_code == 302


def test_removed_the_password_is_enough_again_and_each_deed_is_logged(cast: Cast) -> None:
    client, _, _ = with_app()
    step = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    assert client.post(reverse("second_remove"), {"cach": str(step.pk)}).status_code == 302
    assert not Authenticator.objects.exists()
    assert signed_in().get("/").status_code == 200
    done = list(Entry.objects.filter(action__startswith="access.second_").values_list("action", flat=True))
    assert done == ["access.second_added", "access.second_removed"]


def test_nobody_elses_step_can_be_removed(cast: Cast) -> None:
    with_app("vanthu")
    step = Authenticator.objects.get(type=Authenticator.Type.TOTP)
    for wanted in (str(step.pk), "x", ""):
        assert signed_in().post(reverse("second_remove"), {"cach": wanted}).status_code == 404


def test_a_code_from_the_level_above_forgets_it(cast: Cast) -> None:
    """Whoever lost the phone has no other way back, and whoever found it has none in."""
    with_app()
    code = hand_code(cast.account(cast.local_volunteer), actor=SETUP, at=NOW).code
    assert not Authenticator.objects.exists()
    use_code(code=code, password=PASSWORD, at=NOW)
    assert signed_in().get("/").status_code == 200


@pytest.mark.parametrize(
    ("demanded", "login", "led"),
    [
        ("off", "tinh", False),
        ("approvers", "tinh", True),
        ("approvers", "coso", True),
        ("approvers", "vanthu", False),
        ("all", "vanthu", True),
    ],
)
def test_who_must_have_one_is_led_to_it_before_anything_else(
    demanded: str, login: str, led: bool, cast: Cast, settings: Settings
) -> None:
    settings.REQUIRE_MFA = demanded
    client = signed_in(login)
    answer = client.get("/to-chuc/")
    assert (answer.status_code, answer.headers.get("Location")) == (
        (302, reverse("security")) if led else (200, None)
    )
    if led:
        assert "cần bước xác thực thứ hai" in client.get(reverse("security")).content.decode()
        assert client.get(reverse("devices")).status_code == 302


def test_once_it_is_set_up_the_way_is_free(cast: Cast, settings: Settings) -> None:
    settings.REQUIRE_MFA = "approvers"
    client, _, _ = with_app()
    assert client.get("/").status_code == 200
