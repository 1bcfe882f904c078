"""Sign-in, sign-out, the post one acts for, the language."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from nhipcau.access.actions import choose_display
from nhipcau.access.models import Account
from nhipcau.core.errors import NotFound
from nhipcau.core.text import clean
from nhipcau.outbox.mail import refused_among
from nhipcau.web import moment
from nhipcau.web.account.forms import SignInForm
from nhipcau.web.declare import FORM, POST, public, signed_in
from nhipcau.web.middleware import LANGUAGE_KEY, POST_KEY
from nhipcau.web.request import AccountRequest, AnyRequest

COOKIE_YEAR = 365 * 24 * 3600


@public(methods=FORM)
def sign_in(request: AnyRequest) -> HttpResponse:
    """One message for every wrong try: whether a login exists is nobody's business."""
    if request.account is not None:
        return redirect("home")
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(
            request, username=clean(form.cleaned_data["login"]).lower(), password=form.cleaned_data["password"]
        )
        if isinstance(account, Account):
            return _welcome(request, account)
        form.add_error(None, _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi thử lại."))
    status = 422 if form.is_bound else 200
    context = {"form": form, "next": _next(request), "over": request.GET.get("het", "")}
    return render(request, "web/sign_in.html", context, status=status)


@signed_in(methods=POST, beforehand=True)
def sign_out(request: AccountRequest) -> HttpResponse:
    """End the session on this device."""
    logout(request)
    messages.success(request, _("Bạn đã đăng xuất."))
    return redirect("sign_in")


@signed_in(methods=POST)
def act_as(request: AccountRequest) -> HttpResponse:
    """Act for another of the posts held today; any other post does not exist."""
    wanted = request.POST.get("post", "")
    if wanted not in {str(post.uid) for post in request.posts}:
        raise NotFound("Bạn không giữ chức danh này vào hôm nay.")
    request.session[POST_KEY] = wanted
    return redirect("home")


@public(methods=POST)
def language(request: AnyRequest) -> HttpResponse:
    """Switch the language for this device and, if signed in, for the account."""
    wanted = request.POST.get("language", "")
    if wanted not in dict(settings.LANGUAGES):
        raise NotFound("Không có ngôn ngữ này.")
    response = HttpResponseRedirect(_next(request))
    if request.account is not None:
        request.session[LANGUAGE_KEY] = wanted
        choose_display(account=request.account, language=wanted)
    remember(response, wanted)
    return response


@public(methods=POST)
def scene(request: AnyRequest) -> HttpResponse:
    """Look at another scene of a demonstration on this device; anywhere else there is none to choose."""
    wanted = request.POST.get("scene", "")
    if wanted not in {one.name for one in moment.scenes()}:
        raise NotFound("Không có cảnh này.")
    response = redirect("home")  # what was on the page may not exist at the other moment
    response.set_cookie(
        moment.SCENE_COOKIE, wanted, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return response


def _welcome(request: AnyRequest, account: Account) -> HttpResponse:
    login(request, account)
    if account.person.email and refused_among([account.person.email]):
        messages.warning(request, _("Thư gửi tới địa chỉ của bạn đã bị trả lại. Hãy sửa ở trang Thư và lịch."))
    response = HttpResponseRedirect(_next(request))
    if account.language:
        request.session[LANGUAGE_KEY] = account.language
        remember(response, account.language)
    return response


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


def _next(request: AnyRequest) -> str:
    """Where the visitor was going, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else settings.LOGIN_REDIRECT_URL
