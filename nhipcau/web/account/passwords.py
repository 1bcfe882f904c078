"""Mật khẩu: changed at any time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.access.passwords import change_password
from nhipcau.core.errors import InvalidInput
from nhipcau.web.account.devices import keep_this_device
from nhipcau.web.account.engine import counted
from nhipcau.web.account.forms import PasswordForm
from nhipcau.web.declare import FORM, signed_in
from nhipcau.web.request import AccountRequest


@signed_in(methods=FORM, beforehand=True)
def change(request: AccountRequest) -> HttpResponse:
    """The old one is asked for, so that nobody else changes it on a device left open; guesses are counted."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    attempt = counted(request, "reauthenticate") if form.is_valid() else None
    if form.is_valid() and attempt is None:
        form.add_error("old", _("Đã thử sai quá nhiều lần. Hãy đợi năm phút rồi thử lại."))
    elif attempt is not None:
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        try:
            account = change_password(account=request.account, old=old, new=new, at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
            if not form.has_error("old"):
                attempt.rollback()
        else:
            attempt.rollback()
            keep_this_device(request, account)
            messages.success(request, _("Đã đổi mật khẩu. Các thiết bị khác đã bị đăng xuất."))
            return redirect("home")
    return render(request, "web/account/password.html", {"form": form}, status=422 if form.is_bound else 200)
