"""Every answer carries the same protection: pages, the API, styles, files, redirects and failures."""

from __future__ import annotations

import os
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from nhipcau.web.headers import ALWAYS, SANDBOX, HeadersMiddleware
from tests.cast import Cast
from tests.web.documents import rows as letters
from tests.web.protected import unprotected

API = ("/api/v1/units", "/api/v1/khong-co", "/api/v1/openapi.json")


class Unlucky(Client):
    """Shows the page where others would see the exception."""

    def __init__(self) -> None:
        super().__init__(raise_request_exception=False)


@pytest.mark.parametrize("path", ["/", "/dang-nhap/", "/khong-co/", "/sw.js", "/%00", "/lich/khong-co.ics", *API])
def test_what_a_stranger_may_ask_for_is_protected(path: str, db: None) -> None:
    assert unprotected(Unlucky().get(path)) == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "head", "trace"])
def test_whatever_the_method(method: str, db: None) -> None:
    assert unprotected(getattr(Unlucky(), method)("/dang-nhap/")) == []
    assert unprotected(getattr(Unlucky(), method)("/api/v1/units")) == []


@pytest.mark.parametrize("name", ["css/base.css", "js/app.js", "build/icon.svg", "build/inter.woff2", "khong.css"])
def test_styles_and_pictures_of_ours_are_too(name: str, db: None) -> None:
    assert unprotected(Unlucky().get(f"{settings.STATIC_URL}{name}")) == []


def test_a_failure_of_ours_is_too(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def breaks(*args: object) -> None:
        raise RuntimeError("hỏng")

    monkeypatch.setattr("nhipcau.web.middleware.PostMiddleware.__call__", breaks)
    answer = Unlucky().get("/dang-nhap/")
    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert unprotected(answer) == []


def test_a_host_that_is_not_ours_and_too_large_a_form_are_too(db: None) -> None:
    assert unprotected(Unlucky().get("/dang-nhap/", headers={"host": "khac.example"})) == []
    strict = Client(enforce_csrf_checks=True)
    assert unprotected(strict.post("/dang-nhap/", {"login": "x"})) == []


def test_a_file_is_a_stranger_to_the_page(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(cast.clerk))
    answer = client.get(reverse("documents:original", kwargs=dict(letters.in_register(cast))))
    assert answer.status_code == HTTPStatus.OK
    assert answer["Content-Security-Policy"] == SANDBOX
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "kind", ["image/svg+xml", "application/pdf", "text/xml", "application/xhtml+xml", "TEXT/PLAIN"]
)
def test_so_is_whatever_our_pages_are_not_made_of(kind: str) -> None:
    answer = HeadersMiddleware(lambda request: HttpResponse(b"x", content_type=kind))(HttpRequest())
    assert answer["Content-Security-Policy"] == SANDBOX


def test_a_page_may_run_no_script_of_its_text_and_none_from_outside() -> None:
    policy = Client().get("/khong-co-gi")["Content-Security-Policy"]
    for word in ("unsafe", "http:", "https:", "data:", "blob:", "*", "nonce"):
        assert word not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_no_page_asks_for_what_the_policy_forbids_the_browser() -> None:
    scripts = "".join(path.read_text("utf-8") for path in Path("nhipcau/web/static/js").rglob("*.js"))
    for call in ("getUserMedia", "geolocation", "requestFullscreen", "wakeLock", "new PaymentRequest"):
        assert call not in scripts
    assert ALWAYS["Permissions-Policy"].count("=()") == len(ALWAYS["Permissions-Policy"].split(", "))


def test_deployed_with_https_the_framework_finds_nothing_to_say(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("NHIPCAU_", "DJANGO_"))} | {
        "NHIPCAU_HTTPS": "1",
        "NHIPCAU_DATA_DIR": str(tmp_path / "data"),
        "NHIPCAU_ALLOWED_HOSTS": "congdoan.example",
        "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "no issues" in ran.stdout
