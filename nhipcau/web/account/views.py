"""Sign-in, sign-out, the post one acts for, the language."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from nhipcau.access.actions import choose_display
from nhipcau.core.errors import NotFound
from nhipcau.core.text import clean
from nhipcau.ops import moment
from nhipcau.web.account.engine import enter, provider_name, recognised, remember
from nhipcau.web.account.forms import SignInForm
from nhipcau.web.declare import FORM, POST, public, signed_in
from nhipcau.web.drawn_for import POST_KEY
from nhipcau.web.request import LANGUAGE_KEY, AccountRequest, AnyRequest


@public(methods=FORM)
def sign_in(request: AnyRequest) -> HttpResponse:
    """One answer to every wrong try: whether a login exists is nobody's business."""
    if request.account is not None:
        return redirect("home")
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            login, password = clean(form.cleaned_data["login"]).lower(), form.cleaned_data["password"]
            account = recognised(request, login, password)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return _door(request, form, HTTPStatus.TOO_MANY_REQUESTS)
        if account is not None:
            return enter(request, account, method="password", to=wanted_page(request))
        form.add_error(None, _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra rồi thử lại."))
    return _door(request, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)


def _door(request: AnyRequest, form: SignInForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "next": wanted_page(request),
        "over": request.GET.get("het", ""),
        "visitors": moment.visitors(),
        "provider": provider_name(),
    }
    return render(request, "web/sign_in.html", context, status=status)


@signed_in(methods=POST, beforehand=True)
def sign_out(request: AccountRequest) -> HttpResponse:
    """End the session on this device."""
    logout(request)
    messages.success(request, _("Bạn đã đăng xuất."))
    return redirect("sign_in")


@signed_in(methods=POST, repeats=True)
def act_as(request: AccountRequest) -> HttpResponse:
    """Act for another of the posts held today; any other post does not exist. Then to its worklist, or to the page
    that only this post may open."""
    wanted = request.POST.get("post", "")
    if wanted not in {str(post.uid) for post in request.posts}:
        raise NotFound("Bạn không giữ chức danh này vào hôm nay.")
    request.session[POST_KEY] = wanted
    return HttpResponseRedirect(wanted_page(request))


@public(methods=POST, repeats=True)
def language(request: AnyRequest) -> HttpResponse:
    """Switch the language for this device and, if signed in, for the account."""
    wanted = request.POST.get("language", "")
    if wanted not in dict(settings.LANGUAGES):
        raise NotFound("Không có ngôn ngữ này.")
    response = HttpResponseRedirect(wanted_page(request))
    if request.account is not None:
        request.session[LANGUAGE_KEY] = wanted
        choose_display(account=request.account, language=wanted)
    remember(response, wanted)
    return response


@public(methods=POST, repeats=True)
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


def wanted_page(request: AnyRequest) -> str:
    """Where the visitor was going, if it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else settings.LOGIN_REDIRECT_URL
