"""The manifest, the worker, the page for times without a network, and what a device must know before it sends."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhipcau.access.models import Account
from nhipcau.web.declare import public
from nhipcau.web.request import AnyRequest

GROUND, DECK = "#f5f6f4", "#0d6373"
# What the pages that open without a network are made of; the rest comes when it is asked for.
FILES = (
    *(f"css/{name}.css" for name in ("base", "parts", "reports", "activities")),
    *(
        f"js/{name}.js"
        for name in ("app", "offline", "store", "replay", "keep", "photos", "waiting", "grid", "entry", "words")
    ),
    "build/htmx.min.js",
    "build/inter.woff2",
    "img/nhip-cau.svg",
)


@public()
def manifest(request: AnyRequest) -> HttpResponse:
    """The web app manifest in the language of `?ngon-ngu=`: browsers fetch it without cookies."""
    with translation.override(_language(request)):
        described = {
            "id": "/",
            "name": _("Nhịp Cầu"),
            "short_name": _("Nhịp Cầu"),
            "description": _("Nhịp Cầu · phục vụ công việc của công đoàn với đoàn viên"),
            "lang": get_language(),
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "background_color": GROUND,
            "theme_color": DECK,
            "icons": [
                {"src": static("build/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
                *(_icon(size, "any") for size in (192, 512)),
                _icon(512, "maskable"),
            ],
            "shortcuts": [
                {"name": _("Ghi hoạt động"), "url": reverse("activities:record")},
                {"name": _("Báo cáo"), "url": reverse("reports:mine")},
            ],
        }
    return HttpResponse(json.dumps(described, ensure_ascii=False), content_type="application/manifest+json")


def _icon(size: int, purpose: str) -> dict[str, str]:
    return {
        "src": static(f"build/icon-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


@public()
def worker(request: AnyRequest) -> HttpResponse:
    """The service worker at the root, so that it serves every page. It changes with the digest of the files."""
    told = {
        "version": settings.STATIC_URL.strip("/").rpartition("/")[2],
        "files": [static(file) for file in FILES],
        "static": settings.STATIC_URL,
        "shell": reverse("waiting"),
        "languages": [code for code, _name in settings.LANGUAGES],
    }
    source = f'import {{ serve }} from "{static("js/worker.js")}";\nserve({json.dumps(told)});\n'
    return HttpResponse(
        source, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
    )


@public()
def waiting(request: AnyRequest) -> HttpResponse:
    """What lies on this device; nothing in the page belongs to anybody, so it is shown without a network too."""
    with translation.override(_language(request)):
        return render(request, "web/offline/waiting.html")


@public()
def ticket(request: AnyRequest) -> HttpResponse:
    """Whether the server is there, who is signed in for which post, a token to send forms with, and the key under
    which this account's forms lie on a device: without it, after signing out, they cannot be read."""
    told: dict[str, object] = {"account": ""}
    if request.account is not None:
        told = {
            "account": str(request.account.uid),
            "post": _post(request),
            "token": get_token(request),
            "key": _key(request.account),
            "until": int(request.session.get_expiry_date().timestamp() * 1000),
        }
    return JsonResponse(told, headers={"Cache-Control": "no-store"})


def _key(account: Account) -> str:
    """32 bytes that stay the same for the account, so that what was kept opens again after the next signing in."""
    told = f"nhipcau.web.offline:{account.uid}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def _post(request: AnyRequest) -> str:
    """The seat as the page's own mark says it: none while there is something to do first."""
    return str(request.scope.post.uid) if request.scope and not request.first else ""


def _language(request: AnyRequest) -> str:
    wanted = request.GET.get("ngon-ngu", "")
    return wanted if wanted in dict(settings.LANGUAGES) else str(get_language())
