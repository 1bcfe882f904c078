"""Tài khoản của tôi: how pages look, what one is told, one's posts and who acts for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.access.actions import choose_display
from nhipcau.access.models import Density, Digest, Theme
from nhipcau.access.queries import held_since
from nhipcau.core.clock import local_date
from nhipcau.org.delegating import delegations_between
from nhipcau.org.models import Post, Role
from nhipcau.org.queries import names_of
from nhipcau.web.account.engine import remember
from nhipcau.web.declare import FORM, signed_in
from nhipcau.web.forms import PageForm
from nhipcau.web.reaching.forms import OFTEN
from nhipcau.web.request import LANGUAGE_KEY, AccountRequest
from nhipcau.web.words import spoken


class DisplayForm(PageForm):
    """How the pages look."""

    language = forms.ChoiceField(
        label=gettext_lazy("Ngôn ngữ"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    theme = forms.ChoiceField(label=gettext_lazy("Màu nền"), required=False, widget=forms.RadioSelect)
    density = forms.ChoiceField(
        label=gettext_lazy("Khoảng cách"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Gọn thì thấy nhiều dòng hơn; rộng thì nút và ô lớn, dễ chạm trên điện thoại."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, known in (("theme", Theme), ("density", Density)):
            field = self.fields[name]
            field.choices = [(one.value, spoken(one.label)) for one in known]  # type: ignore[attr-defined]
            field.needed = True  # type: ignore[attr-defined]  # the empty choice is one too


@signed_in(methods=FORM, repeats=True)
def own(request: AccountRequest) -> HttpResponse:
    """What is chosen here holds for the account on every device, from the next page on."""
    account = request.account
    shown = {"language": translation.get_language(), "theme": account.theme, "density": account.density}
    form = DisplayForm(request.POST if request.method == "POST" else None, initial=shown)
    if form.is_valid():
        return _chosen(request, form)
    day = local_date(request.moment)
    since, names = held_since(account, day), names_of({post.unit_id for post in request.posts}, day)
    context = {
        "form": form,
        "seats": [_seat(post, names[post.unit_id].name, since) for post in request.posts],
        "delegations": list(delegations_between([post for post in request.posts if not post.hand], request.moment)),
        "single": bool(settings.OIDC_URL),
        "digest": OFTEN[Digest(account.digest)],
    }
    return render(request, "web/account/profile.html", context, status=422 if form.is_bound else 200)


def _chosen(request: AccountRequest, form: DisplayForm) -> HttpResponse:
    language = form.cleaned_data["language"]
    choose_display(
        account=request.account,
        language=language,
        theme=Theme(form.cleaned_data["theme"]),
        density=Density(form.cleaned_data["density"]),
    )
    request.session[LANGUAGE_KEY] = language
    with translation.override(language):
        messages.success(request, _("Đã lưu cách hiển thị; mọi thiết bị của bạn đều theo."))
    response = redirect("profile")
    remember(response, language)
    return response


def _seat(post: Post, unit: str, since: Mapping[int, dt.date]) -> dict[str, object]:
    roles = [spoken(role.label) for role in Role if post.has_role(role)]
    return {"post": post, "unit": unit, "roles": roles, "since": None if post.hand else since.get(post.pk)}
