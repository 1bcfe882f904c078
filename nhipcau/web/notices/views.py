"""Tin báo: what has reached the post, the newest first; put aside one by one or all at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nhipcau.access.notices import put_aside, read_keys
from nhipcau.web.declare import POST, page
from nhipcau.web.notices.badge import looked_up
from nhipcau.web.notices.kinds import KINDS, SHOWN, Notice
from nhipcau.web.request import PageRequest

ON_A_PAGE = 40


@page()
def inbox(request: PageRequest) -> HttpResponse:
    """`?loai=` one kind alone, `?chua-doc=1` what is not read."""
    every, read = looked_up(request.scope), read_keys(request.scope.post)
    kind, unread_only = request.GET.get("loai", ""), request.GET.get("chua-doc") == "1"
    chosen = [replace(one, read=one.key in read) for one in every if kind in ("", one.kind)]
    listed = [one for one in chosen if not (unread_only and one.read)]
    page_obj = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page_obj,
        "days": [(day, list(rows)) for day, rows in groupby(page_obj.object_list, key=lambda one: one.day)],
        "labels": {one.name: one.label for one in KINDS},
        "kinds": _offered(every, read, kind),
        "kind": kind,
        "unread_only": unread_only,
        "fresh": sum(not one.read for one in chosen),
        "since": SHOWN.days,
    }
    return render(request, "web/notices/inbox.html", context)


@page(methods=POST, repeats=True)
def mark(request: PageRequest) -> HttpResponse:
    """`tin`: keys to put aside, or `tat-ca` for all of the kind shown. What is no notice of the post is passed
    over: it may have been answered meanwhile."""
    kind, keys = request.POST.get("loai", ""), set(request.POST.getlist("tin"))
    every = [one for one in looked_up(request.scope) if kind in ("", one.kind)]
    whole = "tat-ca" in request.POST
    chosen = every if whole else [one for one in every if one.key in keys]
    put_aside(notices=[(one.key, one.day) for one in chosen], actor=request.scope.post, at=request.moment)
    if whole:
        messages.success(request, _("Đã đánh dấu đã đọc tất cả."))
    back = {"loai": kind, "chua-doc": request.POST.get("chua-doc", ""), "page": request.POST.get("page", "")}
    query = urlencode({name: value for name, value in back.items() if value})
    return redirect(f"{reverse('notices')}?{query}" if query else reverse("notices"))


def _offered(every: list[Notice], read: frozenset[str], chosen: str) -> list[tuple[str, object, int, bool]]:
    """(name, label, how many unread, current) of the kinds there is anything of, and of all together."""
    fresh = [one.kind for one in every if one.key not in read]
    there = {one.kind for one in every} | {chosen}
    kinds = [(one.name, one.label, fresh.count(one.name), one.name == chosen) for one in KINDS if one.name in there]
    return [("", _("Tất cả"), len(fresh), chosen == ""), *kinds] if kinds else []
