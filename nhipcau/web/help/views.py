"""Trợ giúp: where to begin, the glossary, and a walk through the demonstration."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.access.notices import put_aside, read_keys
from nhipcau.core.errors import NotFound
from nhipcau.ops import moment
from nhipcau.org.scope import Scope
from nhipcau.web.declare import POST, page, signed_in
from nhipcau.web.everywhere.matching import wanted
from nhipcau.web.help.guide import GUIDES, Step, guide_of, progress
from nhipcau.web.help.terms import matching
from nhipcau.web.help.tour import STOPS
from nhipcau.web.request import AccountRequest, PageRequest
from nhipcau.web.terms import all_terms

_GUIDE = "huong-dan"
_FOR_GOOD = dt.date.max


def first_steps(scope: Scope) -> list[tuple[Step, bool]]:
    """For the first page: the steps while one is left and the post has not put the list aside."""
    if _GUIDE in read_keys(scope.post):
        return []
    steps = progress(scope)
    return [] if all(done for _step, done in steps) else steps


@page(methods=POST, repeats=True)
def dismiss(request: PageRequest) -> HttpResponse:
    """The first page shows the list no more; it stays here."""
    put_aside(notices=[(_GUIDE, _FOR_GOOD)], actor=request.scope.post, at=request.moment)
    messages.success(request, _("Đã cất danh sách bước đầu. Bạn xem lại được ở trang Trợ giúp."))
    return redirect("home")


@signed_in()
def tour(request: AccountRequest) -> HttpResponse:
    """Only in a demonstration: elsewhere its accounts do not exist."""
    if moment.fixed() is None:
        raise NotFound("Không có trang này.")
    return render(request, "web/help/tour.html", {"stops": STOPS, "login": request.account.login})


@signed_in()
def start(request: AccountRequest) -> HttpResponse:
    """The ways to help, on one page."""
    context = {
        "count": len(all_terms()),
        "guide": guide_of(request.scope).name if request.scope else "",
        "steps": progress(request.scope) if request.scope else [],
        "others": [(one.name, one.steps) for one in GUIDES if len(one.steps) > 1],
    }
    return render(request, "web/help/start.html", context)


@signed_in()
def terms(request: AccountRequest) -> HttpResponse:
    """Every word, or with `?q=` those that hold what is typed, in either language."""
    asked = wanted(request.GET.get("q", ""))
    return render(request, "web/help/terms.html", {"asked": asked.text, "terms": matching(asked)})
