"""Đăng nhập một cửa (OpenID Connect): out to the federation's own sign-in and back.

allauth speaks the protocol. What comes back is cut down to issuer and subject before anything looks at it; its
tables stay empty. Who is not known yet is linked by hand, after signing in with a password or a code, and never by
e-mail.
"""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.providers.openid_connect.views import callback as come_back
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from requests import RequestException

from nhipcau.access.identities import account_of, identities_of, link, unlink
from nhipcau.core.clock import SystemClock
from nhipcau.core.errors import Conflict, NotFound
from nhipcau.web.account.engine import enter, provider_name
from nhipcau.web.account.views import wanted_page
from nhipcau.web.declare import FORM, POST, always, public, signed_in
from nhipcau.web.request import AccountRequest, AnyRequest

PENDING = "identity"  # in the session: who came back and is linked to nobody yet
LASTS = 10 * 60


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Our answers on the way back."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Nothing of allauth's own comes after this: it would keep what the provider says of a person."""
        told = sociallogin.account.extra_data["id_token"]
        raise ImmediateHttpResponse(_known_or_not(request, str(told["iss"]), str(told["sub"]), sociallogin))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **kwargs: Any) -> None:
        raise ImmediateHttpResponse(_failed(request))


@public()
def leave(request: AnyRequest) -> HttpResponse:
    """Out to the provider; there is no such page where none is set."""
    provider = _provider(request)
    try:
        answer: HttpResponse = provider.redirect(request, process="login", next_url=wanted_page(request))
    except RequestException:
        return _failed(request)
    return answer


@public()
def back(request: AnyRequest, provider_id: str) -> HttpResponse:
    """What the provider says, checked by allauth; then `SingleSignOn`."""
    if provider_id != settings.OIDC_ID or not settings.OIDC_URL:
        raise NotFound("Không có trang này.")
    answer: HttpResponse = come_back(request, provider_id)
    return answer


@signed_in(methods=FORM, fresh=always)
def identities(request: AccountRequest) -> HttpResponse:
    """Who opens this account from elsewhere; POST links the one who has just come back."""
    pending = _pending(request)
    if request.method == "POST":
        if pending is None:
            raise Conflict("Không còn danh tính nào chờ liên kết. Hãy bấm đăng nhập một cửa lần nữa.")
        request.session.pop(PENDING)
        link(account=request.account, issuer=pending[0], subject=pending[1], at=request.moment)
        messages.success(request, _("Đã liên kết. Lần sau bạn đăng nhập một cửa được."))
        return redirect("identities")
    context = {"identities": identities_of(request.account), "pending": pending, "provider": provider_name()}
    return render(request, "web/account/identities.html", context)


@signed_in(methods=POST, fresh=always)
def drop(request: AccountRequest) -> HttpResponse:
    """`lien-ket`: which one."""
    unlink(account=request.account, identity=request.POST.get("lien-ket", ""), at=request.moment)
    messages.success(request, _("Đã bỏ liên kết."))
    return redirect("identities")


def _known_or_not(request: HttpRequest, issuer: str, subject: str, came: Any) -> HttpResponse:
    account = account_of(issuer, subject)
    signed_in_as = request.account  # type: ignore[attr-defined]
    if account is not None and signed_in_as is None:
        return enter(request, account, method="oidc", to=came.get_redirect_url(request) or reverse("home"))
    request.session[PENDING] = [issuer, subject, int(SystemClock().now().timestamp())]
    if signed_in_as is None:
        told = _(
            "Danh tính này chưa liên kết với tài khoản nào. Hãy đăng nhập bằng mật khẩu, hoặc nhập mã kích hoạt."
        )
        messages.warning(request, told)
        return redirect(f"{reverse('sign_in')}?next={reverse('identities')}")
    return redirect("identities")


def _pending(request: HttpRequest) -> tuple[str, str] | None:
    kept = request.session.get(PENDING)
    if not kept or SystemClock().now().timestamp() - kept[2] > LASTS:
        return None
    return str(kept[0]), str(kept[1])


def _failed(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Chưa đăng nhập một cửa được. Hãy thử lại, hoặc dùng mật khẩu."))
    return redirect("sign_in")


def _provider(request: HttpRequest) -> Any:
    if not settings.OIDC_URL:
        raise NotFound("Không có trang này.")
    return get_adapter().get_provider(request, settings.OIDC_ID)
