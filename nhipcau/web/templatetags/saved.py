"""`{% load saved %}`: the views a post has saved, above a list and on the first page."""

from __future__ import annotations

from django import template

from nhipcau.access.views_kept import LONGEST_NAME, views_of
from nhipcau.web.request import PageRequest
from nhipcau.web.saved.listings import LISTINGS, filters, listing

register = template.Library()


@register.inclusion_tag("web/saved/chips.html", takes_context=True)
def saved_views(context: template.Context, name: str) -> dict[str, object]:
    """The chips of one list page, and the form that keeps the view shown. One query."""
    request: PageRequest = context["request"]
    page = listing(name)
    query, _words = filters(page, request.GET.urlencode())
    views = list(views_of(request.scope.post).filter(page=name))
    return {
        "page": page,
        "query": query,
        "views": [(view, view.query == query) for view in views],
        "default": any(view.default for view in views),
        "longest": LONGEST_NAME,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("web/saved/all.html", takes_context=True)
def every_saved_view(context: template.Context) -> dict[str, object]:
    """All of them, each with its page. One query."""
    request: PageRequest = context["request"]
    known = {one.name: one for one in LISTINGS}
    views = views_of(request.scope.post)
    return {"views": [(known[view.page], view) for view in views if view.page in known]}
