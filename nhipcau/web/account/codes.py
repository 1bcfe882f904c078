"""Mã kích hoạt: the slip that the level above hands over, and the page where its officer uses it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.access.codes import Handed, use_code
from nhipcau.core.errors import InvalidInput
from nhipcau.web.account.engine import counted, enter
from nhipcau.web.account.forms import CodeForm
from nhipcau.web.account.single import PENDING
from nhipcau.web.declare import FORM, public
from nhipcau.web.request import AnyRequest, PageRequest


@dataclass(frozen=True)
class Slip:
    """What the page shows once."""

    name: str
    url: str
    login: str
    code: str
    last_day: dt.date


def slip_of(request: PageRequest, handed: Handed) -> Slip:
    """With the address under which this visitor sees the pages."""
    account, url = handed.account, request.build_absolute_uri(reverse("use_code"))
    return Slip(account.person.name, url, account.login, handed.code, handed.last_day)


@public(methods=FORM)
def use(request: AnyRequest) -> HttpResponse:
    """The code, and a password of one's own; then one is in. Every wrong code is told alike."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        attempt = counted(request, "entry_code")
        if attempt is None:
            form.add_error(None, _("Đã thử quá nhiều mã từ nơi này. Hãy đợi mười phút rồi thử lại."))
            return _shown(request, form, HTTPStatus.TOO_MANY_REQUESTS)
        try:
            account = use_code(code=form.cleaned_data["code"], password=form.cleaned_data["new"], at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            attempt.rollback()
            told = _("Tài khoản đã mở. Lần sau đăng nhập bằng tên «%(login)s» và mật khẩu vừa chọn.")
            messages.success(request, told % {"login": account.login})
            after = "identities" if PENDING in request.session else "home"
            return enter(request, account, method="code", to=reverse(after))
    return _shown(request, form, HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK)


def _shown(request: AnyRequest, form: CodeForm, status: int) -> HttpResponse:
    answer = render(request, "web/account/code.html", {"form": form}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
