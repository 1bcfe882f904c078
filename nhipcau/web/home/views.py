"""Việc cần xử lý: the first page after signing in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from nhipcau.documents.rights import reads_contents
from nhipcau.web import sections
from nhipcau.web.declare import page
from nhipcau.web.help.views import first_steps
from nhipcau.web.reports.overview import is_wide
from nhipcau.web.request import PageRequest


@page()
def home(request: PageRequest) -> HttpResponse:
    """What is due from the unit one acts for, and how much waits at the person's other posts."""
    own = request.scope.post
    posts = [own, *(post for post in request.posts if post.pk != own.pk)]
    (_, here), *others = sections.worklists(posts, request.moment)
    steps = first_steps(request.scope)
    context = {
        "sections": here,
        "day": request.scope.day,
        "elsewhere": sections.elsewhere(others, request.scope.day),
        "first_steps": steps,
        "settled_in": sum(done for _, done in steps) * 2 >= len(steps),  # then the work stands before the steps
        "wide": reads_contents(request.scope) and is_wide(request.scope.unit, request.scope),
    }
    return render(request, "web/home.html", context)
