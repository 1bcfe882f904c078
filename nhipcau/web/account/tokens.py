"""Mã truy cập: tokens by which programs act for the post; made, shown once, revoked."""

from __future__ import annotations

import datetime as dt
import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.access.models import ApiToken, TokenScope
from nhipcau.access.tokens.actions import make_token, revoke_token
from nhipcau.access.tokens.queries import get_token_for, tokens_of
from nhipcau.core.errors import Conflict, InvalidInput
from nhipcau.web.declare import FORM, POST, always, page
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.words import spoken

SHOWN = 50
USUAL = dt.timedelta(days=180)


class TokenForm(PageForm):
    """What the token is for, what it may do, until when."""

    name = forms.CharField(
        label=gettext_lazy("Dùng cho chương trình nào"),
        max_length=80,
        error_messages={"required": gettext_lazy("Hãy ghi chương trình nào dùng mã này.")},
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Chương trình được làm"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Không bao giờ nhiều hơn việc mà chính chức danh này được làm."),
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một việc.")},
    )
    last_day = DayField(label=gettext_lazy("Dùng đến hết ngày"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)  # noqa: S101 - declared above
        scopes.choices = [(one.value, spoken(one.label)) for one in TokenScope]


@page(methods=FORM, fresh=always)
def own(request: PageRequest) -> HttpResponse:
    """The post's tokens; a new one is shown in the answer to the form and never again."""
    scope = request.scope
    start = {"scopes": [TokenScope.READ.value], "last_day": scope.day + USUAL}
    form = TokenForm(request.POST if request.method == "POST" else None, initial=start)
    secret = ""
    if form.is_bound and form.is_valid():
        try:
            secret = _made(request, form)
        except InvalidInput as refusal:
            form.take(refusal)
        except Conflict as conflict:
            form.add_error(None, conflict.message)
        else:
            form = TokenForm(initial=start)
    context = {
        "form": form,
        "secret": secret,
        "rows": [_row(one, request.moment) for one in tokens_of(scope)[:SHOWN]],
        "stands_in": scope.post.hand is not None,
    }
    answer = render(request, "web/account/tokens.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


@page(methods=POST)
def revoke(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """It opens nothing from now on."""
    token = get_token_for(request.scope, uid)
    revoke_token(token=token, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã thu hồi mã truy cập; chương trình dùng mã ấy không vào được nữa."))
    return redirect("tokens")


def _made(request: PageRequest, form: TokenForm) -> str:
    typed = form.cleaned_data
    _token, secret = make_token(
        post=request.scope.post,
        name=typed["name"],
        scopes=[TokenScope(one) for one in typed["scopes"]],
        last_day=typed["last_day"],
        actor=request.scope.post,
        at=request.moment,
    )
    return secret


def _row(token: ApiToken, at: dt.datetime) -> dict[str, object]:
    return {
        "token": token,
        "scopes": [spoken(TokenScope(one).label) for one in token.scopes],
        "last_day": token.expires_at - dt.timedelta(seconds=1),
        "revoked": token.revoked_at is not None,
        "expired": at >= token.expires_at,
    }
