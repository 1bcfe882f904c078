"""Xác nhận lại: the password once more before what cannot be taken back, if it was not asked for a while.

A page declares for which of its forms (`declare.page(fresh=…)`). What was sent is not lost: the page that asks
carries it, and sends it to the same address together with the password.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from allauth.account.authentication import get_authentication_records
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.clock import SystemClock
from nhipcau.web.account.engine import counted, proved
from nhipcau.web.drawn_for import PROOF as FIELD
from nhipcau.web.forms import PageForm
from nhipcau.web.request import AccountRequest

_OURS = (FIELD, "csrfmiddlewaretoken")


class ProofForm(PageForm):
    """The password in use."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields[FIELD] = forms.CharField(
            label=gettext_lazy("Mật khẩu đang dùng"),
            max_length=200,
            strip=False,
            error_messages={"required": gettext_lazy("Hãy nhập mật khẩu.")},
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
        )


def stale(request: HttpRequest, *, minutes: int | None = None) -> bool:
    """Whether nobody has proved who sits here for that long (`NHIPCAU_FRESH_MINUTES`; 0: it is never asked)."""
    allowed = settings.FRESH_MINUTES if minutes is None else minutes
    since = SystemClock().now().timestamp() - 60 * allowed  # a demonstration's clock stands still
    return bool(settings.FRESH_MINUTES) and not any(
        one["at"] > since for one in get_authentication_records(request, request.user)
    )


def soon_stale(request: HttpRequest) -> bool:
    """Whether a form with a file, which no page can carry, had better ask for the password itself."""
    return stale(request, minutes=settings.FRESH_MINUTES // 2)


def asked(request: AccountRequest) -> HttpResponse | None:
    """The page that asks, or None to go on: nothing to ask, or the password came along."""
    if FIELD in request.POST:
        form = ProofForm(request.POST)
        if form.is_valid() and _proved(request, form):
            return None
    elif not stale(request):
        return None
    else:
        form = ProofForm()
    context = {"form": form, "carried": list(_carried(request)), "files": bool(request.FILES)}
    answer = render(request, "web/account/proof.html", context, status=HTTPStatus.FORBIDDEN)
    answer["Cache-Control"] = "no-store"
    return answer


def _proved(request: AccountRequest, form: ProofForm) -> bool:
    attempt = counted(request, "reauthenticate")
    if attempt is None:
        form.add_error(FIELD, _("Đã thử sai quá nhiều lần. Hãy đợi năm phút rồi thử lại."))
    elif not request.account.check_password(form.cleaned_data[FIELD]):
        form.add_error(FIELD, _("Mật khẩu chưa đúng."))
    else:
        attempt.rollback()
        proved(request, request.account, method="password")
    return not form.errors


def _carried(request: AccountRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in _OURS:
            yield from ((name, value) for value in values)
