"""A list page that is opened without a filter opens with the view its post chose, if it chose one."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import redirect

from nhipcau.access.views_kept import views_of
from nhipcau.web.request import PageRequest

P = ParamSpec("P")
Page = Callable[Concatenate[PageRequest, P], HttpResponse]


def opens_as_chosen(name: str) -> Callable[[Page[P]], Page[P]]:
    """For the page of that name in the table of listings; any parameter at all shows it as asked."""

    def chosen(view: Page[P]) -> Page[P]:
        @wraps(view)
        def opened(request: PageRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.GET and not request.htmx:
                default = views_of(request.scope.post).filter(page=name, default=True).first()
                if default is not None:
                    return redirect(f"{request.path}?{default.query}")
            return view(request, *args, **kwargs)

        return opened

    return chosen
