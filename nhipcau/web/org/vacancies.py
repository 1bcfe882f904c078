"""Chức danh khuyết: seen by the level above, which appoints; until then it enters reports in the unit's place."""

from __future__ import annotations

import uuid

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from nhipcau.access.staffing import fill_post
from nhipcau.core.errors import InvalidInput
from nhipcau.org.queries import names_of
from nhipcau.org.vacancies import APPOINTS, get_vacant_for, vacant_posts, without_approver
from nhipcau.tasks.unreached import unreached_below
from nhipcau.web.declare import FORM, page
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest

ON_A_PAGE = 50


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
    listed = Paginator(vacant_posts(request.scope), ON_A_PAGE).get_page(request.GET.get("page"))
    units = [str(getattr(unit, "name", "")) for unit in without_approver(request.scope)]
    farther = unreached_below(request.scope.unit).values_list("unit", flat=True)
    units += [one.name for one in names_of(farther, request.scope.day).values() if one.name not in units]
    context = {"page_obj": listed, "units": units}
    return render(request, "web/org/vacancies.html", context)


@page(*APPOINTS, methods=FORM)
def appoint(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """Who holds the post from today on; the first password is shown once."""
    post = get_vacant_for(request.scope, uid)
    form = AppointForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {"post": post, "form": form}
    if form.is_bound and form.is_valid():
        try:
            account, password = fill_post(
                post=post, **form.cleaned_data, actor=request.scope.post, at=request.moment
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            context |= {"account": account, "password": password}
    answer = render(request, "web/org/appoint.html", context, status=422 if form.errors else 200)
    answer["Cache-Control"] = "no-store"
    return answer
