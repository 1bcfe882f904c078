"""Chức danh khuyết: seen by the level above, which appoints; until then it enters reports in the unit's place."""

from __future__ import annotations

import uuid

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.access.models import Account
from nhipcau.access.queries import posts_of
from nhipcau.access.staffing import appoint_known, fill_post, known_officers
from nhipcau.core.errors import InvalidInput
from nhipcau.core.text import given_name_key
from nhipcau.org.queries import names_of
from nhipcau.org.vacancies import APPOINTS, get_vacant_for, vacant_posts, without_approver
from nhipcau.tasks.unreached import unreached_below
from nhipcau.web.account.codes import slip_of
from nhipcau.web.declare import FORM, always, page
from nhipcau.web.forms import PageForm
from nhipcau.web.paging import leaf
from nhipcau.web.request import PageRequest

ON_A_PAGE = 50
MOST_FOUND = 20  # beyond that one types more of the name
CHOSEN = "nguoi"


class AppointForm(PageForm):
    """The officer, and how to sign in."""

    name = forms.CharField(
        label=_("Họ và tên"), max_length=120, error_messages={"required": _("Hãy ghi họ và tên.")}
    )
    phone = forms.CharField(label=_("Điện thoại công vụ"), max_length=30, required=False)
    login = forms.CharField(
        label=_("Tên đăng nhập"), max_length=150, error_messages={"required": _("Hãy nhập tên đăng nhập.")}
    )


@page(*APPOINTS)
def index(request: PageRequest) -> HttpResponse:
    """Units directly below in which nobody approves, and those farther down of which nobody nearer is told; then
    every vacant post of the branch."""
    listed = leaf(vacant_posts(request.scope), ON_A_PAGE, request.GET.get("page"))
    units = [str(getattr(unit, "name", "")) for unit in without_approver(request.scope)]
    farther = unreached_below(request.scope.unit).values_list("unit", flat=True)
    units += [one.name for one in names_of(farther, request.scope.day).values() if one.name not in units]
    context = {"page_obj": listed, "units": units}
    return render(request, "web/org/vacancies.html", context)


@page(*APPOINTS, methods=FORM, fresh=always)
def appoint(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Who holds the post from today on: who has an account (`?tim=` finds one, `nguoi` is posted), or somebody
    new, whose code is shown once."""
    post = get_vacant_for(request.scope, uid)
    if request.method == "POST" and CHOSEN in request.POST:
        account = appoint_known(
            post=post, officer=request.POST[CHOSEN], actor=request.scope.post, at=request.moment
        )
        messages.success(request, gettext("Đã phân công %(name)s từ hôm nay.") % {"name": account.person.name})
        return redirect("org:vacancies")
    form = AppointForm(request.POST if request.method == "POST" else None)
    wanted = request.GET.get("tim", "").strip()[:120]
    context: dict[str, object] = {"post": post, "form": form, "wanted": wanted, "found": _found(request, wanted)}
    if form.is_bound and form.is_valid():
        try:
            handed = fill_post(post=post, **form.cleaned_data, actor=request.scope.post, at=request.moment)
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            context["slip"] = slip_of(request, handed)
    answer = render(request, "web/org/appoint.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer


def _found(request: PageRequest, wanted: str) -> list[tuple[Account, str]]:
    """Officers of the branch with that name or login, each with the posts held today that one may see."""
    if not wanted:
        return []
    scope = request.scope
    rows = []
    found = known_officers(scope, wanted)[:MOST_FOUND]
    for account in sorted(found, key=lambda one: given_name_key(one.person.name)):
        seats = [post for post in posts_of(account, scope.day) if scope.sees(post.unit)]
        names = names_of({post.unit_id for post in seats}, scope.day)
        rows.append((account, "; ".join(f"{post.title}, {names[post.unit_id].name}" for post in seats)))
    return rows
