"""Tìm: one box for everything; results in groups, each a list of links."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from nhipcau.web.declare import page
from nhipcau.web.everywhere.matching import wanted
from nhipcau.web.everywhere.sources import SOURCES, search
from nhipcau.web.request import PageRequest

FEW, MANY = 5, 40


@page()
def everywhere(request: PageRequest) -> HttpResponse:
    """`?q=` what is sought, `?nhom=` one group alone and more of it. Asked for by htmx, the results alone."""
    asked, alone = wanted(request.GET.get("q", "")), request.GET.get("nhom", "")
    chosen = [source for source in SOURCES if source.name == alone]
    groups = search(request.scope, asked, chosen or SOURCES, MANY if chosen else FEW)
    context = {
        "seeks": True,  # the page's own box is the one: the header's stays away
        "asked": asked.text,
        "alone": chosen[0] if chosen else None,
        "groups": groups,
        "count": sum(len(group.lines) for group in groups),
        "further": any(group.further for group in groups),
        "labels": [source.label for source in SOURCES],
    }
    fragment = request.htmx and request.htmx.target == "ket-qua"
    return render(request, f"web/everywhere/{'hits' if fragment else 'page'}.html", context)
