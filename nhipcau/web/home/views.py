"""Việc cần xử lý: the first page after signing in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from nhipcau.web.declare import page
from nhipcau.web.home import sections
from nhipcau.web.request import PageRequest


@page()
def home(request: PageRequest) -> HttpResponse:
    """What is due from the unit one acts for, and how much waits at the person's other posts."""
    context = {
        "sections": sections.worklist(request.scope),
        "elsewhere": sections.elsewhere(request.scope, request.posts),
    }
    return render(request, "web/home.html", context)
