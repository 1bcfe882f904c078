"""Keeping, renaming, choosing and deleting views. What crosses the boundary is refused like any other text."""

from __future__ import annotations

import uuid
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nhipcau.access.views_kept import (
    LONGEST_NAME,
    delete_view,
    get_view_for,
    make_default,
    rename_view,
    save_view,
    views_of,
)
from nhipcau.core.errors import NotFound
from nhipcau.web.declare import POST, page
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.listings import LISTINGS, filters, listing


@page()
def index(request: PageRequest) -> HttpResponse:
    """All that the post has saved, by page."""
    known = {one.name: one for one in LISTINGS}
    rows = groupby(views_of(request.scope.post), key=lambda view: view.page)
    groups = [(known[name], list(views)) for name, views in rows if name in known]
    return render(request, "web/saved/index.html", {"groups": groups, "longest": LONGEST_NAME})


@page(methods=POST)
def save(request: PageRequest) -> HttpResponse:
    """`trang`: which list, `loc`: its filters as the address says them, `ten`: the name."""
    kept = listing(request.POST.get("trang", ""))
    query, words = filters(kept, request.POST.get("loc", ""))
    post, at = request.scope.post, request.moment
    view = save_view(page=kept.name, name=request.POST.get("ten", ""), query=query, words=words, actor=post, at=at)
    if request.POST.get("mac-dinh"):
        make_default(view=view, default=True, actor=post, at=at)
    messages.success(request, _("Đã lưu cách xem «%(name)s».") % {"name": view.name})
    return redirect(f"{kept.url}?{view.query}")


@page(methods=POST)
def change(request: PageRequest, uid: uuid.UUID) -> HttpResponse:
    """`viec`: another name, open the page with it or not, or forget it."""
    view, post, at = get_view_for(request.scope, uid), request.scope.post, request.moment
    asked = request.POST.get("viec", "")
    if asked == "doi-ten":
        rename_view(view=view, name=request.POST.get("ten", ""), actor=post, at=at)
        messages.success(request, _("Đã đổi tên cách xem."))
    elif asked in ("mac-dinh", "bo-mac-dinh"):
        make_default(view=view, default=asked == "mac-dinh", actor=post, at=at)
        messages.success(request, _("Đã đổi cách xem khi mở trang."))
    elif asked == "xoa":
        delete_view(view=view, actor=post, at=at)
        messages.success(request, _("Đã xóa cách xem."))
    else:
        raise NotFound("Không có việc này.")
    return redirect("saved:index")
