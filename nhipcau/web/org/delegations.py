"""Ủy quyền khi vắng: given by one post to another of its unit, shown to both and the level above, ended early."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nhipcau.core.errors import InvalidInput
from nhipcau.org.delegating import (
    delegate,
    end_delegation,
    get_delegation_for,
    may_end,
    takers_for,
    visible_delegations,
)
from nhipcau.org.models import Delegation, Post, Role
from nhipcau.org.queries import names_of
from nhipcau.web.declare import FORM, POST, page
from nhipcau.web.fields import DayField
from nhipcau.web.forms import PageForm
from nhipcau.web.request import PageRequest
from nhipcau.web.words import spoken

ON_A_PAGE = 30


class DelegateForm(PageForm):
    """To whom, what, from when to when."""

    taker = forms.ChoiceField(label=gettext_lazy("Giao cho chức danh"))
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Được làm thay"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một việc.")},
    )
    first = DayField(label=gettext_lazy("Từ ngày"))
    last = DayField(label=gettext_lazy("Đến hết ngày"))

    def __init__(self, giver: Post, takers: list[Post], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taker, roles = self.fields["taker"], self.fields["roles"]
        assert isinstance(taker, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(roles, forms.MultipleChoiceField)  # noqa: S101 - declared above
        taker.choices = [(str(post.uid), post.title) for post in takers]
        roles.choices = [(role.value, spoken(role.label)) for role in Role if giver.has_role(role)]


@page()
def index(request: PageRequest) -> HttpResponse:
    """Those that hold or are to come, of the own unit and below."""
    scope = request.scope
    listed = Paginator(visible_delegations(scope), ON_A_PAGE).get_page(request.GET.get("page"))
    names = names_of([one.giver.unit_id for one in listed], scope.day)
    context = {
        "page_obj": listed,
        "rows": [_row(one, names[one.giver.unit_id].name, request) for one in listed],
        "gives": scope.post.hand is None,
    }
    return render(request, "web/org/delegations.html", context)


@page(methods=FORM)
def give(request: PageRequest) -> HttpResponse:
    """The form, and the delegation once it is sound."""
    post, takers = request.scope.post, takers_for(request.scope.post, request.moment)
    start = {"first": request.scope.day, "roles": post.roles}
    form = DelegateForm(post, takers, request.POST if request.method == "POST" else None, initial=start)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            delegate(
                taker=next(one for one in takers if str(one.uid) == given["taker"]),
                roles=[Role(value) for value in given["roles"]],
                first=given["first"],
                last=given["last"],
                actor=post,
                at=request.moment,
            )
        except InvalidInput as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã ủy quyền. Người làm thay chọn chức danh này ở đầu trang."))
            return redirect("org:delegations")
    context = {"form": form, "takers": takers, "gives": post.hand is None}
    return render(request, "web/org/delegate.html", context, status=422 if form.errors else 200)


@page(methods=POST)
def end(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """End it now."""
    given = get_delegation_for(request.scope, uid)
    end_delegation(delegation=given, actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã kết thúc ủy quyền; người làm thay không còn quyền từ lúc này."))
    return redirect("org:delegations")


def _row(one: Delegation, unit: str, request: PageRequest) -> dict[str, object]:
    return {
        "given": one,
        "unit": unit,
        "roles": [spoken(Role(role).label) for role in one.roles],
        "running": one.starts_at <= request.moment,
        "may_end": may_end(one, request.scope.post, request.moment),
    }
