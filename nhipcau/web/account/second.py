"""Xác thực hai bước: setting it up, and the second step of signing in."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from http import HTTPStatus

from allauth.account.stages import LoginStageController
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, LoginWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication, begin_registration
from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.access.models import Account
from nhipcau.access.second import (
    add_app,
    add_passkey,
    codes_left,
    lacks_second,
    remove_second,
    renew_codes,
    second_steps,
)
from nhipcau.press import qr
from nhipcau.web.account.engine import SecondStep, let_in
from nhipcau.web.account.views import wanted_page
from nhipcau.web.declare import FORM, POST, always, public, signed_in
from nhipcau.web.forms import PageForm
from nhipcau.web.request import AccountRequest, AnyRequest


class CodeForm(PageForm):
    """Six digits from the app, or eight from the recovery codes."""

    code = forms.CharField(
        label=gettext_lazy("Mã"),
        max_length=20,
        help_text=gettext_lazy("Sáu số trong ứng dụng, hoặc một mã dự phòng."),
        error_messages={"required": gettext_lazy("Hãy nhập mã.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())


class PasskeyForm(PageForm):
    """What the device answered, and what its officer calls it."""

    name = forms.CharField(label=gettext_lazy("Tên để nhận ra"), max_length=60, required=False)
    credential = forms.CharField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True)
class Step:
    """A second step as the page lists it."""

    pk: int
    name: str
    made: dt.datetime
    used: dt.datetime | None


@signed_in(beforehand=True)
def index(request: AccountRequest) -> HttpResponse:
    """What there is, and what can be added."""
    kept = list(second_steps(request.account))
    context = {
        "steps": [Step(one.pk, _name(one), one.created_at, one.last_used_at) for one in kept],
        "has_app": any(one.type == Authenticator.Type.TOTP for one in kept),
        "codes_left": codes_left(request.account),
        "demanded": lacks_second(request.account, request.posts),
    }
    return render(request, "web/account/security.html", context)


@signed_in(methods=FORM, beforehand=True, fresh=always)
def app(request: AccountRequest) -> HttpResponse:
    """A secret for the app, and a code from it to show that it has arrived."""
    account, form = request.account, CodeForm(request.POST if request.method == "POST" else None)
    engine = ActivateTOTPForm(user=account, data=_typed(form))
    if form.is_valid() and not engine.is_valid():
        form.add_error("code", _said(engine))
    elif form.is_bound and not form.errors:
        codes = add_app(account=account, secret=engine.secret, at=request.moment)
        clear_totp_secret(request)
        messages.success(request, _("Đã bật. Lần đăng nhập sau cần thêm mã trong ứng dụng."))
        return _done(request, codes)
    adapter = get_adapter()
    context = {
        "form": form,
        "secret": " ".join(engine.secret[place : place + 4] for place in range(0, len(engine.secret), 4)),
        "picture": qr.inline(adapter.build_totp_url(account, engine.secret)),
    }
    return _page(request, "app", context, bound=form.is_bound)


@signed_in(methods=FORM, beforehand=True, fresh=always)
def passkey(request: AccountRequest) -> HttpResponse:
    """The device makes a key for this site; only its public half comes here."""
    account, form = request.account, PasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = {"credential": form.cleaned_data["credential"], "passwordless": True}
        engine = AddWebAuthnForm(user=account, data=said)
        if not engine.is_valid():
            form.add_error(None, _said(engine))
        else:
            name = form.cleaned_data["name"] or _("Khóa truy cập")
            codes = add_passkey(
                account=account, name=name, credential=engine.cleaned_data["credential"], at=request.moment
            )
            messages.success(request, _("Đã thêm khóa truy cập."))
            return _done(request, codes)
    options = json.dumps(begin_registration(account, passwordless=True))
    return _page(request, "passkey", {"form": form, "options": options}, bound=form.is_bound)


@signed_in(methods=POST, beforehand=True, fresh=always)
def remove(request: AccountRequest) -> HttpResponse:
    """`cach`: which one."""
    remove_second(account=request.account, step=request.POST.get("cach", ""), at=request.moment)
    messages.success(request, _("Đã bỏ."))
    return redirect("security")


@signed_in(methods=POST, beforehand=True, fresh=always)
def recovery(request: AccountRequest) -> HttpResponse:
    """A new set of recovery codes, shown once."""
    return _done(request, renew_codes(account=request.account, at=request.moment))


@public(methods=FORM)
def second_step(request: AnyRequest) -> HttpResponse:
    """The code or the passkey of whoever has just typed the right password."""
    stage = None if request.account else LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return redirect("sign_in")
    account = stage.login.user
    by_key = "credential" in request.POST
    form = CodeForm(request.POST if request.method == "POST" and not by_key else None)
    if by_key or form.is_valid():
        check = AuthenticateWebAuthnForm if by_key else AuthenticateForm
        engine = check(user=account, data=request.POST if by_key else form.cleaned_data)
        if engine.is_valid() and (by_key or _used_first(account, form.cleaned_data["code"])):
            engine.save()
            answer: HttpResponse = stage.exit()
            return answer
        if by_key:
            messages.error(request, _said(engine))
            return redirect("mfa_authenticate")
        form.add_error("code", _said(engine) if engine.errors else SecondStep.error_messages["incorrect_code"])
    keys = second_steps(account).filter(type=Authenticator.Type.WEBAUTHN).exists()
    options = json.dumps(begin_authentication(account)) if keys else ""
    return _page(request, "second", {"form": form, "options": options}, bound=form.is_bound)


@public(methods=FORM)
def by_passkey(request: AnyRequest) -> HttpResponse:
    """Sign in with nothing typed: GET asks any passkey of this site, POST brings the device's answer."""
    if request.method != "POST":
        return JsonResponse(begin_authentication(), headers={"Cache-Control": "no-store"})
    engine = LoginWebAuthnForm(data=request.POST)
    if not engine.is_valid():
        messages.error(request, _("Khóa truy cập này không mở được tài khoản nào. Hãy đăng nhập bằng mật khẩu."))
        return redirect("sign_in")
    engine.save()
    return let_in(request, engine.cleaned_data["credential"].user, to=wanted_page(request))


def _typed(form: CodeForm) -> dict[str, object] | None:
    return form.cleaned_data if form.is_bound and form.is_valid() else ({} if form.is_bound else None)


def _used_first(account: Account, code: str) -> bool:
    """Whether nobody used that code before: a phone that is half a minute off makes it good for three periods, and
    allauth remembers one."""
    return cache.add(f"second:{account.pk}:{code}", 1, 3 * app_settings.TOTP_PERIOD)


def _said(engine: forms.Form) -> str:
    """What allauth's own form has against it, in our words (`engine.SecondStep`)."""
    return str(next(iter(engine.errors.values()))[0])


def _name(step: Authenticator) -> str:
    return _("Ứng dụng cho mã") if step.type == Authenticator.Type.TOTP else str(step.wrap().name)


def _done(request: AccountRequest, codes: list[str]) -> HttpResponse:
    """Back to the list, over the recovery codes if there are new ones."""
    if not codes:
        return redirect("security")
    return _page(request, "recovery", {"codes": codes}, bound=False)


def _page(request: AnyRequest, name: str, context: dict[str, object], *, bound: bool) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if bound else HTTPStatus.OK
    answer = render(request, f"web/account/{name}.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
