"""django-allauth finds out who someone is, and counts wrong tries. What is shown, said, sent and kept is ours:
none of its addresses is served, it opens no accounts, knows no e-mail and writes no messages (ADR 0029)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.adapter import get_adapter as _adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage as Usage
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.access.models import Account
from nhipcau.access.sealing import deciphered, enciphered
from nhipcau.outbox.mail import refused_among
from nhipcau.web.account.devices import note_entry
from nhipcau.web.request import LANGUAGE_KEY

NAME = "Nhịp Cầu"
COOKIE_YEAR = 365 * 24 * 3600


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Our answers to what allauth asks on the way in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": gettext_lazy(
            "Đã thử sai quá nhiều lần. Hãy đợi năm phút rồi thử lại; quên mật khẩu thì xin mã của cấp trên."
        ),
        "rate_limited": gettext_lazy("Đã thử sai quá nhiều lần. Hãy đợi năm phút rồi thử lại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Its messages are English, and say what the page shows anyway."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One count for a login, by whatever name the site was called: another name is no further try."""
        return str(credentials.get("username", "")).lower()

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        """A closed account is let in by no way, however well it proves itself."""
        return None if user.is_active else redirect("sign_in")

    def post_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse:
        """Into the page that was wanted, in the account's own language."""
        note_entry(request, user)
        if user.person.email and refused_among([user.person.email]):
            messages.warning(request, _("Thư gửi tới địa chỉ của bạn đã bị trả lại. Hãy sửa ở trang Thư và lịch."))
        response = HttpResponseRedirect(kwargs.get("redirect_url") or settings.LOGIN_REDIRECT_URL)
        if user.language:
            request.session[LANGUAGE_KEY] = user.language
            remember(response, user.language)
        return response


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """The same for second steps."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("Chưa đúng, hoặc đã dùng rồi. Hãy thử lại với mã đang hiện."),
    }

    def get_totp_issuer(self) -> str:
        return NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": NAME}

    def encrypt(self, text: str) -> str:
        return enciphered(text)

    def decrypt(self, encrypted_text: str) -> str:
        return deciphered(encrypted_text)


def provider_name() -> str:
    """What the button to single sign-on says; empty where there is none."""
    return (settings.OIDC_NAME or _("một cửa")) if settings.OIDC_URL else ""


def recognised(request: HttpRequest, login: str, password: str) -> Account | None:
    """The account with that login and password; as much work, and the same answer, where there is none.

    Raises Django's ValidationError where too many wrong tries went before, of this login or from this address.
    """
    found = _adapter(request).authenticate(request, username=login, password=password)
    return found if isinstance(found, Account) else None


def counted(request: HttpRequest, action: str) -> Usage | None:
    """One more try of that, to be taken back (`rollback`) if it was right; None where there were too many."""
    return ratelimit.consume(request, app="allauth.account", action=action)


def proved(request: HttpRequest, account: Account, *, method: str) -> None:
    """It has just been shown again who sits here."""
    record_authentication(request, account, method=method)


def enter(request: HttpRequest, account: Account, *, method: str, to: str) -> HttpResponse:
    """Let the account in, or lead it to its second step; `method`: how it has proved itself so far."""
    proved(request, account, method=method)
    return let_in(request, account, to=to)


def let_in(request: HttpRequest, account: Account, *, to: str) -> HttpResponse:
    """The same for one whose proof allauth has noted itself."""
    answer: HttpResponse = perform_login(request, Login(user=account, redirect_url=to))
    return answer


def remember(response: HttpResponse, language: str) -> None:
    """The language for this device, before signing in and after."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=COOKIE_YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
