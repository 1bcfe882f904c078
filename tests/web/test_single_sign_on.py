"""Single sign-on against a real provider on this machine: an identity opens an account once linked by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from nhipcau.access.codes import hand_code
from nhipcau.access.identities import link
from nhipcau.access.models import Identity
from nhipcau.audit.models import Entry
from nhipcau.config import env
from nhipcau.core.errors import Conflict
from tests.cast import NOW, PASSWORD, SETUP, Cast
from tests.web.browsing import follow, inspect, sign_in

SUBJECT = "7f3a-pairwise"
CLAIMS = {"email": "chutich@congdoan.example", "name": "Nguyễn Thị Hạnh", "phone_number": "0200 000 000"}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as running:
        yield f"http://localhost:{running.server_port}"


@pytest.fixture
def provider(server: str, settings: Settings) -> str:
    requests.put(f"{server}/users/{SUBJECT}", json=CLAIMS, timeout=60).raise_for_status()
    settings.DEMO_CLOCK = NOW.isoformat()
    settings.OIDC_URL, settings.OIDC_NAME = server, "Cổng liên đoàn"
    settings.SOCIALACCOUNT_PROVIDERS = env.single_sign_on("oidc", server, "nhip-cau", "bi-mat")
    return server


def went_round(client: Client, subject: str = SUBJECT, **asked: str) -> str:
    """Out to the provider, where somebody says who he is, and back; where that leads."""
    out = client.get(reverse("single_sign_on"), asked)
    assert out.status_code == 302
    back = requests.post(out["Location"], data={"sub": subject}, allow_redirects=False, timeout=60)
    came = urlsplit(back.headers["Location"])
    return str(client.get(f"{came.path}?{came.query}")["Location"])


def signed_in(login: str = "coso") -> Client:
    client = Client()
    client.post("/dang-nhap/", {"login": login, "password": PASSWORD})
    return client


def test_without_a_provider_there_is_no_such_way(cast: Cast, client: Client) -> None:
    assert client.get(reverse("single_sign_on")).status_code == 404
    assert "mot-cua" not in client.get("/dang-nhap/").content.decode()


def test_only_who_it_is_is_asked_for(cast: Cast, client: Client, provider: str) -> None:
    asked = parse_qs(urlsplit(client.get(reverse("single_sign_on"))["Location"]).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]


def test_a_linked_identity_opens_its_account(cast: Cast, client: Client, provider: str) -> None:
    link(account=cast.account(cast.local_volunteer), issuer=provider, subject=SUBJECT, at=NOW)
    assert went_round(client, next="/to-chuc/") == "/to-chuc/"
    assert client.get("/").context["seat"].title == "Chủ tịch công đoàn cơ sở"


def test_an_unknown_one_opens_nothing_and_is_linked_after_the_password(
    cast: Cast, client: Client, provider: str
) -> None:
    assert went_round(client) == f"/dang-nhap/?next={reverse('identities')}"
    assert client.get("/").status_code == 302
    typed = {"login": "coso", "password": PASSWORD, "next": reverse("identities")}
    assert client.post("/dang-nhap/", typed)["Location"] == reverse("identities")
    assert not Identity.objects.exists(), "nothing is linked unless its officer says so"
    client.post(reverse("identities"))
    assert went_round(Client()) == "/"
    assert Entry.objects.filter(action="access.identity_linked").count() == 1


def test_or_after_a_code_from_the_level_above(cast: Cast, client: Client, provider: str) -> None:
    code = hand_code(cast.account(cast.clerk), actor=SETUP, at=NOW).code
    went_round(client)
    answer = client.post("/ma-kich-hoat/", {"code": code, "new": PASSWORD, "again": PASSWORD})
    assert answer["Location"] == reverse("identities")
    client.post(reverse("identities"))
    assert Identity.objects.get().account == cast.account(cast.clerk)


def test_nobody_is_linked_by_e_mail(cast: Cast, client: Client, provider: str) -> None:
    person = cast.account(cast.local_volunteer).person
    person.email = CLAIMS["email"]
    person.save(update_fields=["email"])
    assert went_round(client).startswith("/dang-nhap/")
    assert client.get("/").status_code == 302


def test_only_issuer_and_subject_are_kept(cast: Cast, provider: str) -> None:
    client = signed_in()
    assert went_round(client) == reverse("identities")
    client.post(reverse("identities"))
    (kept,) = Identity.objects.values()
    assert set(kept) == {"id", "uid", "account_id", "issuer", "subject", "linked_at"}
    assert (kept["issuer"], kept["subject"]) == (provider, SUBJECT)
    assert not SocialAccount.objects.exists() and not SocialToken.objects.exists()
    sessions = str([session.get_decoded() for session in Session.objects.all()])
    assert not any(claim in sessions for claim in CLAIMS.values())


def test_an_identity_opens_one_account_only(cast: Cast, provider: str) -> None:
    link(account=cast.account(cast.clerk), issuer=provider, subject=SUBJECT, at=NOW)
    with pytest.raises(Conflict):
        link(account=cast.account(cast.local_volunteer), issuer=provider, subject=SUBJECT, at=NOW)
    client = signed_in()
    went_round(client)
    assert client.post(reverse("identities")).status_code == 409


def test_the_same_subject_of_another_issuer_is_somebody_else(cast: Cast, client: Client, provider: str) -> None:
    account = cast.account(cast.local_volunteer)
    link(account=account, issuer="https://khac.example", subject=SUBJECT, at=NOW)
    assert went_round(client).startswith("/dang-nhap/")


def test_unlinked_and_after_a_code_it_opens_nothing(cast: Cast, provider: str) -> None:
    account = cast.account(cast.local_volunteer)
    link(account=account, issuer=provider, subject=SUBJECT, at=NOW)
    kept = Identity.objects.get()
    assert signed_in("vanthu").post(reverse("identity_drop"), {"lien-ket": str(kept.uid)}).status_code == 404
    assert signed_in().post(reverse("identity_drop"), {"lien-ket": str(kept.uid)}).status_code == 302
    link(account=account, issuer=provider, subject=SUBJECT, at=NOW)
    hand_code(account, actor=SETUP, at=NOW)
    assert not Identity.objects.exists()


def test_what_comes_back_without_having_gone_out_is_refused(cast: Cast, client: Client, provider: str) -> None:
    link(account=cast.account(cast.local_volunteer), issuer=provider, subject=SUBJECT, at=NOW)
    out = Client().get(reverse("single_sign_on"))["Location"]
    back = requests.post(out, data={"sub": SUBJECT}, allow_redirects=False, timeout=60)
    came = urlsplit(back.headers["Location"])
    assert client.get(f"{came.path}?{came.query}")["Location"] == "/dang-nhap/", "another browser's answer"
    denied = requests.post(
        client.get(reverse("single_sign_on"))["Location"],
        data={"action": "deny"},
        allow_redirects=False,
        timeout=60,
    )
    came = urlsplit(denied.headers["Location"])
    assert client.get(f"{came.path}?{came.query}")["Location"] == "/dang-nhap/"
    assert client.get("/").status_code == 302


def test_a_provider_that_is_away_is_said_plainly(cast: Cast, client: Client, settings: Settings) -> None:
    settings.OIDC_URL = "http://localhost:1"
    settings.SOCIALACCOUNT_PROVIDERS = env.single_sign_on("oidc", settings.OIDC_URL, "nhip-cau", "bi-mat")
    assert client.get(reverse("single_sign_on"))["Location"] == "/dang-nhap/"
    assert "Chưa đăng nhập một cửa được" in client.get("/dang-nhap/").content.decode()


@pytest.mark.e2e
@pytest.mark.needs_program("chromium")
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_it_is_linked_and_then_opens(page: Page, live_cast: Cast, provider: str) -> None:
    elsewhere = re.compile(r"^https?://(?!localhost)")  # the provider's own page asks for a style sheet from afar
    page.route(elsewhere, lambda route: route.fulfill(status=200, body=""))
    sign_in(page)
    follow(page.get_by_role("banner").get_by_role("link", name="Tài khoản của tôi"))
    follow(page.get_by_role("link", name="Đăng nhập một cửa"))
    follow(page.get_by_role("link", name="Liên kết với Cổng liên đoàn"))
    page.get_by_placeholder("sub").fill(SUBJECT)
    follow(page.get_by_role("button", name="Authorize"))
    inspect(page, "identity-pending")
    follow(page.get_by_role("button", name="Liên kết"))
    expect(page.get_by_text("Đã liên kết.")).to_be_visible()
    inspect(page, "identity-linked")
    follow(page.get_by_role("button", name="Đăng xuất"))
    inspect(page, "sign-in-single")
    follow(page.get_by_role("link", name="Đăng nhập Cổng liên đoàn"))
    page.get_by_placeholder("sub").fill(SUBJECT)
    follow(page.get_by_role("button", name="Authorize"))
    page.locator(".seat").wait_for()
